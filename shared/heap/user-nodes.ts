// What belongs to the program and not to V8: all that its global objects reach. Source: DevTools, HeapSnapshot.ts
// (markPageOwnedNodes).
import { baseSystemDistance, type Distances } from './distances.ts';
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType } from './node-types.ts';
import { leadsToProgram, startsDistances } from './user-roots.ts';

/**
 * Per node, 1 when a global object of the program reaches it over strong edges.
 *
 * The search for distances has found nearly all of them: it starts at the same nodes, and leaves out a few edges. One pass
 * over the edges of what it found gives the rest.
 */
export function markUserNodes(graph: HeapGraph, { distances }: Distances): Uint8Array {
  const { nodeCount, firstEdges, edgeTypes, edgeTargets } = graph;
  const marks = new Uint8Array(nodeCount);
  const stack = new Uint32Array(nodeCount);
  let depth = 0;
  const markTargets = (node: number): void => {
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      const target = edgeTargets[edge];
      if (edgeTypes[edge] === EdgeType.weak || marks[target] === 1) continue;
      marks[target] = 1;
      stack[depth++] = target;
    }
  };
  let areRootsOfDistances = distances[0] === baseSystemDistance;
  for (let edge = firstEdges[0]; edge < firstEdges[1]; edge++) {
    const target = edgeTargets[edge];
    if (!leadsToProgram(graph, edge)) areRootsOfDistances &&= !startsDistances(graph, target);
    else if (marks[target] === 0) {
      marks[target] = 1;
      stack[depth++] = target;
    }
  }
  if (areRootsOfDistances) {
    for (let node = 0; node < nodeCount; node++)
      if (distances[node] > 0 && distances[node] < baseSystemDistance) marks[node] = 1;
    for (let node = 0; node < nodeCount; node++) if (marks[node] === 1) markTargets(node);
  }
  while (depth > 0) markTargets(stack[--depth]);
  return marks;
}
