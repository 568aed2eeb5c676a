// What every run of an action left behind in a page: groups of objects that became more with the runs, wherever they hang,
// and collections that became larger. What hangs from a leaking object leaks because of it: only the top is a leak.
import type { HeapAnalysis } from '../analysis.ts';
import { DomState } from '../detached-dom.ts';
import { EdgeType, NodeType } from '../node-types.ts';
import { isString } from '../roots.ts';
import { PathGroups } from '../suspects/path-groups.ts';
import { reachTree, type ReachTree } from '../suspects/reach-tree.ts';
import { beforeAll, birthWindows, includes } from './births.ts';
import { countable } from './countable.ts';
import { growthVerdict, type GrowthKind } from './growth-verdict.ts';
import { ownedSizes, pageMoment, placeOf, type OwnedSizes, type PageMoment } from './page-moment.ts';
import { pageTools } from './page-tools.ts';

export interface PageLeak {
  kind: Exclude<GrowthKind, 'bounded'>;
  /** `objects`: more of them. `entries`, `bytes`: one object that has more references, or becomes larger. */
  of: 'objects' | 'entries' | 'bytes';
  /** The newest of them, or the object that grows. */
  node: number;
  /** All that are left, the oldest first; the one that grows. */
  nodes: number[];
  /** Per window: how many are left of those that were made in it; entries or bytes that came in it. */
  left: number[];
  perRun: number;
  /** Bytes of all that came with the runs and hangs from them. */
  bytes: number;
  /** How many entries there were at first, and are now: of the collection that holds them. */
  entries: { before: number; now: number } | null;
  /** The collection that holds the objects, or -1. */
  holder: number;
  /** DOM nodes among what hangs from them. */
  domNodes: number;
  /** What leaks because of it, by an example of each. */
  consequences: { node: number; count: number }[];
}

export interface PageHeap {
  analysis: HeapAnalysis;
  tree: ReachTree;
  sizes: OwnedSizes;
}

/**
 * Looks at one heap.
 *
 * @param isolated see `pageTools`
 * @param first the moment before all runs: windows that have come since are no roots, for they may be what leaks
 */
export function lookAtPage(
  analysis: HeapAnalysis,
  isolated: ReadonlySet<number>,
  first: PageMoment | null = null,
): PageHeap {
  const { nodeIds } = analysis.graph;
  const isRoot = (node: number) => first === null || includes(first.ids, nodeIds[node]);
  const tree = reachTree(analysis, { ...pageTools(analysis, isolated), isRoot, entersByKey: true });
  return { analysis, tree, sizes: ownedSizes(analysis, tree) };
}

export const momentOf = ({ analysis, sizes }: PageHeap): PageMoment => pageMoment(analysis, sizes);

const maxConsequences = 6;
/** Bytes by which an object becomes larger: by less in all, or with each run, is left out. */
const leastGrown = 1024;
const leastGrownPerRun = 128;

/**
 * Finds what leaked.
 *
 * @param heap after all runs
 * @param earlier before each window of runs, the oldest first
 * @param runs per window, how often the action ran
 * @returns leaks first, those with most bytes first; then what only may be one
 */
