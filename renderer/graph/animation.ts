// A flight of the camera, as xdot flies: straight to the target, zooming out midway when the way is longer than what
// the window shows.
import { centredOn, centreOf, type Camera, type Viewport } from './camera.ts';

/** Milliseconds. */
export const flightDuration = 190;

/** The camera at `t` from 0 (at `from`) to 1 (at `to`). */
export function flight(from: Camera, to: Camera, viewport: Viewport): (t: number) => Camera {
  const start = centreOf(from, viewport);
  const end = centreOf(to, viewport);
  const distance = Math.hypot(end.x - start.x, end.y - start.y);
  const middle = Math.sqrt(from.zoom * to.zoom);
  const overview = (0.9 * Math.min(viewport.width, viewport.height)) / distance;
  // A parabola in the logarithm of the zoom that passes through the overview at half the way.
  const dip = distance > 0 ? Math.min(0, Math.log(overview / middle)) : 0;

  return (t) => {
    if (t <= 0) return from;
    if (t >= 1) return to;
    const along = ease(t);
    const zoom = Math.exp(
      Math.log(from.zoom) * (1 - along) + Math.log(to.zoom) * along + 4 * dip * along * (1 - along),
    );
    const point = { x: start.x + (end.x - start.x) * along, y: start.y + (end.y - start.y) * along };
    return centredOn(point, zoom, viewport);
  };
}

/** Slow, fast, slow. */
export const ease = (t: number) => (t < 0.5 ? 2 * t * t : 1 - 2 * (1 - t) * (1 - t));

/** Calls `step` with 0..1 on every frame for `duration` ms; the result stops it. */
export function animate(duration: number, step: (t: number) => void, done: () => void): () => void {
  const start = performance.now();
  let frame = requestAnimationFrame(function tick(now) {
    const t = Math.min(1, Math.max(0, now - start) / duration);
    step(t);
    if (t < 1) frame = requestAnimationFrame(tick);
    else done();
  });
  return () => cancelAnimationFrame(frame);
}
