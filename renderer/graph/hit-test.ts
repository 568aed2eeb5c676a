// What is under the pointer. Nodes lie on top: the topmost one at the point wins; else the nearest edge within reach.
import type Flatbush from 'flatbush';
import { overlaps } from '../../shared/scene/bounds.ts';
import { boundsOfShape } from '../../shared/scene/shapes.ts';
import type { Box, Scene, SceneNode, Shape } from '../../shared/scene/scene.ts';
import { boundsOfSegment, distanceToSegment, segmentsOf } from './curve.ts';
import type { Point } from './camera.ts';
import { indexOf, nodeIndexOf } from './spatial-index.ts';
import type { Target } from './target.ts';

type Line = Extract<Shape, { points: number[] }>;

/** A piece of an edge, or its label. */
interface Piece {
  edge: number;
  box: Box;
  /** Absent for a label, where the whole box counts. */
  line?: { shape: Line; offset: number; count: number };
}

/** How exactly edges are measured, of the reach within which they are hit. */
const tolerance = 0.02;

/** Answers for one scene; built once. */
export class HitTest {
  readonly #scene: Scene;
  readonly #nodes: Flatbush | null;
  readonly #pieces: Piece[] = [];
  readonly #edges: Flatbush | null;

  constructor(scene: Scene, nodeIndex = nodeIndexOf(scene)) {
    this.#scene = scene;
    this.#nodes = nodeIndex;
    scene.edges.forEach(({ shapes }, edge) => addPieces(this.#pieces, shapes, edge));
    this.#edges = indexOf(this.#pieces.map((piece) => piece.box));
  }

  /** `point` and `reach` in the units of the scene. */
  at({ x, y }: Point, reach: number): Target | null {
    const inside = this.#nodes?.search(x, y, x, y, (i) => contains(this.#scene.nodes[i], x, y)) ?? [];
    if (inside.length > 0) return { kind: 'node', index: Math.max(...inside) };
    return this.#nearestEdge(x, y, reach);
  }

  #nearestEdge(x: number, y: number, reach: number): Target | null {
    let nearest = reach;
    let index = -1;
    for (const i of this.#edges?.search(x - reach, y - reach, x + reach, y + reach) ?? []) {
      const { edge, box, line } = this.#pieces[i];
      const distance = line
        ? distanceToSegment(x, y, line.shape, line, tolerance * reach)
        : overlaps(box, [x, y, x, y])
          ? 0
          : Infinity;
      // Of edges equally near the later one is drawn on top.
      if (distance < nearest || (distance === nearest && edge > index)) [nearest, index] = [distance, edge];
    }
    return index < 0 ? null : { kind: 'edge', index };
  }
}

/** The innermost cluster at a point. */
export function clusterAt(scene: Scene, { x, y }: Point): Target | null {
  const area = ([left, top, right, bottom]: Box) => (right - left) * (bottom - top);
  let innermost = -1;
  scene.clusters.forEach(({ bounds }, i) => {
    if (!overlaps(bounds, [x, y, x, y])) return;
    if (innermost < 0 || area(bounds) <= area(scene.clusters[innermost].bounds)) innermost = i;
  });
  return innermost < 0 ? null : { kind: 'cluster', index: innermost };
}

function addPieces(pieces: Piece[], shapes: Shape[], edge: number): void {
  for (const shape of shapes) {
    if (shape.kind === 'text') pieces.push({ edge, box: boundsOfShape(shape) });
    else if ('points' in shape)
      for (const { offset, count } of segmentsOf(shape))
        pieces.push({
          edge,
          box: boundsOfSegment(shape, { offset, count }),
          line: { shape, offset, count },
        });
  }
}

/** An ellipse is hit in the ellipse or on its label; everything else in its box, since a label may be all it draws. */
function contains({ shapes }: SceneNode, x: number, y: number): boolean {
  if (shapes.length === 0) return false;
  const ellipses = shapes.filter((shape) => shape.kind === 'ellipse');
  if (ellipses.length === 0 || shapes.some((shape) => shape.kind === 'polygon')) return true;
  const outer = ellipses.reduce((widest, ellipse) => (ellipse.rx > widest.rx ? ellipse : widest));
  if (((x - outer.x) / outer.rx) ** 2 + ((y - outer.y) / outer.ry) ** 2 <= 1) return true;
  return shapes.some((shape) => shape.kind === 'text' && overlaps(boundsOfShape(shape), [x, y, x, y]));
}
