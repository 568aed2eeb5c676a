// Which nodes are scopes: V8's contexts, which hold the variables of functions, blocks and modules. They are recognised
// by what they are made of, not by their name: until V8 14 all are called `system / Context`, since V8 15 each has a
// name of its own, `system / Context / scope @103779`. Source: V8, HeapSnapshotGenerator (ExtractContextReferences).
import { EdgeType, NodeType } from './node-types.ts';

/** What of a heap's graph scopes are found by. */
export interface ScopeInput {
  readonly nodeCount: number;
  readonly nodeTypes: ArrayLike<number>;
  readonly nodeNames: ArrayLike<number>;
  readonly firstEdges: ArrayLike<number>;
  edgeType(edge: number): number;
  edgeNumber(edge: number): number;
  readonly strings: {
    readonly length: number;
    indexOf(text: string): number;
    startingWith(text: string): Iterable<number>;
  };
}

/** The name of the class of all scopes. */
export const scopeClass = 'system / Context';

const Name = { unknown: 0, scope: 1, other: 2 } as const;

/**
 * Per node, 1 for scopes: objects with V8's references to a description of their variables and to the scope around them. What
 * V8's own functions have for a scope (the function that resolves a promise has the promise in it) has none around it, and is
 * known by its name. The native context, the outermost, is none. Cost: one pass over the nodes; the edges of one node per class are searched.
 */
export function findScopes(graph: ScopeInput): Uint8Array {
  const { nodeCount, nodeTypes, nodeNames, strings } = graph;
  const scopes = new Uint8Array(nodeCount);
  const scopeInfo = strings.indexOf('scope_info');
  const previous = strings.indexOf('previous');
  if (scopeInfo < 0 || previous < 0) return scopes;
  const contexts = new Uint8Array(strings.length);
  for (const name of strings.startingWith(scopeClass)) contexts[name] = 1;
  // Classes are many objects each, and none but V8's own scopes are called as scopes are.
  const names = new Uint8Array(strings.length);
  for (let node = 0; node < nodeCount; node++) {
    if (nodeTypes[node] !== NodeType.object || names[nodeNames[node]] === Name.other) continue;
    const isNamed = contexts[nodeNames[node]] === 1;
    const isScope = isScopeOf(graph, node, scopeInfo, isNamed ? -1 : previous);
    if (isScope) scopes[node] = 1;
    if (names[nodeNames[node]] === Name.unknown) names[nodeNames[node]] = isScope ? Name.scope : Name.other;
  }
  return scopes;
}

/** @param previous -1 where no scope has to be around it */
function isScopeOf(graph: ScopeInput, node: number, scopeInfo: number, previous: number): boolean {
  const { firstEdges } = graph;
  let found = previous < 0 ? 2 : 0;
  for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
    if (graph.edgeType(edge) !== EdgeType.internal) continue;
    const name = graph.edgeNumber(edge);
    if (name === scopeInfo) found |= 1;
    else if (name === previous) found |= 2;
  }
  return found === 3;
}
