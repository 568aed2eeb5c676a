// What of a heap belongs to the library that asks, and must not be seen: the nodes that would not be there
// without it, because every path from the root to them goes through it.
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';

/**
 * Per node, 1 for `entries` themselves, for everything that only they keep alive, and for what only V8's own work does.
 *
 * @param entries per node, 1 for the nodes through which all paths to the excluded part lead
 * @param asked nodes that the question is about: with all that they refer to, they are the program's, whatever holds them
 */
export function reachableOnlyThrough(
  graph: HeapGraph,
  entries: Uint8Array,
  asked: ArrayLike<number> = [],
): Uint8Array {
  const starts: number[] = [];
  for (let node = 0; node < entries.length; node++) if (entries[node]) starts.push(node);
  const reached = new Uint8Array(graph.nodeCount);
  const isForV8 = edgesOfV8(graph);
  spread(graph, [0, ...Array.from(asked).filter((node) => node >= 0)], (node, source, edge) => {
    if (reached[node] || entries[node]) return false;
    if (edge >= 0 && isForV8(source, edge)) {
      starts.push(node);
      return false;
    }
    reached[node] = 1;
    return true;
  });
  const excluded = new Uint8Array(graph.nodeCount);
  spread(graph, starts, (node) => {
    if (excluded[node] || reached[node]) return false;
    excluded[node] = 1;
    return true;
  });
  return excluded;
}

/**
 * Finds what V8 holds for its own work and not for the program: constants of code that it is compiling in the background
 * (by handles and identity maps), and the patterns of object literals (in allocation sites).
 */
function edgesOfV8(graph: HeapGraph): (source: number, edge: number) => boolean {
  const { strings, nodeNames } = graph;
  const handles = strings.indexOf('(Handle scope)');
  const sites = strings.indexOf('system / AllocationSite');
  const roots = strings.indexOf('(Strong roots)');
  const identityMaps = strings.including('IdentityMapBase');
  return (source, edge) => {
    const name = nodeNames[source];
    return (
      name === handles || name === sites || (name === roots && identityMaps[graph.edgeNumber(edge)] === 1)
    );
  };
}

/** Visits what the starts reach over strong edges; `enter` says whether to go on from a node (`edge` -1 at a start). */
function spread(
  graph: HeapGraph,
  starts: number[],
  enter: (node: number, source: number, edge: number) => boolean,
): void {
  const { firstEdges, edgeTargets } = graph;
  let stack = new Uint32Array(1 << 12);
  let depth = 0;
  const push = (node: number, source: number, edge: number): void => {
    if (!enter(node, source, edge)) return;
    if (depth === stack.length) {
      const larger = new Uint32Array(2 * depth);
      larger.set(stack);
      stack = larger;
    }
    stack[depth++] = node;
  };
  for (const start of starts) {
    push(start, start, -1);
    while (depth > 0) {
      const node = stack[--depth];
      for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
        if (graph.edgeType(edge) !== EdgeType.weak) push(edgeTargets[edge], node, edge);
    }
  }
}

/**
 * The entries to everything that was written in certain scripts: their closures, the scopes of these, their modules
 * and what these export, and the instances of their classes.
 */
export function entriesOfScripts(
  graph: HeapGraph,
  isExcluded: (script: string) => boolean,
  names: ReadonlyMap<number, string>,
): Uint8Array {
  const entries = new Uint8Array(graph.nodeCount);
  const { scriptIds } = graph.locations;
  const scripts = new Set([...names].filter(([, name]) => isExcluded(name)).map(([id]) => id));
  const isOfThem = Array.from(scriptIds, (script) => scripts.has(script));
  for (let node = 0; node < graph.nodeCount; node++) {
    const location = graph.locationOf(node);
    if (location < 0 || !isOfThem[location]) continue;
    entries[node] = 1;
    if (graph.nodeTypes[node] === NodeType.closure) markScope(graph, node, entries);
  }
  const moduleName = graph.strings.indexOf('Module');
  for (let node = 0; node < graph.nodeCount; node++) {
    if (graph.nodeNames[node] !== moduleName || graph.nodeTypes[node] !== NodeType.object) continue;
    const filename = graph.childNamed(node, 'filename');
    if (filename < 0 || !isExcluded(graph.nodeName(filename))) continue;
    entries[node] = 1;
    const exports = graph.childNamed(node, 'exports');
    if (exports >= 0) entries[exports] = 1;
  }
  return entries;
}

/** A function's scopes, out to the native context, which is everybody's. */
function markScope(graph: HeapGraph, closure: number, entries: Uint8Array): void {
  let scope = graph.childNamed(closure, 'context');
  while (scope >= 0 && entries[scope] === 0 && graph.scopes[scope] === 1) {
    entries[scope] = 1;
    const extension = graph.childNamed(scope, 'extension');
    if (extension >= 0 && graph.nodeName(extension) === 'system / SourceTextModule') entries[extension] = 1;
    scope = graph.childNamed(scope, 'previous');
  }
}
