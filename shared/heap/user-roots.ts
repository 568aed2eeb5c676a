// What belongs to the program and not to V8: everything that its global objects (and, in a page, its detached DOM trees)
// reach. V8 marks global objects by shortcut edges from the root. Source: DevTools, HeapSnapshot.ts (markPageOwnedNodes).
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';

/** Whether a node is the list of a page's DOM trees, the one synthetic node that counts as the program's. */
export function isDocumentTrees(graph: HeapGraph, node: number): boolean {
  return graph.nodeTypes[node] === NodeType.synthetic && graph.nodeName(node) === '(Document DOM trees)';
}

/** Per node, 1 when a global object of the program reaches it over strong edges. */
export function markUserNodes(graph: HeapGraph): Uint8Array {
  const { nodeCount, firstEdges, edgeTypes, edgeTargets } = graph;
  const marks = new Uint8Array(nodeCount);
  const stack = new Uint32Array(nodeCount);
  let depth = 0;
  const mark = (node: number): void => {
    if (marks[node]) return;
    marks[node] = 1;
    stack[depth++] = node;
  };
  for (let edge = firstEdges[0]; edge < firstEdges[1]; edge++) {
    const isUserRoot =
      edgeTypes[edge] === EdgeType.element
        ? isDocumentTrees(graph, edgeTargets[edge])
        : edgeTypes[edge] === EdgeType.shortcut;
    if (isUserRoot) mark(edgeTargets[edge]);
  }
  while (depth > 0) {
    const node = stack[--depth];
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
      if (edgeTypes[edge] !== EdgeType.weak) mark(edgeTargets[edge]);
  }
  return marks;
}
