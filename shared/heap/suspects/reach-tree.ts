// The shortest way to every object, all at once: a breadth-first search from what a reader takes for roots. Each object
// has one place in this tree, so that everything that grew can be attributed to where it hangs, in linear time.
import type { HeapAnalysis } from '../analysis.ts';
import { EdgeType, NodeType } from '../node-types.ts';
import { RootKind } from '../roots.ts';

export interface ReachTree {
  /** Reached nodes in the order of the search, stores among them: a parent comes before its children. */
  order: Uint32Array;
  /** Per node, the visible node that refers to it, by itself or through its stores; -1 for roots and for what is not reached. */
  owners: Int32Array;
  /** Per node, the edge that enters it. */
  edges: Uint32Array;
  /** Per node, the node that this edge leaves: its owner, or a store of its owner; -1 as above. */
  sources: Int32Array;
}

/** V8's list of what it needs itself. */
export const strongRoots = '(Strong roots)';
/** V8's lists of what is only there for the moment: they explain least, and are searched last. */
export const momentary: ReadonlySet<string> = new Set(['(Stack roots)', '(Handle scope)']);
const globalHandles = '(Global handles)';
/** Of V8's lists, one holds nothing: its table of texts is weak. */
const weakTable = '(Internalized strings)';

/** What the search must not follow. */
export interface Barred {
  /** Per node, 1 for nodes that are never entered. */
  nodes: Uint8Array;
  /** Per edge, 1 for edges that are never followed. */
  edges: Uint8Array;
  /** Whether the search begins at a global object, scope or module; one where it does not may be reached. */
  isRoot?: (node: number) => boolean;
  /**
   * The value of a WeakMap is always entered from its key. Otherwise from the key or from the WeakMap, whichever the search
   * comes to later: the value lives as long as both do, so that a WeakMap alone explains nothing.
   */
  entersByKey?: boolean;
}

