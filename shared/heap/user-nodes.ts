// What belongs to the program and not to V8: all that its global objects reach. Source: DevTools, HeapSnapshot.ts
// (markPageOwnedNodes).
import { baseSystemDistance, type Distances } from './distances.ts';
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType } from './node-types.ts';
import { Scratch } from './scratch.ts';
import { leadsToProgram, startsDistances } from './user-roots.ts';

/**
 * Per node, 1 when a global object of the program reaches it over strong edges.
 *
 * The search for distances has found nearly all of them: it starts at the same nodes, and the few edges that it did not follow
 * give the rest.
 */
export function markUserNodes(
  graph: HeapGraph,
  { distances, unfollowed }: Distances,
  scratch = new Scratch(graph.nodeCount),
): Uint8Array {
  const { nodeCount, firstEdges, edgeTargets } = graph;
  const marks = new Uint8Array(nodeCount);
  const stack = scratch.take();
  let depth = 0;
  const mark = (node: number): void => {
    if (marks[node] === 1) return;
    marks[node] = 1;
    stack[depth++] = node;
  };
  let areRootsOfDistances = distances[0] === baseSystemDistance;
  for (let edge = firstEdges[0]; edge < firstEdges[1]; edge++) {
    const target = edgeTargets[edge];
    if (!leadsToProgram(graph, edge)) areRootsOfDistances &&= !startsDistances(graph, target);
    else mark(target);
  }
  if (areRootsOfDistances) {
    for (let node = 0; node < nodeCount; node++)
      if (distances[node] > 0 && distances[node] < baseSystemDistance) marks[node] = 1;
    for (const node of unfollowed) mark(node);
  }
  while (depth > 0) {
    const node = stack[--depth];
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
      if (graph.edgeType(edge) !== EdgeType.weak) mark(edgeTargets[edge]);
  }
  scratch.giveBack(stack);
  return marks;
}
