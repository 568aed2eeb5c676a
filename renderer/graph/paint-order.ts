// In which order Graphviz draws nodes and edges (https://graphviz.org/docs/attr-types/outputMode/), so that where they lie on each
// other the window shows what an exported file shows.
import type { Scene } from '../../shared/scene/scene.ts';

/**
 * The place of each item, from 0 on: of the nodes, then of the edges, by their indices. Breadth first is each node, after it its edges,
 * and before each edge the node to which that leads. (Of the edges of one node, xdot has those within a cluster first.)
 */
export function paintOrder({ nodes, edges, outputOrder }: Scene): Uint32Array {
  const places = new Uint32Array(nodes.length + edges.length);
  if (outputOrder !== 'breadthfirst') {
    const edgesFirst = outputOrder === 'edgesfirst';
    for (let i = 0; i < nodes.length; i++) places[i] = edgesFirst ? edges.length + i : i;
    for (let i = 0; i < edges.length; i++) places[nodes.length + i] = edgesFirst ? i : nodes.length + i;
    return places;
  }
  // The edges of each node as a list: the first one, and after each the next.
  const none = edges.length;
  const first = new Uint32Array(nodes.length).fill(none);
  const next = new Uint32Array(edges.length);
  for (let i = edges.length - 1; i >= 0; i--) {
    next[i] = first[edges[i].tail];
    first[edges[i].tail] = i;
  }
  const isPlaced = new Uint8Array(nodes.length);
  let place = 0;
  const placeNode = (node: number) => {
    if (isPlaced[node]) return;
    isPlaced[node] = 1;
    places[node] = place++;
  };
  for (let node = 0; node < nodes.length; node++) {
    placeNode(node);
    for (let edge = first[node]; edge !== none; edge = next[edge]) {
      placeNode(edges[edge].head);
      places[nodes.length + edge] = place++;
    }
  }
  return places;
}
