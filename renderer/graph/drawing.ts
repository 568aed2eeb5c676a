// A scene made ready for painting: which of its items lie in a view, without looking at each.
import type Flatbush from 'flatbush';
import type { Box, Scene } from '../../shared/scene/scene.ts';
import { paintOrder } from './paint-order.ts';
import { indexOf, nodeIndexOf } from './spatial-index.ts';

export class Drawing {
  readonly scene: Scene;
  readonly #nodes: Flatbush | null;
  readonly #edges: Flatbush | null;
  #places: Uint32Array | null = null;

  /** `nodeIndex` is that of the same nodes in other colours. */
  constructor(scene: Scene, nodeIndex = nodeIndexOf(scene)) {
    this.scene = scene;
    this.#nodes = nodeIndex;
    this.#edges = indexOf(scene.edges.map((edge) => edge.bounds));
  }

  /** Nodes and edges. */
  get size(): number {
    return this.scene.nodes.length + this.scene.edges.length;
  }

  nodesIn = (view: Box) => inOrder(this.#nodes, view);
  edgesIn = (view: Box) => inOrder(this.#edges, view);

  /** Some nodes and edges from bottom to top; edges are counted on after all nodes. */
  inPaintOrder(nodes: readonly number[], edges: readonly number[]): number[] {
    const places = (this.#places ??= paintOrder(this.scene));
    const items = [...nodes, ...edges.map((i) => this.scene.nodes.length + i)];
    return items.sort((a, b) => places[a] - places[b]);
  }
}

/** In the order of the scene. */
const inOrder = (index: Flatbush | null, [left, top, right, bottom]: Box) =>
  index?.search(left, top, right, bottom).sort((a, b) => a - b) ?? [];
