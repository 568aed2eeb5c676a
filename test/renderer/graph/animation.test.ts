import { describe, expect, it } from 'vitest';
import { flight } from '../../../renderer/graph/animation.ts';
import { centredOn, centreOf, toScreen } from '../../../renderer/graph/camera.ts';

const viewport = { width: 1000, height: 800 };
const steps = Array.from({ length: 101 }, (_, i) => i / 100);
const lookAt = (x: number, y: number, zoom = 1) => centredOn({ x, y }, zoom, viewport);

describe('a flight of the camera', () => {
  it('starts where it is and ends where it should', () => {
    const [from, to] = [lookAt(0, 0), lookAt(9000, 300, 2)];
    const at = flight(from, to, viewport);
    expect(at(0)).toBe(from);
    expect(at(1)).toBe(to);
  });

  it('never turns back', () => {
    const at = flight(lookAt(0, 0), lookAt(5000, -5000), viewport);
    const xs = steps.map((t) => centreOf(at(t), viewport).x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  });

  it('keeps its zoom when the way is short', () => {
    const at = flight(lookAt(0, 0), lookAt(200, 100), viewport);
    for (const t of steps) expect(at(t).zoom).toBeCloseTo(1, 9);
  });

  it('zooms out midway when it is far, until both ends are in the window', () => {
    const at = flight(lookAt(0, 0), lookAt(20_000, 0), viewport);
    const middle = at(0.5);
    expect(middle.zoom).toBeLessThan(0.05);
    for (const x of [0, 20_000]) {
      const end = toScreen(middle, { x, y: 0 }).x;
      expect(end).toBeGreaterThan(0);
      expect(end).toBeLessThan(viewport.width);
    }
  });

  it('goes nowhere without dividing by nothing', () => {
    const here = lookAt(5, 5);
    expect(Object.values(flight(here, { ...here }, viewport)(0.5)).every(Number.isFinite)).toBe(true);
  });
});
