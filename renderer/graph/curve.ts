// Distances to the lines that Graphviz draws: polylines, and Bézier curves of 3n + 1 points.
import type { Box, Shape } from '../../shared/scene/scene.ts';

type Line = Extract<Shape, { points: number[] }>;

/** The parts of a shape that are indexed by themselves, as offsets into its points: one per curve or straight line. The
 * polygons of edges are arrowheads, small enough to be one. */
export function segmentsOf(shape: Line): { offset: number; count: number }[] {
  const points = shape.points.length / 2;
  if (shape.kind === 'polygon') return [{ offset: 0, count: points + 1 }];
  const step = shape.kind === 'bezier' ? 3 : 1;
  const segments = [];
  for (let i = 0; i + step < points; i += step) segments.push({ offset: 2 * i, count: step + 1 });
  return segments;
}

export function boundsOfSegment({ points }: Line, { offset, count }: { offset: number; count: number }): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    const x = points[(offset + 2 * i) % points.length];
    const y = points[(offset + 2 * i + 1) % points.length];
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}

/** `tolerance` is how far the straight pieces by which a curve is measured may be from it. */
export function distanceToSegment(
  x: number,
  y: number,
  { kind, points }: Line,
  { offset, count }: { offset: number; count: number },
  tolerance: number,
): number {
  const at = (i: number) => points[(offset + i) % points.length];
  let nearest = Infinity;
  if (kind !== 'bezier') {
    for (let i = 0; i < 2 * (count - 1); i += 2)
      nearest = Math.min(nearest, distanceToLine(x, y, at(i), at(i + 1), at(i + 2), at(i + 3)));
    return nearest;
  }
  // Wang's formula: how many pieces keep to the tolerance follows from the curve's second differences.
  const bend = (i: number) =>
    Math.hypot(at(i) - 2 * at(i + 2) + at(i + 4), at(i + 1) - 2 * at(i + 3) + at(i + 5));
  const pieces = Math.min(128, Math.ceil(Math.sqrt((0.75 * Math.max(bend(0), bend(2))) / tolerance)) + 1);
  let [x0, y0] = [at(0), at(1)];
  for (let i = 1; i <= pieces; i++) {
    const t = i / pieces;
    const x1 = bezier(t, at(0), at(2), at(4), at(6));
    const y1 = bezier(t, at(1), at(3), at(5), at(7));
    nearest = Math.min(nearest, distanceToLine(x, y, x0, y0, x1, y1));
    [x0, y0] = [x1, y1];
  }
  return nearest;
}

export function bezier(t: number, a: number, b: number, c: number, d: number): number {
  const s = 1 - t;
  return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
}

function distanceToLine(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / squared));
  return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
}
