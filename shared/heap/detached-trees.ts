// The trees of DOM nodes that are in no document any more: which nodes belong together, the top of each tree, and the node by
// which a script holds it.
import { DomState } from './detached-dom.ts';
import type { DominatorTree } from './dominators.ts';
import { groupRetainedSizes, noGroup } from './group-retained-sizes.ts';
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';
import type { Sizes } from './sizes.ts';

/** Per tree, those that retain the most first. */
export interface DetachedTrees {
  /** The node without a parent; where the snapshot does not show it, that of `held`. */
  tops: Uint32Array;
  /** The node that is the fewest references away from a root: what holds it holds the tree. */
  held: Uint32Array;
  /** How many DOM nodes it has. */
  counts: Uint32Array;
  /** Bytes that would be freed with all its nodes. */
  retainedSizes: Float64Array;
}

export interface DetachedTreesInput {
  /** Per node, a `DomState`. */
  states: Uint8Array;
  distances: { distances: Int32Array };
  retainedSizes: Sizes;
  dominatorTree: DominatorTree;
}

/** Elements by their tags; the others by Blink's class. */
const domNames =
  /^(?:<|(?:Text|Comment|CDATASection|ProcessingInstruction|DocumentFragment|ShadowRoot|DocumentType)\b)/;

/**
 * Groups detached DOM nodes by the references between them. Cost: two passes over the edges of DOM nodes, and one walk down the
 * dominator tree.
 *
 * @example
 * const { tops, counts } = detachedTrees(graph, { ...analysis, states: domStates(graph) });
 * console.log(graph.nodeName(tops[0]), counts[0]); // <div id="dialog"> 23
 */
export function detachedTrees(graph: HeapGraph, input: DetachedTreesInput): DetachedTrees {
  const members = detachedNodes(graph, input.states);
  const { treeOf, count } = components(graph, members);
  const sizes = groupRetainedSizes(treeOf, count, input);
  const counts = new Uint32Array(count);
  const held = new Uint32Array(count);
  const tops = new Uint32Array(count);
  const topCounts = new Uint32Array(count);
  const { distances } = input.distances;
  const away = (node: number) => (distances[node] < 0 ? Infinity : distances[node]);
  for (const node of members) {
    const tree = treeOf[node];
    if (counts[tree]++ === 0 || away(node) < away(held[tree])) held[tree] = node;
    if (hasParent(graph, node, treeOf)) continue;
    topCounts[tree]++;
    tops[tree] = node;
  }
  const order = Uint32Array.from({ length: count }, (_, tree) => tree);
  order.sort((a, b) => sizes[b] - sizes[a] || a - b);
  return {
    tops: order.map((tree) => (topCounts[tree] === 1 ? tops[tree] : held[tree])),
    held: order.map((tree) => held[tree]),
    counts: order.map((tree) => counts[tree]),
    retainedSizes: Float64Array.from(order, (tree) => sizes[tree]),
  };
}

function detachedNodes(graph: HeapGraph, states: Uint8Array): Uint32Array {
  const isDomName = new Map<number, boolean>();
  const found: number[] = [];
  for (let node = 0; node < graph.nodeCount; node++) {
    if (states[node] !== DomState.detached || graph.nodeTypes[node] !== NodeType.native) continue;
    const name = graph.nodeNames[node];
    let isDom = isDomName.get(name);
    if (isDom === undefined) isDomName.set(name, (isDom = domNames.test(graph.nodeName(node))));
    if (isDom) found.push(node);
  }
  return Uint32Array.from(found);
}

/** The connected parts of some nodes, by union-find with path halving (Tarjan and van Leeuwen, 1984). */
function components(graph: HeapGraph, members: Uint32Array): { treeOf: Uint32Array; count: number } {
  const { nodeCount, firstEdges, edgeTargets } = graph;
  const parents = new Uint32Array(nodeCount).fill(noGroup);
  for (const node of members) parents[node] = node;
  const find = (node: number): number => {
    while (parents[node] !== node) node = parents[node] = parents[parents[node]];
    return node;
  };
  for (const node of members)
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      const target = edgeTargets[edge];
      if (!isStrong(graph, edge) || parents[target] === noGroup) continue;
      const [a, b] = [find(node), find(target)];
      if (a !== b) parents[Math.max(a, b)] = Math.min(a, b);
    }
  const treeOf = new Uint32Array(nodeCount).fill(noGroup);
  let count = 0;
  // The smallest node of a part is its representative, and comes first.
  for (const node of members) {
    const first = find(node);
    treeOf[node] = first === node ? count++ : treeOf[first];
  }
  return { treeOf, count };
}

/**
 * Blink writes the references of a DOM node in the order of its classes: children, then the document, then parent and siblings
 * (third_party/blink/renderer/core/dom, `ContainerNode::Trace`, `Node::Trace`). So a node with a node of its tree behind its
 * document has a parent.
 */
function hasParent(graph: HeapGraph, node: number, treeOf: Uint32Array): boolean {
  const { firstEdges, edgeTargets } = graph;
  let isBehindDocument = false;
  for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
    const target = edgeTargets[edge];
    if (target === node || !isStrong(graph, edge)) continue;
    if (graph.nodeTypes[target] !== NodeType.native) continue;
    if (isBehindDocument && treeOf[target] === treeOf[node]) return true;
    isBehindDocument ||= /Document$/.test(graph.nodeName(target));
  }
  return false;
}

const isStrong = (graph: HeapGraph, edge: number): boolean =>
  graph.edgeType(edge) !== EdgeType.weak && graph.edgeType(edge) !== EdgeType.hidden;
