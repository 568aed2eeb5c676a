// A scene turned a quarter anticlockwise, as Graphviz draws `rotate=90` and `landscape`: all of it, the letters too.
import type { Box, Part, Scene, Shape } from './scene.ts';
import { turnBox, turnPaint, turnShape, type Turn } from './shapes.ts';

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
