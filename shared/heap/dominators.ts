// The immediate dominator of each node: the last node through which every path from the root to it leads. Freeing it
// frees the node. Algorithm: Semi-NCA (Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", 2005),
// over numbers of a depth-first search, without recursion: a linked list may be a million long.
import type { EssentialEdge } from './essential-edges.ts';
import type { HeapGraph } from './heap-graph.ts';
import { Scratch } from './scratch.ts';

export interface DominatorTree {
  /** Per node, its immediate dominator; the root is its own. */
  dominators: Uint32Array;
  /** The nodes in the order of this tree: each is followed by all that it dominates, directly or not. */
  order: Uint32Array;
  /** Per position in `order`, the first one behind what that node dominates. */
  ends: Uint32Array;
}

/**
 * The dominator tree over the essential edges. Nodes that only weak edges reach, and rings that nothing reaches, hang
 * from the root, as in DevTools.
 */
export function computeDominators(
  graph: HeapGraph,
  isEssential: EssentialEdge,
  scratch = new Scratch(graph.nodeCount),
): DominatorTree {
  if (graph.nodeCount === 0) return emptyTree;
  const search = depthFirstSearch(graph, isEssential, scratch);
  const tree = treeOf(search, semiNca(search));
  scratch.giveBack(search.parents, search.vertices);
  return tree;
}

const emptyTree: DominatorTree = {
  dominators: new Uint32Array(0),
  order: new Uint32Array(0),
  ends: new Uint32Array(0),
};

/** The tree of nodes, given for each number that of its dominator, which is always less. */
function treeOf({ vertices, count, first, sources, spare }: Search, idom: Uint32Array): DominatorTree {
  const [counts, next] = sections(spare, count);
  counts.fill(1);
  for (let number = count; number >= 2; number--) counts[idom[number]] += counts[number];
  // Nothing reads the edges any more.
  const dominators = first.subarray(0, count);
  const order = sources.subarray(0, count);
  const ends = sources.subarray(count, 2 * count);
  const put = (number: number, position: number): void => {
    order[position] = vertices[number];
    ends[position] = position + counts[number];
    next[number] = position + 1;
  };
  put(1, 0);
  dominators[0] = 0;
  for (let number = 2; number <= count; number++) {
    const above = idom[number];
    dominators[vertices[number]] = vertices[above];
    put(number, next[above]);
    next[above] += counts[number];
  }
  return { dominators, order, ends };
}

/** Arrays of one element per number, made of `spare`. */
function sections(spare: Int32Array, count: number): Int32Array[] {
  const length = count + 1;
  return [0, 1, 2].map((section) => spare.subarray(section * length, (section + 1) * length));
}

interface Search {
  /** Per number, counting from 1 in the order of discovery, its node. */
  vertices: Uint32Array;
  /** Per number, the number of its parent in the search tree; 1 for what hangs from the root. */
  parents: Uint32Array;
  /** The first number of the rings, which come last. */
  firstRing: number;
  count: number;
  /** Essential edges that are not of the tree: by number, where `sources` has the numbers that they come from. */
  first: Uint32Array;
  /** At least two elements per number. */
  sources: Uint32Array;
  /** At least three elements per number, of no use any more: large heaps are short of memory here. */
  spare: Int32Array;
}

