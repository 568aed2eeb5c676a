// Where the program begins, and not V8: its global objects and, in a page, its detached DOM trees.
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';

/** Whether a node is the list of a page's DOM trees, the one synthetic node that counts as the program's. */
export function isDocumentTrees(graph: HeapGraph, node: number): boolean {
  return graph.nodeTypes[node] === NodeType.synthetic && graph.nodeName(node) === '(Document DOM trees)';
}

/** Whether distances are measured from a node that the root refers to. */
export function startsDistances(graph: HeapGraph, node: number): boolean {
  return graph.nodeTypes[node] !== NodeType.synthetic || isDocumentTrees(graph, node);
}

/** Whether an edge of the root leads to what is the program's. V8 marks global objects by shortcut edges. */
export function leadsToProgram(graph: HeapGraph, edge: number): boolean {
  return graph.edgeType(edge) === EdgeType.element
    ? isDocumentTrees(graph, graph.edgeTargets[edge])
    : graph.edgeType(edge) === EdgeType.shortcut;
}
