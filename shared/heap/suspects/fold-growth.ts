// One leak is one finding: groups that grow together are put together, and what grows because of another group becomes its
// consequence.
import type { HeapAnalysis } from '../analysis.ts';
import { EdgeType, NodeType } from '../node-types.ts';
import { RootKind } from '../roots.ts';
import { addConsequence, addMembers } from './add-members.ts';
import { mergeContinuedLists } from './continued-lists.ts';
import type { GrowingGroup } from './growing-group.ts';
import type { PathGroups } from './path-groups.ts';

/** So many properties of one object that grow alike are entries of it. */
const minLikeHolders = 3;
const plainObject = 'Object';
/** So many steps above what holds the objects, the names may differ. */
const maxLevels = 3;

/** What the groups are of: the last snapshot. */
interface Heap {
  now: HeapAnalysis;
  last: PathGroups;
  /** Per group, the growing group that it hangs from, or -1. */
  roots: Int32Array;
  /** Per group, 1 where it grows itself: what only hangs from such a group may be held by others as well. */
  isGrowing: Uint8Array;
  /** Whether nodes are of one class. */
  isAlike: (a: number, b: number) => boolean;
  /** Whether they are of one class of the program's. */
  isSameStructure: (a: number, b: number) => boolean;
}

/** One group for each leak. */
export function foldGrowth(heap: Heap, found: readonly GrowingGroup[]): GrowingGroup[] {
  const lists = mergeContinuedLists(heap.now, heap.last, mergeSiblings(heap, found));
  return foldDominated(heap, mergeLikeHolders(heap, foldListeners(heap, lists)));
}

/** Keys and values of one collection, both ends of a list: what hangs from one group in the same way is one leak. */
function mergeSiblings(
  { last, isAlike, isSameStructure }: Heap,
  found: readonly GrowingGroup[],
): GrowingGroup[] {
  const first = new Map<string, GrowingGroup>();
  /** What a group hangs from; of a part of a tree, what the tree hangs from. */
  const holderOf = (group: number): string => {
    let parent = last.parents[group];
    const isPart = parent >= 0 && isSameStructure(last.examples[parent], last.examples[group]);
    while (parent >= 0 && isSameStructure(last.examples[parent], last.examples[group]))
      parent = last.parents[parent];
    return isPart ? `${parent} tree` : String(parent);
  };
  const merged: GrowingGroup[] = [];
  for (const one of [...found].sort((a, b) => b.bytes.at(-1)! - a.bytes.at(-1)!)) {
    const parent = holderOf(one.group);
    const known = last.parents[one.group] < 0 || one.grows === 'size' ? undefined : first.get(parent);
    if (known === undefined) {
      if (one.grows === 'count') first.set(parent, one);
      merged.push(one);
      continue;
    }
    if (isAlike(last.examples[known.group], last.examples[one.group])) addMembers(known, one);
    else addConsequence(known, one);
  }
  return merged;
}

