// DOM nodes of a page that are in no document any more. Blink says of its own nodes whether they are attached; what is
// native and hangs from them shares their state. Source: DevTools, HeapSnapshot.ts (propagateDOMState).
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';
import type { Sizes } from './sizes.ts';

export const DomState = { unknown: 0, attached: 1, detached: 2 } as const;
export type DomState = (typeof DomState)[keyof typeof DomState];

/** Per node, a `DomState`; unknown for everything in a snapshot of a program without DOM. */
export function domStates(graph: HeapGraph): Uint8Array {
  const { nodeCount, nodeTypes, firstEdges, edgeTargets } = graph;
  const states = new Uint8Array(nodeCount);
  const { detachedness } = graph;
  if (!detachedness.includes(DomState.attached) && !detachedness.includes(DomState.detached)) return states;
  const visited = new Uint8Array(nodeCount);
  const stack = new Uint32Array(nodeCount);
  let depth = 0;
  const enter = (node: number, state: DomState): void => {
    if (visited[node]) return;
    visited[node] = 1;
    // A script's objects have no state, and pass none on.
    if (nodeTypes[node] !== NodeType.native) return;
    states[node] = state;
    stack[depth++] = node;
  };
  // A node's own state is never changed by that of its owners.
  for (let node = 0; node < nodeCount; node++)
    if (detachedness[node] === DomState.detached) visited[node] = 1;
  for (let node = 0; node < nodeCount; node++)
    if (detachedness[node] === DomState.attached) enter(node, DomState.attached);
  const spread = (state: DomState): void => {
    while (depth > 0) {
      const node = stack[--depth];
      for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
        const type = graph.edgeType(edge);
        if (type !== EdgeType.hidden && type !== EdgeType.weak) enter(edgeTargets[edge], state);
      }
    }
  };
  spread(DomState.attached);
  for (let node = 0; node < nodeCount; node++) {
    if (detachedness[node] !== DomState.detached) continue;
    visited[node] = 0;
    enter(node, DomState.detached);
  }
  spread(DomState.detached);
  return states;
}

/** Whether a snapshot is of a web page. Node marks objects of its own as attached and detached, too, but has no document. */
export function hasDocument(graph: HeapGraph): boolean {
  for (let node = 0; node < graph.nodeCount; node++)
    if (
      graph.detachedness[node] !== DomState.unknown &&
      graph.nodeTypes[node] === NodeType.native &&
      /Document$/.test(graph.nodeName(node))
    )
      return true;
  return false;
}

/**
 * The DOM nodes that Blink calls detached, those that retain the most first. What keeps them: `findPaths`.
 *
 * @param retainedSizes bytes per node
 * @returns ordinals; their names are those of V8: `<div id="row2">`
 * @example
 * for (const node of detachedDom(graph, analysis.retainedSizes)) console.log(graph.nodeName(node));
 */
export function detachedDom(graph: HeapGraph, retainedSizes: Sizes): Uint32Array {
  const { detachedness, nodeTypes } = graph;
  const nodes: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++)
    if (detachedness[node] === DomState.detached && nodeTypes[node] === NodeType.native) nodes.push(node);
  return Uint32Array.from(nodes).sort((a, b) => retainedSizes[b] - retainedSizes[a] || a - b);
}
