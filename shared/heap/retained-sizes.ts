// The bytes that would be freed with each node: its own and those of everything it dominates.
import type { DominatorTree } from './dominators.ts';
import { summableSizes, type Sizes } from './sizes.ts';

/** Per node, its retained size in bytes; the root's is the whole heap. */
export function retainedSizes({ dominators, order }: DominatorTree, shallow: Sizes): Sizes {
  const sizes = summableSizes(shallow);
  // Backwards, a node is complete before it is added to its dominator.
  for (let i = order.length - 1; i > 0; i--) sizes[dominators[order[i]]] += sizes[order[i]];
  return sizes;
}
