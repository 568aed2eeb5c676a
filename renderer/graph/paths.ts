// The outlines of shapes as the canvas wants them, made once each.
import { traceShape, type OutlinedShape } from '../../shared/scene/shapes.ts';

// Keyed by shape, so that paths go when their scene goes.
const paths = new WeakMap<OutlinedShape, Path2D>();

export function pathOf(shape: OutlinedShape): Path2D {
  let path = paths.get(shape);
  if (!path) {
    path = new Path2D();
    traceShape(shape, path);
    paths.set(shape, path);
  }
  return path;
}