/** Listeners that are added to one emitter in step, for different events, are added by one call: `pipe` adds four. */
function foldListeners({ now, last }: Heap, found: readonly GrowingGroup[]): GrowingGroup[] {
  const events = now.graph.strings.indexOf('_events');
  const first = new Map<string, GrowingGroup>();
  return found.filter((one) => {
    const list = last.parents[one.group];
    const table = list < 0 ? -1 : last.parents[list];
    if (table < 0 || one.grows === 'size') return true;
    const entry = last.tree.edges[last.examples[table]];
    if (now.graph.edgeType(entry) !== EdgeType.property || now.graph.edgeNumber(entry) !== events)
      return true;
    const key = `${table} ${stepsOf(one.counts).join()}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, one);
    else addConsequence(known, one);
    return known === undefined;
  });
}

/**
 * Like collections that hang from the properties of one plain object, and grow alike, are one leak: `byTenant.a`, `byTenant.b`,
 * or `byTenant.a.sessions`, `byTenant.b.sessions`. (In a Map, an array or an object with many properties, they are one group
 * from the start.)
 */
function mergeLikeHolders(heap: Heap, found: readonly GrowingGroup[]): GrowingGroup[] {
  let merged = [...found];
  for (let level = 0; level < maxLevels; level++) {
    const alike = new Map<string, GrowingGroup[]>();
    for (const one of merged) {
      const key = keyOfLikeHolders(heap, one, level) ?? `${one.group} alone`;
      alike.set(key, [...(alike.get(key) ?? []), one]);
    }
    merged = [...alike.values()].flatMap((list) =>
      list.length < minLikeHolders ? list : mergedAt(list, level),
    );
  }
  return merged;
}

/** What groups have in common whose ways differ in one name, `level` steps above what holds them; null where there is none. */
function keyOfLikeHolders({ now, last }: Heap, one: GrowingGroup, level: number): string | null {
  const { classes, objects } = now;
  if (one.grows === 'size' || one.entriesAt !== null) return null;
  const classOf = (group: number): number => classes.ofNode[last.examples[group]];
  const parts = [classOf(one.group)];
  let holder = one.group;
  for (let step = 0; step <= level; step++) {
    parts.push(last.labelOf(holder));
    holder = last.parents[holder];
    if (holder < 0) return null;
    parts.push(classOf(holder));
  }
  const above = last.parents[holder];
  const isTable = above >= 0 && classes.list[classOf(above)].name === plainObject;
  if (!isTable || objects.roots.kinds[last.examples[above]] !== RootKind.none) return null;
  return [above, ...parts].join();
}

function mergedAt(list: GrowingGroup[], level: number): GrowingGroup {
  const [one, ...others] = list.sort((a, b) => b.bytes.at(-1)! - a.bytes.at(-1)!);
  for (const other of others) {
    addMembers(one, other);
    one.holders += other.holders;
  }
  return { ...one, entriesAt: level };
}

/**
 * What nothing but another growing group, or what hangs from one, keeps in memory grows because of it, though a shorter way
 * leads to it: the values of a WeakMap, the global object of a context. Found by the dominators.
 */
function foldDominated(
  { now, last, roots, isGrowing }: Heap,
  found: readonly GrowingGroup[],
): GrowingGroup[] {
  const numbers = new Map<number, number>();
  found.forEach(({ consequences }, i) => consequences.forEach(({ group }) => numbers.set(group, i)));
  const tops = new Map(found.flatMap(({ members }, i) => members.map((group) => [group, i])));
  for (const [group, i] of tops) numbers.set(group, i);
  const { dominators, order } = now.dominatorTree;
  // Per node, the finding that keeps it: the first one on the way to it from the root of the dominator tree.
  const keepers = new Int32Array(now.graph.nodeCount).fill(-1);
  const members = new Uint32Array(found.length);
  const kept = found.map(() => new Uint32Array(found.length));
  const { keys, maps } = entriesOfWeakMaps(now);
  for (let place = 0; place < order.length; place++) {
    const node = order[place];
    const keeper = node === 0 ? -1 : keepers[dominators[node]];
    keepers[node] = keeper;
    const group = last.ofNode[node];
    if (group < 0) continue;
    const top = last.isStore[node] ? undefined : tops.get(group);
    if (top !== undefined) members[top]++;
    const other = keeper < 0 && top !== undefined ? findingOfEntry(node) : keeper;
    if (top !== undefined && other >= 0 && other !== top) kept[top][other]++;
    if (keeper < 0 && isGrowing[group]) keepers[node] = numbers.get(roots[group]) ?? -1;
  }
  const target = found.map((_, i) => kept[i].findIndex((count) => count > members[i] / 2));
  return found.filter((one, i) => {
    const into = target[i];
    if (into < 0 || target[into] === i || one.grows === 'size' || found[into].grows === 'size') return true;
    found[into].consequences.push({ group: one.group, counts: one.counts }, ...one.consequences);
    return false;
  });

  /**
   * Of a value of a WeakMap, the finding that its key is in or hangs from, for the entry ends with the key; or else that of the
   * WeakMap, where ever more of these have the same key. Otherwise -1.
   */
  function findingOfEntry(node: number): number {
    const ofKey = findingOf(keys[node]);
    return ofKey >= 0 ? ofKey : findingOf(maps[node]);
  }

  /** The finding that an object is in or hangs from; -1 where there is none. */
  function findingOf(node: number): number {
    const group = node < 0 ? -1 : last.ofNode[node];
    return group < 0 || !isGrowing[group] ? -1 : (numbers.get(roots[group]) ?? -1);
  }
}

/** Per node, the key by which it is the value of a WeakMap, and that WeakMap, the first of several; -1 for other nodes. */
function entriesOfWeakMaps({ graph, ephemerons }: HeapAnalysis): { keys: Int32Array; maps: Int32Array } {
  const { nodeCount, nodeTypes, firstEdges, edgeTargets } = graph;
  const keys = new Int32Array(nodeCount).fill(-1);
  if (ephemerons.count === 0) return { keys, maps: keys };
  const maps = new Int32Array(nodeCount).fill(-1);
  /** Per table, the object that it belongs to. */
  const owners = new Int32Array(nodeCount).fill(-1);
  for (let node = 0; node < nodeCount; node++) {
    const isTable = nodeTypes[node] === NodeType.array;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      if (graph.edgeType(edge) !== EdgeType.internal) continue;
      const target = edgeTargets[edge];
      if (ephemerons.pairs[graph.edgeNumber(edge)] === 0) {
        if (nodeTypes[target] === NodeType.array && owners[target] < 0) owners[target] = node;
        continue;
      }
      const half = isTable ? maps : keys;
      if (half[target] < 0) half[target] = node;
    }
  }
  for (let node = 0; node < nodeCount; node++) if (maps[node] >= 0) maps[node] = owners[maps[node]];
  return { keys, maps };
}

/** By how much each number is larger than the one before it. */
export const stepsOf = (numbers: readonly number[]): number[] =>
  numbers.slice(1).map((number, i) => number - numbers[i]);
