// Boxes of a scene.

/** xmin, ymin, xmax, ymax. */
export type Box = [number, number, number, number];

export const emptyBox: Readonly<Box> = [Infinity, Infinity, -Infinity, -Infinity];

export const isEmpty = (box: Readonly<Box>) => box[0] > box[2] || box[1] > box[3];

export function union(a: Readonly<Box>, b: Readonly<Box>): Box {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** Empty where they do not overlap. */
export function intersection(a: Readonly<Box>, b: Readonly<Box>): Box {
  return [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
}

export const inflate = (box: Readonly<Box>, by: number): Box => [
  box[0] - by,
  box[1] - by,
  box[2] + by,
  box[3] + by,
];

export const overlaps = (a: Readonly<Box>, b: Readonly<Box>) =>
  a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

export function boundsOfPoints(points: readonly number[]): Box {
  const box: Box = [...emptyBox];
  for (let i = 0; i + 1 < points.length; i += 2) {
    box[0] = Math.min(box[0], points[i]);
    box[1] = Math.min(box[1], points[i + 1]);
    box[2] = Math.max(box[2], points[i]);
    box[3] = Math.max(box[3], points[i + 1]);
  }
  return box;
}