/** Builds the tree. Cost: one look at every edge. */
export function reachTree(analysis: HeapAnalysis, barred: Barred | null = null): ReachTree {
  const { graph, objects } = analysis;
  const { nodeCount, nodeTypes, firstEdges, edgeTargets } = graph;
  const { pairs, count: pairCount } = analysis.ephemerons;
  const entersByKey = barred?.entersByKey ?? false;
  /** Per pair of a WeakMap, the edge to its value that the search came to first, plus one, and the node that it leaves. */
  const firstHalves = new Uint32Array(entersByKey ? 0 : pairCount + 1);
  const firstSources = new Uint32Array(firstHalves.length);
  const order = new Uint32Array(nodeCount);
  const owners = new Int32Array(nodeCount).fill(-1);
  const sources = new Int32Array(nodeCount).fill(-1);
  const edges = new Uint32Array(nodeCount);
  const reached = barred === null ? new Uint8Array(nodeCount) : barred.nodes.slice();
  let head = 0;
  let tail = 0;
  const start = (root: number): void => {
    if (reached[root]) return;
    reached[root] = 1;
    order[tail++] = root;
  };
  const enter = (target: number, source: number, owner: number, edge: number): void => {
    reached[target] = 1;
    owners[target] = owner;
    sources[target] = source;
    edges[target] = edge;
    order[tail++] = target;
  };
  /** Per global object, its proxy: it is the key of WeakMaps, and in a page Blink's window, with its listeners and timers. */
  const proxies = new Map<number, number>();
  for (const [proxy, global] of objects.roots.globalProxies) proxies.set(global, proxy);
  /** Whether an edge to the value of a WeakMap is the one to enter it by. */
  const completes = (pair: number, source: number, edge: number): boolean => {
    if (entersByKey) return nodeTypes[source] !== NodeType.array;
    if (firstHalves[pair] > 0) return firstHalves[pair] !== edge + 1;
    firstHalves[pair] = edge + 1;
    firstSources[pair] = source;
    return false;
  };
  const follow = (source: number, owner: number, onlyPairs = false): void => {
    for (let edge = firstEdges[source]; edge < firstEdges[source + 1]; edge++) {
      // The proxy of a global object is never reached itself.
      if (reached[edgeTargets[edge]] || barred?.edges[edge] === 1) continue;
      const target = objects.canonical(edgeTargets[edge]);
      if (reached[target]) continue;
      const pair = graph.edgeType(edge) === EdgeType.internal ? pairs[graph.edgeNumber(edge)] : 0;
      const isFollowed =
        pair > 0
          ? objects.isVisible(target) && completes(pair, source, edge)
          : !onlyPairs && objects.follows(source, edge);
      if (isFollowed) enter(target, source, owner, edge);
    }
  };
  const ownerOf = (source: number): number => {
    const object = objects.canonical(source);
    return objects.isVisible(object) ? object : owners[object];
  };
  const search = (): void => {
    for (; head < tail; head++) {
      const source = order[head];
      follow(source, ownerOf(source));
      const proxy = proxies.get(source);
      if (proxy !== undefined) follow(proxy, source, nodeTypes[proxy] !== NodeType.native);
    }
  };
  let heirs = 0;
  // `Object.create(settings)` keeps settings, and an instance its class. Most classes are reached before: this leads to little else.
  const searchParents = (): void => {
    for (; heirs < tail; heirs++) {
      const source = order[heirs];
      for (let edge = firstEdges[source]; edge < firstEdges[source + 1]; edge++) {
        if (!objects.isInheritance(edge) || reached[edgeTargets[edge]] || barred?.edges[edge] === 1) continue;
        const target = objects.parentBy(edge);
        if (target >= 0 && !reached[target]) enter(target, source, ownerOf(source), edge);
      }
      search();
    }
  };
  // Its own lists for each context, which no object has: the promises of `Atomics.waitAsync` are in one.
  const followTablesOfV8 = (): void => {
    const handles = order.subarray(0, tail).find((node) => isList(node, globalHandles));
    if (handles === undefined) return;
    const context = graph.strings.indexOf('system / NativeContext');
    for (let node = 0; context >= 0 && node < nodeCount; node++) {
      if (graph.nodeNames[node] !== context) continue;
      for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
        if (nodeTypes[edgeTargets[edge]] === NodeType.array) follow(edgeTargets[edge], handles);
    }
    search();
  };
  const isList = (node: number, name: string): boolean =>
    nodeTypes[node] === NodeType.synthetic && graph.nodeName(node) === name;
  const nodesOf = (isWanted: (node: number) => boolean): number[] => {
    const nodes: number[] = [];
    for (let node = 0; node < nodeCount; node++) if (isWanted(node)) nodes.push(node);
    return nodes;
  };
  const lists = nodesOf((node) => node > 0 && nodeTypes[node] === NodeType.synthetic);
  for (const list of lists) if (isList(list, weakTable)) reached[list] = 1;
  const { kinds } = objects.roots;
  const roots = nodesOf((node) => kinds[node] !== RootKind.none);
  for (const kind of [RootKind.global, RootKind.scriptScope, RootKind.esModule, RootKind.commonJs])
    for (const root of roots) if (kinds[root] === kind && (barred?.isRoot?.(root) ?? true)) start(root);
  search();
  for (const isMomentary of [false, true]) {
    for (const list of lists) if (momentary.has(graph.nodeName(list)) === isMomentary) start(list);
    search();
  }
  searchParents();
  // Keys that only V8's machinery leads to.
  for (let pair = 1; pair < firstHalves.length; pair++) {
    const edge = firstHalves[pair] - 1;
    const target = edge < 0 ? -1 : objects.canonical(edgeTargets[edge]);
    if (target >= 0 && !reached[target]) enter(target, firstSources[pair], ownerOf(firstSources[pair]), edge);
  }
  search();
  searchParents();
  followTablesOfV8();
  return { order: order.subarray(0, tail), owners, sources, edges };
}

/** A node and those above it, from the root on; each with the edge that enters the next, -1 on the last. */
export function pathTo(tree: ReachTree, node: number): { node: number; edge: number }[] {
  const path = [{ node, edge: -1 }];
  for (let at = node; tree.owners[at] >= 0; at = tree.owners[at])
    path.push({ node: tree.owners[at], edge: tree.edges[at] });
  return path.reverse();
}
