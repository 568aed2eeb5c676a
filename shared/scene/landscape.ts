// A scene turned a quarter anticlockwise, as Graphviz draws `rotate=90` and `landscape`: all of it, the letters too.
import type { Box, Paint, Part, Scene, Shape } from './scene.ts';

/** Takes x, y pairs to where they are after the turn. */
type Turn = (points: readonly number[]) => number[];

/** The same scene lying on its side; its upper left corner stays where `bounds` has its own, turned. */
export function inLandscape(scene: Scene): Scene {
  const [left, , right] = scene.bounds;
  const turn: Turn = (points) =>
    points.map((_, i) => (i % 2 === 0 ? points[i + 1] : left + right - points[i - 1]));
  const turnItem = <T extends { bounds: Box; shapes: Shape[]; parts?: Part[] }>(item: T): T => ({
    ...item,
    bounds: turnBox(item.bounds, turn),
    shapes: item.shapes.map((shape) => turnShape(shape, turn)),
    ...(item.parts && {
      parts: item.parts.map((part) => ({ ...part, bounds: turnBox(part.bounds, turn) })),
    }),
  });
  return {
    ...scene,
    bounds: turnBox(scene.bounds, turn),
    background: turnPaint(scene.background, turn),
    shapes: scene.shapes.map((shape) => turnShape(shape, turn)),
    clusters: scene.clusters.map(turnItem),
    nodes: scene.nodes.map(turnItem),
    edges: scene.edges.map(turnItem),
  };
}

function turnBox([left, top, right, bottom]: Box, turn: Turn): Box {
  const [x0, y1, x1, y0] = turn([left, top, right, bottom]);
  return [x0, y0, x1, y1];
}

function turnShape(shape: Shape, turn: Turn): Shape {
  if (shape.kind === 'text') {
    const [x, y] = turn([shape.x, shape.y]);
    return { ...shape, x, y, sideways: true };
  }
  if (shape.kind === 'image') {
    const { x, y, width, height } = shape;
    const [left, top, right, bottom] = turnBox([x, y, x + width, y + height], turn);
    return { ...shape, x: left, y: top, width: right - left, height: bottom - top, sideways: true };
  }
  const fill = turnPaint(shape.fill, turn);
  if (shape.kind !== 'ellipse') return { ...shape, points: turn(shape.points), fill };
  const [x, y] = turn([shape.x, shape.y]);
  return { ...shape, x, y, rx: shape.ry, ry: shape.rx, fill };
}

function turnPaint(paint: Paint | null, turn: Turn): Paint | null {
  if (paint === null || typeof paint === 'string') return paint;
  if (paint.kind === 'linear') return { ...paint, at: turn(paint.at) };
  const [x0, y0, r0, x1, y1, r1] = paint.at;
  return { ...paint, at: [...turn([x0, y0]), r0, ...turn([x1, y1]), r1] };
}
