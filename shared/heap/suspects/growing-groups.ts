// Groups of objects that become more from snapshot to snapshot, and those whose objects become larger. What hangs from a
// growing group grows because of it: the group at the top is the leak, the others are its consequences.
import type { HeapAnalysis } from '../analysis.ts';
import { IdIndex } from '../id-index.ts';
import { NodeType } from '../node-types.ts';
import { isString, RootKind } from '../roots.ts';
import { foldGrowth, stepsOf } from './fold-growth.ts';
import type { GrowingGroup } from './growing-group.ts';
import { PathGroups } from './path-groups.ts';
import { reachTree, strongRoots } from './reach-tree.ts';

/** A group that is new by fewer objects in all is chance. */
const minAdded = 10;
/** One that grew by less than this share of its largest step in the last one has come to an end. */
const minLastStep = 0.1;
/** Bytes and share of the heap by which objects have to grow in place. */
const minGrown = 16_384;
const minGrownShare = 0.002;
/** An object of a leak has at most so many parts of one class; what has more is a collection of its own. */
const maxParts = 50;

export interface Growth {
  last: PathGroups;
  /** Only groups that are no consequences of others. */
  growing: GrowingGroup[];
}

/**
 * Compares snapshots, the oldest first.
 *
 * @param isSameProcess whether ids mean the same in all of them
 */
export function findGrowth(snapshots: readonly HeapAnalysis[], isSameProcess: boolean): Growth {
  const now = snapshots.at(-1)!;
  const last = new PathGroups(now, reachTree(now));
  // What is a table now was one when it had few entries.
  const before = snapshots.slice(0, -1).map((one) => new PathGroups(one, reachTree(one), last));
  const all = [...before, last];
  const counts = series(all, ({ counts: of }, group) => of[group]);
  const sizes = series(all, ({ sizes: of }, group) => of[group]);
  const isGrowing = new Uint8Array(last.length);
  for (let group = 0; group < last.length; group++)
    if (!isShadow(now, last.examples[group]) && !isCachedByV8(last, group) && becomesMore(counts(group)))
      isGrowing[group] = 1;
  const ages = isSameProcess ? agesOf(snapshots) : null;
  const owned = countOwned(last, ages, isGrowing);
  const roots = new Int32Array(last.length).fill(-1);
  for (let group = 0; group < last.length; group++) {
    const above = last.parents[group];
    const root = above < 0 ? -1 : roots[above];
    if (isGrowing[group]) roots[group] = root >= 0 && isConsequence(group, root) ? root : group;
    else roots[group] = root;
  }
  const largest = Math.max(minGrown, minGrownShare * last.sizes.reduce((sum, size) => sum + size, 0));
  // A table becomes larger because of its entries.
  const isExplained = new Uint8Array(last.length);
  for (let group = 0; group < last.length; group++) {
    if (isShadow(now, last.examples[group]) || isWeak(now, last.examples[group])) isExplained[group] = 1;
    if (isGrowing[group] && last.parents[group] >= 0) isExplained[last.parents[group]] = 1;
  }
  for (let group = 0; group < last.length; group++)
    if (roots[group] < 0 && !isExplained[group] && becomesLarger(counts(group), sizes(group), largest))
      roots[group] = group;
  return { last, growing: collect() };

  /** Texts that only V8 itself holds: its caches of numbers and parts of texts as strings, whose sizes are fixed. */
  function isCachedByV8({ examples, tree }: PathGroups, group: number): boolean {
    const owner = tree.owners[examples[group]];
    if (owner < 0 || !isString(now.graph.nodeTypes[examples[group]])) return false;
    return now.objects.isSynthetic(owner) && now.graph.nodeName(owner) === strongRoots;
  }

  /** Whether a group grows because that above it does: its new objects belong to new ones. */
  function isConsequence(group: number, root: number): boolean {
    const added = (of: number) => counts(of).at(-1)! - counts(of)[0];
    if (isSameStructure(last.examples[group], last.examples[root])) return true;
    if (added(group) > maxParts * added(root)) return false;
    if (ages !== null) return owned.byNew[group] >= owned.added[group] / 2;
    // Without ids: what hangs from one object alone does not come with each of the others.
    return owned.holders[group] > 1 && owned.added[group] <= maxParts * owned.holders[group];
  }

  function collect(): GrowingGroup[] {
    const found = new Map<number, GrowingGroup>();
    for (let group = 0; group < last.length; group++) {
      if (roots[group] !== group) continue;
      found.set(group, {
        group,
        members: [group],
        entriesAt: null,
        counts: counts(group),
        bytes: all.map(() => 0),
        grows: isGrowing[group] ? 'count' : 'size',
        example: owned.example[group] < 0 ? last.examples[group] : owned.example[group],
        holders: owned.holders[group],
        survival: owned.survival(group),
        consequences: [],
      });
    }
    all.forEach((groups, i) => addBytes(groups, i, found));
    for (let group = 0; group < last.length; group++) {
      if (!isGrowing[group] || roots[group] === group) continue;
      const root = found.get(roots[group])!;
      if (!isSameStructure(last.examples[group], last.examples[root.group]))
        root.consequences.push({ group, counts: counts(group) });
      else root.counts = root.counts.map((count, i) => count + counts(group)[i]);
    }
    for (const { consequences } of found.values())
      consequences.sort((a, b) => last.sizes[b.group] - last.sizes[a.group]);
    return foldGrowth({ now, last, roots, isGrowing, isAlike, isSameStructure }, [...found.values()]).sort(
      (a, b) => b.bytes.at(-1)! - a.bytes.at(-1)!,
    );
  }

  /** Nodes of a class of the program's below nodes of it: a tree grows at all of its branches. */
  function isSameStructure(a: number, b: number): boolean {
    return isAlike(a, b) && now.classes.list[now.classes.ofNode[a]].location !== null;
  }

  function isAlike(a: number, b: number): boolean {
    return now.classes.ofNode[a] === now.classes.ofNode[b];
  }

  /** Adds what hangs from the growing groups in one of the snapshots. */
  function addBytes(groups: PathGroups, i: number, found: Map<number, GrowingGroup>): void {
    const rootOf = new Int32Array(groups.length).fill(-1);
    for (let group = 0; group < groups.length; group++) {
      const known = groups === last ? group : last.like(groups, group);
      const own = known >= 0 ? roots[known] : -1;
      const above = groups.parents[group];
      rootOf[group] = own >= 0 ? own : above >= 0 ? rootOf[above] : -1;
      if (rootOf[group] >= 0) found.get(rootOf[group])!.bytes[i] += groups.sizes[group];
    }
  }
}