function depthFirstSearch(graph: HeapGraph, isEssential: EssentialEdge, scratch: Scratch): Search {
  const { nodeCount, edgeCount, firstEdges, edgeTargets } = graph;
  /** Per node, its number. */
  const numbers = new Uint32Array(nodeCount + 3);
  const vertices = scratch.take();
  const parents = scratch.take();
  // The edges that are not of the tree, as they are met: the source, below 0, before its targets. The system gives memory only to
  // what is written.
  const others = new Int32Array(Math.max(2 * edgeCount, 3 * (nodeCount + 1)));
  // Per step on the way from the root: the next of its edges.
  const cursors = new Uint32Array(nodeCount);
  let count = 0;
  let length = 0;
  let lastSource = 0;

  const hang = (node: number): void => {
    numbers[node] = ++count;
    vertices[count] = node;
    parents[count] = 1;
  };
  const note = (source: number, target: number): void => {
    if (source !== lastSource) others[length++] = -(lastSource = source);
    others[length++] = target;
  };
  /** Searches from the node with the latest number. */
  const explore = (): void => {
    let depth = 0;
    let number = count;
    let node = vertices[number];
    let edge = firstEdges[node];
    let end = firstEdges[node + 1];
    for (;;) {
      if (edge === end) {
        if (depth === 0) return;
        number = parents[number];
        node = vertices[number];
        edge = cursors[--depth];
        end = firstEdges[node + 1];
        continue;
      }
      const target = edgeTargets[edge];
      if (!isEssential(node, edge++, target)) continue;
      const known = numbers[target];
      if (known === 0) {
        cursors[depth++] = edge;
        numbers[target] = ++count;
        vertices[count] = target;
        parents[count] = number;
        number = count;
        node = target;
        edge = firstEdges[node];
        end = firstEdges[node + 1];
      } else note(number, known);
    }
  };

  hang(0);
  explore();
  if (count < nodeCount) {
    const held = heldByUnreached(graph, isEssential, numbers);
    for (let node = 0; node < nodeCount && count < nodeCount; node++) {
      if (numbers[node] !== 0 || held[node] === 1) continue;
      hang(node);
      explore();
    }
  }
  // Rings: every node of one has a retainer, but nothing reaches them.
  const firstRing = count + 1;
  for (let node = 0; node < nodeCount && count < nodeCount; node++) if (numbers[node] === 0) hang(node);
  for (let number = firstRing; number <= count; number++) {
    const node = vertices[number];
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      const target = edgeTargets[edge];
      if (isEssential(node, edge, target)) note(number, numbers[target]);
    }
  }
  // Nodes are not looked up any more.
  const first = numbers;
  const sources = sourcesByTarget(others.subarray(0, length), first);
  return { vertices, parents, firstRing, count, first, sources, spare: others };
}

/** Sorts edges by target: a counting sort, which leaves in `first` where the sources of each target begin. */
function sourcesByTarget(edges: Int32Array, first: Uint32Array): Uint32Array {
  // Shifted by two, so that counting, summing and filling leave `first` where it belongs without a copy.
  first.fill(0);
  for (let i = 0; i < edges.length; i++) if (edges[i] > 0) first[edges[i] + 2]++;
  for (let i = 2; i < first.length; i++) first[i] += first[i - 1];
  const sources = new Uint32Array(Math.max(first[first.length - 1], 2 * first.length));
  let source = 0;
  for (let i = 0; i < edges.length; i++) {
    const edge = edges[i];
    if (edge < 0) source = -edge;
    else sources[first[edge + 1]++] = source;
  }
  return sources;
}

/** Per node, 1 where an essential edge leads to it from a node without number. */
function heldByUnreached(graph: HeapGraph, isEssential: EssentialEdge, numbers: Uint32Array): Uint8Array {
  const { nodeCount, firstEdges, edgeTargets } = graph;
  const held = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    if (numbers[node] !== 0) continue;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
      if (isEssential(node, edge, edgeTargets[edge])) held[edgeTargets[edge]] = 1;
  }
  return held;
}

/** Per number, the number of its immediate dominator. */
function semiNca(search: Search): Uint32Array {
  const { parents, firstRing, count, first, sources, spare } = search;
  // `least`: per number, the least semidominator from there up to its ancestor, that excluded. `ancestors`: the way up the
  // tree, shortened as it is walked.
  const [semi, least, ancestors] = sections(spare, count);
  ancestors.set(parents.subarray(0, count + 1));
  const path = new Uint32Array(count + 1);

  /** The least semidominator on the way up from `number` through what is done: the numbers greater than `current`. */
  const evaluate = (number: number, current: number): number => {
    let length = 0;
    for (let at = number; ancestors[at] > current; at = ancestors[at]) path[length++] = at;
    while (length > 0) {
      const at = path[--length];
      const above = ancestors[at];
      if (least[above] < least[at]) least[at] = least[above];
      ancestors[at] = ancestors[above];
    }
    return least[number];
  };

  for (let number = count; number >= 2; number--) {
    // A ring holds itself up, so it must not free what else it refers to.
    let best = number < firstRing ? parents[number] : number;
    for (let slot = first[number], end = first[number + 1]; slot < end && best > 1; slot++) {
      const retainer = sources[slot];
      // What is not done yet is its own semidominator.
      const candidate = retainer <= number ? retainer : evaluate(retainer, number);
      if (candidate < best) best = candidate;
    }
    semi[number] = least[number] = best;
  }
  // From the root down, each parent gives way to the dominator.
  const idom = parents;
  for (let number = 2; number <= count; number++) {
    let above = idom[number];
    while (above > semi[number]) above = idom[above];
    idom[number] = above;
  }
  return idom;
}
