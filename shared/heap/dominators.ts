// The immediate dominator of each node: the last node through which every path from the root to it leads. Freeing it
// frees the node. Algorithm: Semi-NCA (Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", 2005),
// over numbers of a depth-first search, without recursion: a linked list may be a million long.
import type { HeapGraph } from './heap-graph.ts';
import type { Retainers } from './retainers.ts';

export interface DominatorTree {
  /** Per node, its immediate dominator; the root is its own. */
  dominators: Uint32Array;
  /** The nodes in the order of the search: a dominator always comes before what it dominates. */
  order: Uint32Array;
}

/**
 * The dominator tree over the essential edges. Nodes that only weak edges reach, and rings that nothing reaches, hang
 * from the root, as in DevTools.
 */
export function computeDominators(
  graph: HeapGraph,
  retainers: Retainers,
  essential: Uint8Array,
): DominatorTree {
  const search = depthFirstSearch(graph, retainers, essential);
  const idom = semiNca(search, retainers, essential);
  const { vertices, count } = search;
  // The numbers are not needed any more.
  const dominators = search.numbers;
  dominators[0] = 0;
  for (let number = 2; number <= count; number++) dominators[vertices[number]] = vertices[idom[number]];
  return { dominators, order: vertices.subarray(1, count + 1) };
}

const Kind = { reached: 0, heldWeakly: 1, inRing: 2 } as const;

interface Search {
  /** Per node, its number, counting from 1 in the order of discovery. */
  numbers: Uint32Array;
  /** Per number, its node. */
  vertices: Uint32Array;
  /** Per number, the number of its parent in the search tree. */
  parents: Uint32Array;
  /** Per number, how a node was reached: along an edge, or hung from the root as one of these. */
  kinds: Uint8Array;
  count: number;
  /** Two arrays that the search needs no more: large heaps are short of memory here. */
  scratch: [Uint32Array, Uint32Array];
}

function depthFirstSearch(graph: HeapGraph, retainers: Retainers, essential: Uint8Array): Search {
  const { nodeCount, firstEdges, edgeTargets } = graph;
  const numbers = new Uint32Array(nodeCount);
  const vertices = new Uint32Array(nodeCount + 1);
  const parents = new Uint32Array(nodeCount + 1);
  const kinds = new Uint8Array(nodeCount + 1);
  // Per node on the way from the root: the next of its edges.
  const cursors = new Uint32Array(nodeCount + 1);
  const stack = new Uint32Array(nodeCount + 1);
  let count = 0;

  const discover = (node: number, parent: number): void => {
    numbers[node] = ++count;
    vertices[count] = node;
    parents[count] = parent;
  };
  const explore = (start: number): void => {
    let top = 0;
    stack[0] = start;
    cursors[0] = firstEdges[start];
    while (top >= 0) {
      const node = stack[top];
      const end = firstEdges[node + 1];
      let edge = cursors[top];
      while (edge < end && (!essential[edge] || numbers[edgeTargets[edge]] !== 0)) edge++;
      cursors[top] = edge + 1;
      if (edge >= end) {
        top--;
        continue;
      }
      const target = edgeTargets[edge];
      discover(target, numbers[node]);
      stack[++top] = target;
      cursors[top] = firstEdges[target];
    }
  };

  discover(0, 1);
  explore(0);
  const hang = (node: number, kind: number): void => {
    discover(node, 1);
    kinds[count] = kind;
  };
  for (let node = 0; node < nodeCount && count < nodeCount; node++) {
    if (numbers[node] !== 0 || hasEssentialRetainer(node, retainers, essential)) continue;
    hang(node, Kind.heldWeakly);
    explore(node);
  }
  // Rings: every node of one has a retainer, but nothing reaches them.
  for (let node = 0; node < nodeCount && count < nodeCount; node++)
    if (numbers[node] === 0) hang(node, Kind.inRing);
  return { numbers, vertices, parents, kinds, count, scratch: [cursors, stack] };
}

function hasEssentialRetainer(node: number, { first, edges }: Retainers, essential: Uint8Array): boolean {
  for (let slot = first[node]; slot < first[node + 1]; slot++) if (essential[edges[slot]]) return true;
  return false;
}

/** Per number, the number of its immediate dominator. */
function semiNca(search: Search, retainers: Retainers, essential: Uint8Array): Uint32Array {
  const { numbers, vertices, parents, kinds, count } = search;
  const { first, nodes, edges } = retainers;
  const [semi, path] = search.scratch;
  /** Per number, the way up the tree, shortened as it is walked. */
  const ancestors = parents.slice();
  /** Per number, the least semidominator from there up to its ancestor, that excluded. */
  const least = new Uint32Array(count + 1);

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
    const node = vertices[number];
    // What hangs weakly counts as the root's own. A ring holds itself up, so it must not free what else it refers to.
    const kind = kinds[number];
    let best = kind === Kind.reached ? parents[number] : kind === Kind.heldWeakly ? 1 : number;
    for (let slot = first[node]; slot < first[node + 1]; slot++) {
      if (!essential[edges[slot]]) continue;
      const retainer = numbers[nodes[slot]];
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
