// What in the heap of a page belongs to tools and not to the page: handles that a test keeps, isolated worlds of test
// drivers and extensions, developer tools of frameworks. An object that only these hold is no leak of the page.
import type { HeapAnalysis } from '../analysis.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { EdgeType, NodeType } from '../node-types.ts';
import type { Barred } from '../suspects/reach-tree.ts';

/** Hooks on the window by which developer tools see into frameworks. */
const hooks = [
  '__REACT_DEVTOOLS_GLOBAL_HOOK__',
  '__VUE_DEVTOOLS_GLOBAL_HOOK__',
  '$RefreshReg$',
  '$RefreshSig$',
];

/** What Blink computes of the DOM: it leads to nodes by other ways than the DOM's own, and differs from run to run. */
const computed =
  /^(?:blink::(?:Layout|Physical|Paint|Fragment|Inline|Computed|Scoped|AX|Style|Element\w*Set|NodeList|Intersection\w+Controller|Selector|RuleSet|LargestContentful|TextPaint|ImagePaint|SoftNavigation|EventTiming|WindowPerformance|TaskAttribution)|StyleEngine$|StyleSheetCollection$|FrameSelection$|Performance)/;

/** Steps from a function up to its global object. */
const mostScopes = 64;

/**
 * What a search from the page's roots must not follow.
 *
 * @param isolated ids of the global objects of isolated worlds, as `HeapProfiler.getHeapObjectId` gives them
 */
export function pageTools({ graph }: HeapAnalysis, isolated: ReadonlySet<number>): Barred {
  const { nodeCount, nodeTypes, firstEdges, edgeTargets } = graph;
  const nodes = new Uint8Array(nodeCount);
  const edges = new Uint8Array(graph.edgeCount);
  barComputed(graph, nodes);
  const contexts = new Set<number>();
  if (isolated.size > 0)
    for (let node = 0; node < nodeCount; node++) {
      if (!isNativeContext(graph, node)) continue;
      const globals = [graph.childNamed(node, 'global_proxy_object'), globalOf(graph, node)];
      if (!globals.some((global) => global >= 0 && isolated.has(graph.nodeIds[global]))) continue;
      contexts.add(node);
      for (const barred of [node, ...globals]) if (barred >= 0) nodes[barred] = 1;
    }
  const console = graph.strings.including('DevTools console');
  const hookNames = hooks.map((name) => graph.strings.indexOf(name)).filter((index) => index >= 0);
  for (let node = 0; node < nodeCount; node++) {
    const isRootList = nodeTypes[node] === NodeType.synthetic;
    if (!isRootList && hookNames.length === 0) continue;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      if (isRootList && !graph.hasIndexName(edge) && console[graph.edgeNumber(edge)] === 1) edges[edge] = 1;
      if (graph.edgeType(edge) === EdgeType.property && hookNames.includes(graph.edgeNumber(edge)))
        edges[edge] = 1;
    }
  }
  // Listeners that a test driver adds to the page's own targets are functions of its world.
  if (contexts.size > 0)
    for (let node = 0; node < nodeCount; node++) {
      if (nodeTypes[node] !== NodeType.native || graph.nodeName(node) !== 'V8EventListener') continue;
      for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
        if (
          nodeTypes[edgeTargets[edge]] === NodeType.closure &&
          contexts.has(contextOf(graph, edgeTargets[edge]))
        )
          nodes[node] = 1;
    }
  return { nodes, edges };
}

function barComputed({ nodeCount, nodeTypes, nodeNames, strings }: HeapGraph, nodes: Uint8Array): void {
  const known = new Map<number, boolean>();
  for (let node = 0; node < nodeCount; node++) {
    if (nodeTypes[node] !== NodeType.native) continue;
    const name = nodeNames[node];
    if (!known.has(name)) known.set(name, computed.test(strings.get(name)));
    if (known.get(name)) nodes[node] = 1;
  }
}

const isNativeContext = (graph: HeapGraph, node: number) =>
  (graph.nodeTypes[node] === NodeType.native || graph.nodeTypes[node] === NodeType.hidden) &&
  graph.nodeName(node).startsWith('system / NativeContext');

function globalOf(graph: HeapGraph, context: number): number {
  const global = graph.childNamed(context, 'global_object');
  return global >= 0 ? global : graph.childNamed(context, 'extension');
}

/** The native context of a function; -1 where its scopes do not lead to one. */
function contextOf(graph: HeapGraph, closure: number): number {
  let context = graph.childNamed(closure, 'context');
  for (let step = 0; step < mostScopes && context >= 0; step++) {
    if (isNativeContext(graph, context)) return context;
    context = graph.childNamed(context, 'previous');
  }
  return -1;
}
