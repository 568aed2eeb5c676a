// Objects that a detector takes for one: grouped by what it says of them, with the bytes that would be freed with each group.
import type { HeapAnalysis } from '../analysis.ts';
import { groupRetainedSizes, noGroup } from '../group-retained-sizes.ts';

export interface AlikeGroup {
  key: string;
  /** In the order of the nodes. */
  members: number[];
  /** Bytes that would be freed with all of them. */
  bytes: number;
}

/**
 * Groups of at least `least` nodes, those with most bytes first. Cost: a look at each node, and one walk down the dominator tree.
 *
 * @param keyOf what a node is grouped by; null for nodes of no group
 */
export function groupAlike(
  analysis: HeapAnalysis,
  least: number,
  keyOf: (node: number) => string | null,
): AlikeGroup[] {
  const byKey = new Map<string, number[]>();
  for (let node = 0; node < analysis.graph.nodeCount; node++) {
    const key = keyOf(node);
    if (key === null) continue;
    const members = byKey.get(key);
    if (members) members.push(node);
    else byKey.set(key, [node]);
  }
  const found = [...byKey].filter(([, members]) => members.length >= least);
  if (found.length === 0) return [];
  const groups = new Uint32Array(analysis.graph.nodeCount).fill(noGroup);
  for (const [group, [, members]] of found.entries()) for (const node of members) groups[node] = group;
  const sizes = groupRetainedSizes(groups, found.length, analysis);
  return found
    .map(([key, members], group) => ({ key, members, bytes: sizes[group] }))
    .sort((a, b) => b.bytes - a.bytes);
}
