// The shortest chain of references between a node and the nearest one that the caller accepts, by breadth-first search.
import type { Direction } from './selection.ts';
import type { ObjectGraph } from './object-graph.ts';

/** A node of a chain, and the edge that enters the next one; -1 on the last. */
export interface ChainLink {
  node: number;
  edge: number;
}

export interface ChainOptions {
  direction: Direction;
  /** The most steps a chain may have. */
  maxDepth: number;
  /** Whether the chain may end at a node. The start is asked too. */
  isEnd: (node: number) => boolean;
  /** Whether a chain may lead through a node, and by an edge of its. */
  accepts: (node: number, edge: number) => boolean;
  /** Whether what an object inherits from is held by it (default false): nearly all that a reader looks for is held otherwise. */
  prototypes?: boolean;
}

const unseen = 0xffffffff;

/**
 * The shortest chain, in the direction of the references: from the object that refers to the one that is referred to.
 * Null when there is none. The value of a WeakMap is held by its key: a WeakMap whose values refer to their keys would
 * otherwise be said to hold them. It comes by the WeakMap only where no chain leads to the key. Cost: at most two looks at
 * every reference.
 */
export function findChain(graph: ObjectGraph, start: number, options: ChainOptions): ChainLink[] | null {
  if (options.direction === 'references') return search(graph, start, options, 'table');
  return search(graph, start, options, 'key') ?? search(graph, start, options, 'table');
}

function search(
  graph: ObjectGraph,
  start: number,
  options: ChainOptions,
  pairsBy: 'table' | 'key',
): ChainLink[] | null {
  const count = graph.heap.nodeCount;
  const parent = new Uint32Array(count).fill(unseen);
  const parentEdge = new Uint32Array(count);
  const queue = new Uint32Array(count);
  let tail = 0;
  queue[tail++] = start;
  parent[start] = start;
  let depth = 0;
  let levelEnd = 1;
  for (let head = 0; head < tail; head++) {
    if (head === levelEnd) {
      depth++;
      levelEnd = tail;
    }
    const node = queue[head];
    if (options.isEnd(node)) return trace(node, start, parent, parentEdge, options.direction);
    if (depth >= options.maxDepth) continue;
    const visit = (neighbour: number, edge: number): void => {
      if (parent[neighbour] !== unseen || !options.accepts(neighbour, edge)) return;
      parent[neighbour] = node;
      parentEdge[neighbour] = edge;
      queue[tail++] = neighbour;
    };
    if (options.direction === 'references') {
      graph.eachReference(node, visit);
      if (options.prototypes) graph.eachParent(node, visit);
    } else {
      graph.eachReferrer(node, visit, pairsBy);
      if (options.prototypes) graph.eachHeir(node, visit);
    }
  }
  return null;
}

function trace(
  end: number,
  start: number,
  parent: Uint32Array,
  edge: Uint32Array,
  direction: Direction,
): ChainLink[] {
  const links: ChainLink[] = [];
  if (direction === 'referrers') {
    for (let node = end; node !== start; node = parent[node]) links.push({ node, edge: edge[node] });
    links.push({ node: start, edge: -1 });
    return links;
  }
  links.push({ node: end, edge: -1 });
  for (let node = end; node !== start; node = parent[node])
    links.push({ node: parent[node], edge: edge[node] });
  return links.reverse();
}
