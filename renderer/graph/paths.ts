// The outlines of shapes as the canvas wants them, made once each.
import type { Shape } from '../../shared/scene/scene.ts';

type Outline = Exclude<Shape, { kind: 'text' | 'image' }>;

// Keyed by shape, so that paths go when their scene goes.
const paths = new WeakMap<Outline, Path2D>();

export function pathOf(shape: Outline): Path2D {
  let path = paths.get(shape);
  if (!path) paths.set(shape, (path = trace(shape)));
  return path;
}

function trace(shape: Outline): Path2D {
  const path = new Path2D();
  if (shape.kind === 'ellipse') {
    path.ellipse(shape.x, shape.y, shape.rx, shape.ry, 0, 0, 2 * Math.PI);
    return path;
  }
  const p = shape.points;
  path.moveTo(p[0], p[1]);
  if (shape.kind === 'bezier') {
    for (let i = 2; i + 5 < p.length; i += 6)
      path.bezierCurveTo(p[i], p[i + 1], p[i + 2], p[i + 3], p[i + 4], p[i + 5]);
  } else {
    for (let i = 2; i + 1 < p.length; i += 2) path.lineTo(p[i], p[i + 1]);
    if (shape.kind === 'polygon') path.closePath();
  }
  return path;
}
