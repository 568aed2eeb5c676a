// Where chains of references end for a reader: modules, the global object, the scope of scripts. What V8 itself calls
// roots (handles, the stack) comes after these: it explains nothing about a leak.
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';

export const RootKind = {
  none: 0,
  commonJs: 1,
  esModule: 2,
  global: 3,
  scriptScope: 4,
  pythonModule: 5,
} as const;
export type RootKind = (typeof RootKind)[keyof typeof RootKind];

/** In every heap in which Jest's test runner has run. */
const jestSymbol = '<symbol JEST_STATE_SYMBOL>';

export interface Roots {
  /** Per node, a `RootKind`. */
  kinds: Uint8Array;
  /** The proxy through which programs see a global object, to that object: one thing for a reader. */
  globalProxies: Map<number, number>;
}

/** Finds modules, global objects and script scopes. Cost: one pass over the nodes. */
export function findRoots(graph: HeapGraph): Roots {
  const { nodeTypes, nodeNames, strings, language } = graph;
  const kinds = new Uint8Array(graph.nodeCount);
  if (language.name === 'python') return { kinds: markPythonModules(graph, kinds), globalProxies: new Map() };
  const globalProxies = new Map<number, number>();
  const moduleName = strings.indexOf('Module');
  const { scopes } = graph;
  const nativeContextName = strings.indexOf('system / NativeContext');
  // Those of Chromium and Deno are called by the page's address as well.
  const placedContextNames = strings.startingWith('system / NativeContext / ');
  // Jest's modules are plain objects: they are looked for only where Jest has run.
  const jestModuleName = strings.indexOf(jestSymbol) < 0 ? -1 : strings.indexOf('Object');
  for (let node = 0; node < graph.nodeCount; node++) {
    const name = nodeNames[node];
    const isContext =
      name === nativeContextName || (nodeTypes[node] === NodeType.native && placedContextNames.has(name));
    if (isContext) markContext(graph, node, kinds, globalProxies);
    else if (nodeTypes[node] !== NodeType.object) continue;
    else if (name === moduleName && isCommonJs(graph, node)) kinds[node] = RootKind.commonJs;
    else if (name === jestModuleName && isJestModule(graph, node)) kinds[node] = RootKind.commonJs;
    else if (scopes[node] === 1 && sourceTextModule(graph, node) >= 0) kinds[node] = RootKind.esModule;
  }
  return { kinds, globalProxies };
}

/** The root refers to each module by its name. */
function markPythonModules(graph: HeapGraph, kinds: Uint8Array): Uint8Array {
  const { firstEdges, edgeTargets } = graph;
  for (let edge = firstEdges[0]; edge < firstEdges[1]; edge++)
    if (graph.edgeType(edge) === EdgeType.shortcut) kinds[edgeTargets[edge]] = RootKind.pythonModule;
  return kinds;
}

/** The ES module whose variables a context holds, or -1. */
export function sourceTextModule(graph: HeapGraph, context: number): number {
  const extension = graph.childNamed(context, 'extension');
  return extension >= 0 && graph.nodeName(extension) === 'system / SourceTextModule' ? extension : -1;
}

function isCommonJs(graph: HeapGraph, node: number): boolean {
  const filename = graph.childNamed(node, 'filename');
  return filename >= 0 && isString(graph.nodeTypes[filename]);
}

/** As jest-runtime makes them: they have of their own what Node's modules inherit. */
function isJestModule(graph: HeapGraph, node: number): boolean {
  return graph.childNamed(node, 'isPreloading') >= 0 && isCommonJs(graph, node);
}

function markContext(
  graph: HeapGraph,
  context: number,
  kinds: Uint8Array,
  proxies: Map<number, number>,
): void {
  // Since Node 26, V8 calls it by its name.
  let global = graph.childNamed(context, 'global_object');
  if (global < 0) global = graph.childNamed(context, 'extension');
  if (global < 0) return;
  kinds[global] = RootKind.global;
  const proxy = graph.childNamed(context, 'global_proxy_object');
  if (proxy >= 0 && proxy !== global) proxies.set(proxy, global);
  const scripts = graph.childNamed(context, 'script_context_table');
  if (scripts < 0) return;
  for (let edge = graph.firstEdges[scripts]; edge < graph.firstEdges[scripts + 1]; edge++) {
    const scope = graph.edgeTargets[edge];
    if (graph.scopes[scope] === 1) kinds[scope] = RootKind.scriptScope;
  }
}

/** Whether a node type is one of V8's kinds of strings. */
export function isString(type: number): boolean {
  return type === NodeType.string || type === NodeType.concatenatedString || type === NodeType.slicedString;
}
