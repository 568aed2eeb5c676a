// The parts of one linked list. A list of which entries are reached from elsewhere as well (from a map, from timers that are kept)
// is in several groups: of each entry the shortest way counts, so that only a part of them is reached from the list's head.
import type { HeapAnalysis } from '../analysis.ts';
import { EdgeType } from '../node-types.ts';
import { addMembers } from './add-members.ts';
import type { GrowingGroup } from './growing-group.ts';
import type { PathGroups } from './path-groups.ts';

/** Puts together groups where the list of one goes on in another: the entry after the last one, by the same property, is in it. */
export function mergeContinuedLists(
  now: HeapAnalysis,
  last: PathGroups,
  found: readonly GrowingGroup[],
): GrowingGroup[] {
  const numbers = new Int32Array(last.length).fill(-1);
  found.forEach(({ members, grows }, i) => {
    if (grows === 'count') for (const group of members) numbers[group] = i;
  });
  /** Per finding, another one of the same list, or itself. */
  const lists = found.map((_, i) => i);
  const listOf = (i: number): number => {
    let list = i;
    while (lists[list] !== list) list = lists[list];
    return list;
  };
  for (const [from, to] of continuations(now, last, numbers)) {
    const [a, b] = [listOf(from), listOf(to)];
    if (a === b) continue;
    const [first, other] = isHead(found[a], found[b]) ? [a, b] : [b, a];
    lists[other] = first;
  }
  found.forEach((one, i) => {
    if (lists[i] !== i) addMembers(found[listOf(i)], one);
  });
  return found.filter((_, i) => lists[i] === i);
}

/** Where the oldest entries are, there a reader finds what keeps the list. */
const isHead = (one: GrowingGroup, other: GrowingGroup): boolean =>
  one.survival !== other.survival ? one.survival > other.survival : one.bytes.at(-1)! >= other.bytes.at(-1)!;

/** Findings of which the list of the first goes on in the second. */
function continuations(
  { graph, classes }: HeapAnalysis,
  last: PathGroups,
  numbers: Int32Array,
): [number, number][] {
  const { firstEdges, edgeTargets } = graph;
  const { order, edges, owners } = last.tree;
  const numberOf = (node: number): number => {
    const group = last.ofNode[node];
    return group < 0 || last.isStore[node] ? -1 : numbers[group];
  };
  const known = new Map<string, [number, number]>();
  for (let place = 0; place < order.length; place++) {
    const node = order[place];
    const from = numberOf(node);
    // What comes after an entry by the property by which this came after another one.
    if (from < 0 || owners[node] < 0 || numberOf(owners[node]) !== from) continue;
    if (graph.edgeType(edges[node]) !== EdgeType.property) continue;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      if (
        graph.edgeType(edge) !== EdgeType.property ||
        graph.edgeNumber(edge) !== graph.edgeNumber(edges[node])
      )
        continue;
      const target = edgeTargets[edge];
      const to = numberOf(target);
      if (to < 0 || to === from || classes.ofNode[target] !== classes.ofNode[node]) continue;
      known.set(`${from} ${to}`, [from, to]);
    }
  }
  return [...known.values()];
}
