// The bytes that would be freed with groups of nodes, such as the objects of a class: a node inside another one of its
// group counts once. Source: DevTools, HeapSnapshot.ts (calculateClassesRetainedSize).
import type { DominatorChildren } from './dominator-children.ts';
import type { DominatorTree } from './dominators.ts';

/** The group of a node that is in none. */
export const noGroup = 0xffffffff;

export interface RetainedSizesInput {
  retainedSizes: Float64Array;
  dominatorTree: DominatorTree;
  dominatorChildren: DominatorChildren;
}

/**
 * Per group, the retained bytes of its nodes. Cost: one walk down the dominator tree.
 *
 * @param groups per node, its group, or `noGroup`
 */
export function groupRetainedSizes(
  groups: Uint32Array,
  groupCount: number,
  input: RetainedSizesInput,
): Float64Array {
  const { retainedSizes } = input;
  const { first, nodes } = input.dominatorChildren;
  const { dominators } = input.dominatorTree;
  const sizes = new Float64Array(groupCount);
  /** Per group, how many of the nodes on the way down are in it. */
  const open = new Uint32Array(groupCount);
  const cursors = first.slice(0, groups.length);
  const enter = (node: number): void => {
    const group = groups[node];
    if (group !== noGroup && open[group]++ === 0) sizes[group] += retainedSizes[node];
  };
  if (groups.length === 0) return sizes;
  enter(0);
  for (let node = 0; ;) {
    if (cursors[node] < first[node + 1]) {
      node = nodes[cursors[node]++];
      enter(node);
      continue;
    }
    if (groups[node] !== noGroup) open[groups[node]]--;
    if (node === 0) return sizes;
    node = dominators[node];
  }
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
