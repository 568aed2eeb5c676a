// Boxes around what a scene draws.
import type { Box, Shape } from './scene.ts';

const emptyBox: Readonly<Box> = [Infinity, Infinity, -Infinity, -Infinity];

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

export function boundsOfShapes(shapes: readonly Shape[]): Box {
  return shapes.reduce<Box>((box, shape) => union(box, boundsOfShape(shape)), [...emptyBox]);
}

/** A curve's control points enclose it, so its box may be a little larger than the curve. */
export function boundsOfShape(shape: Shape): Box {
  switch (shape.kind) {
    case 'ellipse':
      return inflate(
        [shape.x - shape.rx, shape.y - shape.ry, shape.x + shape.rx, shape.y + shape.ry],
        pen(shape),
      );
    case 'text': {
      const { x, y, width, font, align, sideways } = shape;
      const before = width * { left: 0, center: 0.5, right: 1 }[align];
      const [above, below] = [font.size, font.size * 0.25];
      return sideways
        ? [x - above, y + before - width, x + below, y + before]
        : [x - before, y - above, x - before + width, y + below];
    }
    case 'image':
      return [shape.x, shape.y, shape.x + shape.width, shape.y + shape.height];
    default:
      return inflate(boundsOfPoints(shape.points), pen(shape));
  }
}

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

const pen = (shape: Extract<Shape, { stroke: unknown }>) => (shape.stroke ? shape.stroke.width / 2 : 0);
