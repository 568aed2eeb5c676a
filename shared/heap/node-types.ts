// The types of nodes and edges in a V8 heap snapshot, numbered once for all versions: a snapshot's own numbers
// differ by version, the reader translates them. Source: V8, src/profiler/heap-snapshot-generator.h.

export const NodeType = {
  hidden: 0,
  array: 1,
  string: 2,
  object: 3,
  code: 4,
  closure: 5,
  regexp: 6,
  number: 7,
  native: 8,
  synthetic: 9,
  concatenatedString: 10,
  slicedString: 11,
  symbol: 12,
  bigint: 13,
  objectShape: 14,
  wasmObject: 15,
  /** A type that this program does not know: a newer V8's. */
  unknown: 16,
} as const;
export type NodeType = (typeof NodeType)[keyof typeof NodeType];

export const EdgeType = {
  context: 0,
  element: 1,
  property: 2,
  internal: 3,
  hidden: 4,
  shortcut: 5,
  weak: 6,
  unknown: 7,
} as const;
export type EdgeType = (typeof EdgeType)[keyof typeof EdgeType];

/** A node type's name, as DevTools shows it in parentheses; indexed by `NodeType`. */
export const nodeTypeNames: readonly string[] = [
  'hidden',
  'array',
  'string',
  'object',
  'code',
  'closure',
  'regexp',
  'number',
  'native',
  'synthetic',
  'concatenated string',
  'sliced string',
  'symbol',
  'bigint',
  'object shape',
  'wasm object',
  'unknown',
];

/** An edge type's name; indexed by `EdgeType`. */
export const edgeTypeNames: readonly string[] = [
  'context',
  'element',
  'property',
  'internal',
  'hidden',
  'shortcut',
  'weak',
];

/** For each type number of a snapshot, ours. */
export function translateNodeTypes(names: readonly string[]): Uint8Array {
  return translate(names, nodeTypeNames, NodeType.unknown);
}

/** For each edge type number of a snapshot, ours. */
export function translateEdgeTypes(names: readonly string[]): Uint8Array {
  return translate(names, edgeTypeNames, EdgeType.unknown);
}

function translate(names: readonly string[], known: readonly string[], unknown: number): Uint8Array {
  return Uint8Array.from(names, (name) => {
    const index = known.indexOf(name);
    return index < 0 ? unknown : index;
  });
}