export function findPageLeaks(
  heap: PageHeap,
  earlier: readonly PageMoment[],
  runs: readonly number[],
): PageLeak[] {
  const { analysis, tree } = heap;
  const { graph } = analysis;
  const births = birthWindows(
    graph,
    earlier.map(({ ids }) => ids),
  );
  const counts = countable(analysis);
  const groups = new PathGroups(analysis, tree);
  const { groupOf, verdicts } = growingGroups();
  const roots = rootGroups();
  const leaks = withoutKeys([...roots.keys()].map(describe));
  const held = new Set(leaks.map(({ holder }) => holder));
  return [...leaks, ...growingOwners().filter(({ node }) => !held.has(node))].sort(
    (a, b) => Number(b.kind === 'leak') - Number(a.kind === 'leak') || b.bytes - a.bytes,
  );

  /** The keys of a collection come with its values: only these are a leak. */
  function withoutKeys(all: PageLeak[]): PageLeak[] {
    const isText = ({ node }: PageLeak) => isString(graph.nodeTypes[node]);
    const isKey = (leak: PageLeak) =>
      isText(leak) && leak.holder >= 0 && all.some((other) => other.holder === leak.holder && !isText(other));
    return all.filter((leak) => !isKey(leak));
  }

  /** Groups in step with the runs: by their path, or where paths differ from run to run, by `otherGroup`. */
  function growingGroups() {
    const windows = runs.length;
    const byPath = new Uint32Array(groups.length * windows);
    for (const node of tree.order)
      if (isNew(node) && groups.ofNode[node] >= 0) byPath[groups.ofNode[node] * windows + births[node]]++;
    const verdicts = new Map<number, { kind: GrowthKind; left: number[]; perRun: number }>();
    const judge = (key: number, left: number[]) => {
      const verdict = growthVerdict(left, runs);
      if (verdict.kind !== 'bounded') verdicts.set(key, { ...verdict, left });
    };
    for (let group = 0; group < groups.length; group++)
      judge(group, [...byPath.subarray(group * windows, (group + 1) * windows)]);
    const groupOf = new Int32Array(graph.nodeCount).fill(-1);
    const byOther = new Map<number, number[]>();
    for (const node of tree.order) {
      if (!isNew(node)) continue;
      const group = groups.ofNode[node];
      const other = otherGroup(node);
      if (verdicts.get(group)?.kind === 'leak') groupOf[node] = group;
      else if (other >= 0) {
        const left = byOther.get(other) ?? runs.map(() => 0);
        left[births[node]]++;
        byOther.set(other, left);
      } else if (verdicts.has(group)) groupOf[node] = group;
    }
    for (const [other, left] of byOther) judge(other, left);
    for (const node of tree.order) {
      if (!isNew(node) || groupOf[node] >= 0) continue;
      const other = otherGroup(node);
      if (verdicts.has(other)) groupOf[node] = other;
      else if (verdicts.has(groups.ofNode[node])) groupOf[node] = groups.ofNode[node];
    }
    return { groupOf, verdicts };
  }

  function isNew(node: number): boolean {
    return counts[node] === 1 && births[node] !== beforeAll && groups.isStore[node] === 0;
  }

  /**
   * Objects that are alike though their paths differ: those of one class, where that says what they are, or the properties of an
   * object whose names are keys. Such an object may be a copy that each run makes, so that it is never seen to grow. -1 for others.
   */
  function otherGroup(node: number): number {
    const { classes } = analysis;
    const index = classes.ofNode[node];
    if (isOfNamedClass(node)) return groups.length + index;
    const owner = tree.owners[node];
    const isProperty =
      owner >= 0 &&
      graph.nodeName(owner) === 'Object' &&
      graph.nodeTypes[owner] === NodeType.object &&
      graph.edgeType(tree.edges[node]) === EdgeType.property;
    return isProperty ? groups.length + classes.list.length * (groups.ofNode[owner] + 1) + index : -1;
  }

  /** Whether the class alone says what an object is. */
  function isOfNamedClass(node: number): boolean {
    const type = graph.nodeTypes[node];
    if (type === NodeType.native) return true;
    return (
      type === NodeType.object &&
      !/^(?:Object|Array|Promise|Map|Set|Function|system \/.*)$/.test(graph.nodeName(node))
    );
  }

  /** Per group that hangs from no other growing one: its objects, and all that came with them. */
  function rootGroups() {
    const rootOf = new Int32Array(graph.nodeCount).fill(-1);
    const found = new Map<number, { nodes: number[]; ways: Map<number, number> }>();
    for (const node of tree.order) {
      const above = tree.owners[node] >= 0 ? rootOf[tree.owners[node]] : -1;
      rootOf[node] = above >= 0 ? above : groupOf[node];
      const group = groupOf[node];
      if (group < 0) continue;
      const known = found.get(group) ?? { nodes: [], ways: new Map<number, number>() };
      found.set(group, known);
      known.nodes.push(node);
      known.ways.set(rootOf[node], (known.ways.get(rootOf[node]) ?? 0) + 1);
    }
    /** The group because of which another one grows. */
    const above = (group: number): number => {
      const { nodes, ways } = found.get(group)!;
      const [root, count] = [...ways].reduce((most, way) => (way[1] > most[1] ? way : most));
      return root !== group && count * 2 >= nodes.length ? root : group;
    };
    const top = (group: number): number => {
      const passed = new Set<number>();
      let at = group;
      for (; !passed.has(at); at = above(at)) passed.add(at);
      return at;
    };
    const tops = new Map([...found.keys()].map((group) => [group, top(group)]));
    const roots = new Map<
      number,
      { nodes: number[]; bytes: number; domNodes: number; others: Map<number, number[]> }
    >();
    for (const [group, { nodes }] of found) {
      const root = tops.get(group)!;
      const known = roots.get(root) ?? {
        nodes: [],
        bytes: 0,
        domNodes: 0,
        others: new Map<number, number[]>(),
      };
      roots.set(root, known);
      if (group === root) known.nodes = nodes;
      else known.others.set(group, nodes);
    }
    for (const node of tree.order) {
      const root = rootOf[node] < 0 ? undefined : roots.get(tops.get(rootOf[node])!);
      if (root === undefined || births[node] === beforeAll) continue;
      root.bytes += analysis.graph.selfSizes[node];
      if (graph.nodeTypes[node] === NodeType.native && isDomNode(node)) root.domNodes++;
    }
    return roots;
  }

  function isDomNode(node: number): boolean {
    const name = graph.nodeName(node);
    return name.startsWith('<') || name === 'Text' || name === 'Comment' || name === 'DocumentFragment';
  }

  function describe(group: number): PageLeak {
    const { nodes, bytes, domNodes, others } = roots.get(group)!;
    const { kind, left, perRun } = verdicts.get(group)!;
    nodes.sort((a, b) => births[a] - births[b] || graph.nodeIds[a] - graph.nodeIds[b]);
    const node = exampleOf(nodes);
    const owner = tree.owners[node];
    const isOld = owner >= 0 && births[owner] === beforeAll;
    const growth = isOld ? growthOf(owner, heap.sizes.references, ({ references }) => references) : null;
    const isHolder =
      growth !== null && growth.every((count) => count > 0) && graph.nodeTypes[owner] !== NodeType.native;
    return {
      ...{ kind: kind as PageLeak['kind'], of: 'objects', node, nodes, left, perRun, bytes, domNodes },
      holder: isHolder ? owner : -1,
      entries: isHolder ? entriesOf(owner, growth) : null,
      consequences: [...others]
        .sort((a, b) => weight(b[1][0]) - weight(a[1][0]))
        .slice(0, maxConsequences)
        .map(([, list]) => ({ node: list.at(-1)!, count: list.length })),
    };
  }

  function entriesOf(owner: number, growth: readonly number[]): { before: number; now: number } {
    const now = heap.sizes.references[owner];
    return { before: now - growth.reduce((sum, count) => sum + count, 0), now };
  }

  /** Of a newest object that nothing else of its group leads to: the one whose path says most. */
  function exampleOf(nodes: readonly number[]): number {
    return (
      nodes.findLast((node) => {
        const owner = tree.owners[node];
        return owner < 0 || groupOf[owner] < 0;
      }) ?? nodes.at(-1)!
    );
  }

  /** What a reader looks for first: named objects and DOM nodes, then functions. */
  function weight(node: number): number {
    const type = graph.nodeTypes[node];
    if (graph.detachedness[node] === DomState.detached) return 4;
    if (type === NodeType.native) return graph.nodeName(node).startsWith('<') ? 3 : 1;
    if (type === NodeType.object && isOfNamedClass(node) && graph.scopes[node] === 0) return 3;
    return type === NodeType.closure ? 2 : 0;
  }

  /** By how much an object that was always there grew in each window, or null when it was not. */
  function growthOf(
    node: number,
    nowOf: ArrayLike<number>,
    figures: (moment: PageMoment) => ArrayLike<number>,
  ): number[] | null {
    const values: number[] = [];
    for (const moment of earlier) {
      const place = placeOf(moment, graph.nodeIds[node]);
      values.push(place < 0 ? 0 : figures(moment)[place]);
    }
    values.push(nowOf[node]);
    return values.slice(1).map((value, i) => value - values[i]);
  }

  /** Objects that were always there and have more with every run: of numbers and texts, nothing else grows. */
  function growingOwners(): PageLeak[] {
    const { references, bytes } = heap.sizes;
    const found: PageLeak[] = [];
    for (const node of tree.order) {
      if (births[node] !== beforeAll || !analysis.objects.isVisible(node) || groups.isStore[node] === 1)
        continue;
      if (isString(graph.nodeTypes[node]) || groups.ofNode[node] < 0) continue;
      // Blink's bookkeeping, such as of the loads of a document, grows without the page.
      if (graph.nodeTypes[node] === NodeType.native && counts[node] === 0) continue;
      // What keeps the values of a WeakMap are its keys.
      if (/^Weak(?:Map|Set)$/.test(graph.nodeName(node))) continue;
      const entries = growthOf(node, references, (moment) => moment.references)!;
      const verdict = growthVerdict(
        entries.map((count) => Math.max(0, count)),
        runs,
      );
      const one = { node, nodes: [node], holder: node, domNodes: 0, consequences: [] };
      const grown = growthOf(node, bytes, (moment) => moment.bytes)!;
      const total = grown.reduce((sum, size) => sum + size, 0);
      if (verdict.kind === 'leak' && graph.nodeTypes[node] !== NodeType.native) {
        const size = Math.max(total, 0);
        found.push({
          ...{ ...one, ...verdict, kind: 'leak', of: 'entries', left: entries, bytes: size },
          entries: entriesOf(node, entries),
        });
        continue;
      }
      const perRun = total / runs.reduce((sum, count) => sum + count, 0);
      if (total >= leastGrown && perRun >= leastGrownPerRun && isSteadyGrowth(grown)) {
        found.push({ ...one, kind: 'leak', of: 'bytes', left: grown, perRun, bytes: total, entries: null });
      }
    }
    return found;
  }

  /** Tables grow by leaps, so that one window may miss one; none shrinks. */
  function isSteadyGrowth(grown: readonly number[]): boolean {
    if (grown.some((size) => size < 0) || grown.at(-1) === 0) return false;
    return grown.filter((size) => size > 0).length >= Math.min(grown.length, Math.max(2, grown.length - 1));
  }
}
