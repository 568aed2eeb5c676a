// The edges that keep their targets alive, as far as retained sizes go. Left out: weak edges, loops, shortcuts, the
// table's half of a WeakMap pair (the key's half keeps the value), and V8's own references into the program.
// Source: DevTools, HeapSnapshot.ts (isEssentialEdge).
import type { Ephemerons } from './ephemerons.ts';
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType } from './node-types.ts';

/**
 * Per edge, 1 when it is essential.
 *
 * @param userNodes what `markUserNodes` gives
 */
export function essentialEdges(graph: HeapGraph, ephemerons: Ephemerons, userNodes: Uint8Array): Uint8Array {
  const { nodeCount, edgeCount, firstEdges, edgeTypes, edgeNames, edgeTargets, nodeIds } = graph;
  const essential = new Uint8Array(edgeCount);
  for (let node = 0; node < nodeCount; node++) {
    const isUsers = userNodes[node];
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      const type = edgeTypes[edge];
      const target = edgeTargets[edge];
      if (type === EdgeType.weak || target === node) continue;
      if (ephemerons.count > 0 && type === EdgeType.internal) {
        const table = ephemerons.tables[edgeNames[edge]];
        if (table !== 0 && table === nodeIds[node]) continue;
      }
      if (node !== 0 && (type === EdgeType.shortcut || (userNodes[target] && !isUsers))) continue;
      essential[edge] = 1;
    }
  }
  return essential;
}
