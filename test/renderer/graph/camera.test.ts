import { describe, expect, it } from 'vitest';
import * as camera from '../../../renderer/graph/camera.ts';
import type { Box } from '../../../shared/scene/scene.ts';
import { randomFrom } from '../random.ts';

const random = randomFrom(1);
const between = (low: number, high: number) => low + random() * (high - low);
const anyPoint = () => ({ x: between(-1e3, 1e3), y: between(-1e3, 1e3) });
const anyCamera = () => ({ ...anyPoint(), zoom: Math.exp(between(-4, 4)) });
const anyViewport = () => ({ width: between(100, 4000), height: between(100, 2500) });
const near = (a: camera.Point, b: camera.Point) => {
  expect(a.x).toBeCloseTo(b.x, 6);
  expect(a.y).toBeCloseTo(b.y, 6);
};
const times = (check: () => void) => {
  for (let i = 0; i < 500; i++) check();
};

describe('a camera', () => {
  it('finds its way from the scene to the screen and back', () => {
    times(() => {
      const [look, point] = [anyCamera(), anyPoint()];
      near(camera.toScene(look, camera.toScreen(look, point)), point);
    });
  });

  it('keeps what is under the pointer there while it zooms', () => {
    times(() => {
      const [look, anchor] = [anyCamera(), anyPoint()];
      const zoomed = camera.zoomedAt(look, anchor, Math.exp(between(-1, 1)));
      near(camera.toScreen(zoomed, camera.toScene(look, anchor)), anchor);
    });
  });

  it('zooms by factors that multiply', () => {
    times(() => {
      const [look, anchor] = [anyCamera(), anyPoint()];
      const twice = camera.zoomedAt(camera.zoomedAt(look, anchor, 1.25), anchor, 1.25);
      const once = camera.zoomedAt(look, anchor, 1.25 ** 2);
      near(twice, once);
      expect(twice.zoom).toBeCloseTo(once.zoom, 9);
    });
  });

  it('has the point that it is centred on in the middle of the window', () => {
    times(() => {
      const [point, viewport] = [anyPoint(), anyViewport()];
      const look = camera.centredOn(point, Math.exp(between(-3, 3)), viewport);
      near(camera.toScreen(look, point), { x: viewport.width / 2, y: viewport.height / 2 });
      near(camera.centreOf(look, viewport), point);
    });
  });

  it('sees exactly what the window shows', () => {
    times(() => {
      const [look, viewport] = [anyCamera(), anyViewport()];
      const [left, top, right, bottom] = camera.visibleBox(look, viewport);
      near(camera.toScreen(look, { x: left, y: top }), { x: 0, y: 0 });
      near(camera.toScreen(look, { x: right, y: bottom }), { x: viewport.width, y: viewport.height });
    });
  });

  it('fits a box with a margin on the tighter side and no less on the other', () => {
    times(() => {
      const { x, y } = anyPoint();
      const box: Box = [x, y, x + between(1, 5000), y + between(1, 5000)];
      const viewport = anyViewport();
      const look = camera.fitted(box, viewport);
      const topLeft = camera.toScreen(look, { x: box[0], y: box[1] });
      const bottomRight = camera.toScreen(look, { x: box[2], y: box[3] });
      expect(Math.min(topLeft.x, topLeft.y)).toBeCloseTo(camera.fitMargin, 6);
      expect(viewport.width - bottomRight.x).toBeCloseTo(topLeft.x, 6);
      expect(viewport.height - bottomRight.y).toBeCloseTo(topLeft.y, 6);
    });
  });

  it('fills the window with a box, and has a smaller one in the middle', () => {
    times(() => {
      const { x, y } = anyPoint();
      const box: Box = [x, y, x + between(1, 5000), y + between(1, 5000)];
      const viewport = anyViewport();
      const zoom = Math.exp(between(-3, 3));
      const look = camera.filledBy(box, camera.centredOn(anyPoint(), zoom, viewport), viewport);
      const first = camera.toScreen(look, { x: box[0], y: box[1] });
      const last = camera.toScreen(look, { x: box[2], y: box[3] });
      for (const [from, to, room] of [
        [first.x, last.x, viewport.width],
        [first.y, last.y, viewport.height],
      ]) {
        const isSmall = to - from <= room - 2 * camera.fitMargin;
        if (isSmall) expect(room - to).toBeCloseTo(from, 6);
        else {
          expect(from).toBeLessThanOrEqual(camera.fitMargin + 1e-6);
          expect(room - to).toBeLessThanOrEqual(camera.fitMargin + 1e-6);
        }
      }
    });
  });

  it('fits an empty picture and a window of no size without losing its numbers', () => {
    const viewport = { width: 0, height: 0 };
    expect(Object.values(camera.fitted([0, 0, 0, 0], viewport, 1.5)).every(Number.isFinite)).toBe(true);
    expect(camera.fitted([0, 0, 1, 1], { width: 800, height: 600 }, 1.5).zoom).toBe(1.5);
  });
});
