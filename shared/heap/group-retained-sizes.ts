// The bytes that would be freed with groups of nodes, such as the objects of a class: a node inside another one of its
// group counts once. Source: DevTools, HeapSnapshot.ts (calculateClassesRetainedSize).
import type { DominatorTree } from './dominators.ts';
import type { Sizes } from './sizes.ts';

/** The group of a node that is in none. */
export const noGroup = 0xffffffff;

export interface RetainedSizesInput {
  retainedSizes: Sizes;
  dominatorTree: DominatorTree;
}

/**
 * Per group, the retained bytes of its nodes. Cost: one walk down the dominator tree.
 *
 * @param groups per node, its group, or `noGroup`
 */
export function groupRetainedSizes(
  groups: Uint32Array,
  groupCount: number,
  { retainedSizes, dominatorTree: { order, ends } }: RetainedSizesInput,
): Float64Array {
  const sizes = new Float64Array(groupCount);
  /** Per group, where what its last counted node dominates ends. */
  const counted = new Uint32Array(groupCount);
  for (let position = 0; position < order.length; position++) {
    const node = order[position];
    const group = groups[node];
    if (group === noGroup || position < counted[group]) continue;
    counted[group] = ends[position];
    sizes[group] += retainedSizes[node];
  }
  return sizes;
}

/**
 * Per list, the retained bytes of its nodes. A node may be in several lists; those that share none are counted in one walk.
 */
export function retainedSizesOfLists(lists: readonly number[][], input: RetainedSizesInput): number[] {
  const sizes = new Array<number>(lists.length).fill(0);
  let waiting = [...lists.keys()];
  while (waiting.length > 0) {
    const groups = new Uint32Array(input.retainedSizes.length).fill(noGroup);
    const taken = waiting.filter((list) => {
      if (lists[list].some((node) => groups[node] !== noGroup)) return false;
      for (const node of lists[list]) groups[node] = list;
      return true;
    });
    const bytes = groupRetainedSizes(groups, lists.length, input);
    for (const list of taken) sizes[list] = bytes[list];
    waiting = waiting.filter((list) => !taken.includes(list));
  }
  return sizes;
}
