// The edges that keep their targets alive, as far as retained sizes go. Left out: weak edges, loops, shortcuts, the
// table's half of a WeakMap pair (the key's half keeps the value), and V8's own references into the program.
// Source: DevTools, HeapSnapshot.ts (isEssentialEdge).
import type { Ephemerons } from './ephemerons.ts';
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType } from './node-types.ts';

/** Whether an edge of a node, which leads to `target`, is essential. */
export type EssentialEdge = (node: number, edge: number, target: number) => boolean;

/**
 * Which edges are essential: a function, because one pass over the edges asks each of them once.
 *
 * @param userNodes what `markUserNodes` gives
 */
export function essentialEdge(
  graph: HeapGraph,
  ephemerons: Ephemerons,
  userNodes: Uint8Array,
): EssentialEdge {
  const { nodeIds } = graph;
  const hasEphemerons = ephemerons.count > 0;
  const { tables } = ephemerons;
  return (node, edge, target) => {
    const type = graph.edgeType(edge);
    if (type === EdgeType.weak || target === node) return false;
    if (hasEphemerons && type === EdgeType.internal) {
      const table = tables[graph.edgeNumber(edge)];
      if (table !== 0 && table === nodeIds[node]) return false;
    }
    return node === 0 || (type !== EdgeType.shortcut && (userNodes[node] === 1 || userNodes[target] === 0));
  };
}
