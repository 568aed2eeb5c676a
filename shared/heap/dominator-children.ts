// The dominator tree from above: what each node alone keeps alive. Compressed sparse rows, filled by a counting sort.
import type { DominatorTree } from './dominators.ts';
import type { Sizes } from './sizes.ts';
import { sortedNodes } from './sorted-nodes.ts';

/** For each node, the nodes that it immediately dominates: positions `first[node]` to `first[node + 1]` of `nodes`. */
export interface DominatorChildren {
  first: Uint32Array;
  nodes: Uint32Array;
}

/** The children of every node, by ordinal; the root is no child. */
export function dominatorChildren({ dominators }: DominatorTree): DominatorChildren {
  const { length } = dominators;
  // Shifted by two, so that counting, summing and filling leave `first` where it belongs without a copy.
  const cursor = new Uint32Array(length + 2);
  for (let node = 1; node < length; node++) cursor[dominators[node] + 2]++;
  for (let i = 2; i < cursor.length; i++) cursor[i] += cursor[i - 1];
  const nodes = new Uint32Array(Math.max(0, length - 1));
  for (let node = 1; node < length; node++) nodes[cursor[dominators[node] + 1]++] = node;
  return { first: cursor.subarray(0, length + 1), nodes };
}

/**
 * What a node immediately dominates, the largest first.
 *
 * @param retainedSizes bytes per node
 * @example
 * dominatedBy(analysis.dominatorChildren, analysis.retainedSizes, 0)[0]; // what keeps most of the heap
 */
export function dominatedBy(
  { first, nodes }: DominatorChildren,
  retainedSizes: Sizes,
  node: number,
): Uint32Array {
  return sortedNodes(nodes.subarray(first[node], first[node + 1]), retainedSizes, 'descending');
}
