// The immediate dominator of each node: the last node through which every path from the root to it leads. Freeing it
// frees the node. Algorithm: Semi-NCA (Georgiadis, "Linear-Time Algorithms for Dominators and Related Problems", 2005),
// over numbers of a depth-first search, without recursion: a linked list may be a million long.
import type { EssentialEdge } from './essential-edges.ts';
import type { HeapGraph } from './heap-graph.ts';

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
export function computeDominators(graph: HeapGraph, isEssential: EssentialEdge): DominatorTree {
  const search = depthFirstSearch(graph, isEssential);
  const idom = semiNca(search);
  const { vertices, count } = search;
  // The numbers are not needed any more.
  const dominators = search.numbers;
  dominators[0] = 0;
  for (let number = 2; number <= count; number++) dominators[vertices[number]] = vertices[idom[number]];
  return { dominators, order: vertices.subarray(1, count + 1) };
}

interface Search {
  /** Per node, its number, counting from 1 in the order of discovery. */
  numbers: Uint32Array;
  /** Per number, its node. */
  vertices: Uint32Array;
  /** Per number, the number of its parent in the search tree; 1 for what hangs from the root. */
  parents: Uint32Array;
  /** The first number of the rings, which come last. */
  firstRing: number;
  count: number;
  /** Essential edges that are not of the tree: by number, where `sources` has the numbers that they come from. */
  first: Uint32Array;
  sources: Uint32Array;
  /** An array of one element per number that the search needs no more: large heaps are short of memory here. */
  scratch: Uint32Array;
}

function depthFirstSearch(graph: HeapGraph, isEssential: EssentialEdge): Search {
  const { nodeCount, edgeCount, firstEdges, edgeTargets } = graph;
  const numbers = new Uint32Array(nodeCount);
  const vertices = new Uint32Array(nodeCount + 1);
  const parents = new Uint32Array(nodeCount + 1);
  // Edges that are not of the tree, as they are met: source and target. The system gives memory only to what is written.
  const others = new Uint32Array(2 * edgeCount);
  // Shifted by two, for `sourcesByTarget`.
  const degrees = new Uint32Array(nodeCount + 3);
  // Per number on the way from the root: the next of its edges.
  const cursors = new Uint32Array(nodeCount + 1);
  let count = 0;
  let length = 0;

  const hang = (node: number): void => {
    numbers[node] = ++count;
    vertices[count] = node;
    parents[count] = 1;
  };
  /** Searches from the node with the latest number. */
  const explore = (): void => {
    const start = count;
    let number = start;
    let node = vertices[number];
    let edge = firstEdges[node];
    let end = firstEdges[node + 1];
    for (;;) {
      if (edge === end) {
        if (number === start) return;
        number = parents[number];
        node = vertices[number];
        edge = cursors[number];
        end = firstEdges[node + 1];
        continue;
      }
      const target = edgeTargets[edge];
      if (!isEssential(node, edge++, target)) continue;
      const known = numbers[target];
      if (known === 0) {
        cursors[number] = edge;
        numbers[target] = ++count;
        vertices[count] = target;
        parents[count] = number;
        number = count;
        node = target;
        edge = firstEdges[node];
        end = firstEdges[node + 1];
      } else {
        others[length++] = number;
        others[length++] = known;
        degrees[known + 2]++;
      }
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
      if (!isEssential(node, edge, target)) continue;
      others[length++] = number;
      others[length++] = numbers[target];
      degrees[numbers[target] + 2]++;
    }
  }
  const sources = sourcesByTarget(others.subarray(0, length), degrees);
  return { numbers, vertices, parents, firstRing, count, first: degrees, sources, scratch: cursors };
}

/** Sorts pairs of source and target by target: a counting sort, which leaves in `degrees` where each one's sources begin. */
function sourcesByTarget(pairs: Uint32Array, degrees: Uint32Array): Uint32Array {
  for (let i = 2; i < degrees.length; i++) degrees[i] += degrees[i - 1];
  const sources = new Uint32Array(pairs.length / 2);
  for (let i = 0; i < pairs.length; i += 2) sources[degrees[pairs[i + 1] + 1]++] = pairs[i];
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
  const { parents, firstRing, count, first, sources } = search;
  const semi = search.scratch;
  /** Per number, the way up the tree, shortened as it is walked. */
  const ancestors = parents.slice();
  /** Per number, the least semidominator from there up to its ancestor, that excluded. */
  const least = new Uint32Array(count + 1);
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