/** Per group of the last snapshot, a figure in each of all snapshots. */
function series(
  all: readonly PathGroups[],
  figure: (groups: PathGroups, group: number) => number,
): (group: number) => number[] {
  const last = all.at(-1)!;
  return (group) =>
    all.map((groups) => {
      const known = groups === last ? group : groups.like(last, group);
      return known < 0 ? 0 : figure(groups, known);
    });
}

/** Whether there were more objects at each of the later moments, at least; what comes once has come for good reason. */
function becomesMore(counts: readonly number[]): boolean {
  const steps = stepsOf(counts);
  const later = steps.slice(Math.floor(steps.length / 4));
  return later.every((step) => step > 0) && risesBy(minAdded, counts);
}

/** Whether objects that were always there became larger. A table doubles its size, so that it need not in every step. */
function becomesLarger(counts: readonly number[], sizes: readonly number[], least: number): boolean {
  return counts.every((count) => count > 0) && risesBy(least, sizes);
}

/** Whether numbers rise by `least` in all, never fall, and have not come to an end. */
function risesBy(least: number, numbers: readonly number[]): boolean {
  const steps = stepsOf(numbers);
  if (numbers.at(-1)! - numbers[0] < least || steps.some((step) => step < 0)) return false;
  return steps.at(-1)! > minLastStep * Math.max(...steps);
}

/** Roots, which hang from no object and are counted elsewhere, and what Node shows of its own side of an object. */
function isShadow({ graph, objects }: HeapAnalysis, node: number): boolean {
  if (objects.roots.kinds[node] !== RootKind.none) return true;
  const type = graph.nodeTypes[node];
  return (
    (type === NodeType.native || type === NodeType.synthetic) && graph.nodeName(node).startsWith('Node / ')
  );
}

/** A WeakMap or WeakSet becomes larger because its keys live, which something else keeps. */
function isWeak({ graph }: HeapAnalysis, node: number): boolean {
  const isObject = graph.nodeTypes[node] === NodeType.object;
  return isObject && (graph.nodeName(node) === 'WeakMap' || graph.nodeName(node) === 'WeakSet');
}

/** Per node of the last snapshot, the first snapshot that it is in. */
function agesOf(snapshots: readonly HeapAnalysis[]): Uint8Array {
  const { graph } = snapshots.at(-1)!;
  const ages = new Uint8Array(graph.nodeCount).fill(snapshots.length - 1);
  for (let i = snapshots.length - 2; i >= 0; i--) {
    const ids = new IdIndex(snapshots[i].graph);
    for (let node = 0; node < graph.nodeCount; node++)
      if (ages[node] === i + 1 && ids.find(graph.nodeIds[node]) >= 0) ages[node] = i;
  }
  return ages;
}

/** What the objects of each growing group hang from. */
function countOwned(
  last: PathGroups,
  ages: Uint8Array | null,
  isGrowing: Uint8Array,
): {
  added: Uint32Array;
  byNew: Uint32Array;
  holders: Uint32Array;
  example: Int32Array;
  survival: (group: number) => number;
} {
  const added = new Uint32Array(last.length);
  const byNew = new Uint32Array(last.length);
  const holders = new Uint32Array(last.length);
  const settled = new Uint32Array(last.length);
  const example = new Int32Array(last.length).fill(-1);
  const newest = ages ? ages.reduce((most, age) => Math.max(most, age), 0) : 0;
  // A holder counts once for each group: its entries come one after another.
  const lastHolder = new Int32Array(last.length).fill(-1);
  const { order } = last.tree;
  for (let place = 0; place < order.length; place++) {
    const node = order[place];
    const group = last.ofNode[node];
    if (group < 0 || last.isStore[node]) continue;
    const owner = last.tree.owners[node];
    const isTop = owner < 0 || !last.isWithin(last.ofNode[owner], group);
    if (!isGrowing[group]) {
      if (isTop) example[group] = node;
      continue;
    }
    const isNew = ages === null || ages[node] > 0;
    if (isNew) added[group]++;
    if (isNew && ages !== null && ages[node] < newest) settled[group]++;
    if (isTop && owner >= 0) {
      if (isNew && ages !== null && ages[owner] > 0) byNew[group]++;
      if (lastHolder[group] !== owner) holders[group]++;
      lastHolder[group] = owner;
      if (isNew || example[group] < 0) example[group] = node;
    } else if (owner >= 0) byNew[group]++;
    else if (isNew || example[group] < 0) example[group] = node;
  }
  return {
    added,
    byNew,
    holders,
    example,
    survival: (group) => (newest < 2 ? 1 : settled[group] / Math.max(1, added[group])),
  };
}
