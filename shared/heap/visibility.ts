// Which nodes a JavaScript reader knows, and which are V8's machinery. Objects, functions and scopes are visible.
// Backing stores, tables and prototypes are folded: their references count as their owner's. The rest is hidden.
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';
import type { StringTable } from './string-table.ts';
import { isString } from './roots.ts';

export const Visibility = { hidden: 0, folded: 1, visible: 2, excluded: 3 } as const;
export type Visibility = (typeof Visibility)[keyof typeof Visibility];

/** V8's nodes that hold no references of a program's, or far too many: never a part of their owner. */
const machinery: ReadonlySet<string> = new Set([
  'NativeContext',
  'Oddball',
  'Hole',
  'Map',
  'AccessorPair',
  'PropertyCell',
  'PropertyArray',
  'FunctionTemplateInfo',
  'ObjectTemplateInfo',
  'Foreign',
  'Script',
]);
const machineEdges = [
  'map',
  'shared',
  'code',
  'feedback_cell',
  'initial_map',
  'scope_info',
  'properties',
  'bindings',
  'native_context',
  'script_context_table',
  // Python's: every function and frame refers to all that its module has.
  '__globals__',
  'f_globals',
  'f_builtins',
];

/** How the edges of a graph lead from owner to owner. */
export class Folding {
  /** Per node, a `Visibility`. */
  readonly visibility: Uint8Array;
  private readonly proto: number;
  private readonly prototype: number;
  private readonly constructorName: number;
  private readonly elements: number;
  private readonly extension: number;
  private readonly machineEdges: ReadonlySet<number>;
  /** Per string, what V8 calls so. */
  private readonly kinds: Uint8Array;
  private readonly moduleName: number;
  private readonly weakMapPairs: Uint8Array;
  /** What a Python dictionary calls its keys. */
  private readonly key: number;

  /** @param excluded per node, 1 for nodes that must never be seen (the library's own); null for none */
  constructor(
    private readonly graph: HeapGraph,
    excluded: Uint8Array | null = null,
  ) {
    const { strings } = graph;
    this.proto = strings.indexOf('__proto__');
    this.prototype = strings.indexOf('prototype');
    this.constructorName = strings.indexOf('constructor');
    this.elements = strings.indexOf('elements');
    this.extension = strings.indexOf('extension');
    this.machineEdges = new Set(machineEdges.map((name) => strings.indexOf(name)));
    this.kinds = kindsByName(strings);
    this.moduleName = strings.indexOf('system / SourceTextModule');
    this.key = graph.language.name === 'python' ? strings.indexOf('key') : -1;
    this.weakMapPairs = strings.including(' / part of key (');
    this.visibility = this.visibleNodes(excluded);
    this.fold();
  }

  /** Whether an edge says something about the program: not weak, not to a hidden class, not to a prototype. */
  isReference(source: number, edge: number): boolean {
    const type = this.graph.edgeType(edge);
    if (type === EdgeType.weak) return false;
    const name = this.graph.edgeNumber(edge);
    if (type === EdgeType.property) {
      if (name === this.proto) return false;
      return name !== this.constructorName || this.visibility[source] !== Visibility.folded;
    }
    if (type !== EdgeType.internal) return true;
    if (this.machineEdges.has(name)) return false;
    // A key that is a string is the name of its value.
    if (name === this.key && isString(this.graph.nodeTypes[this.graph.edgeTargets[edge]])) return false;
    // A WeakMap's pair hangs from its key as well as from the table: a reader looks for it in the WeakMap.
    if (this.weakMapPairs[name] === 1) return this.graph.nodeTypes[source] === NodeType.array;
    return name !== this.elements || !this.hasElements(source);
  }

  /** Whether an edge leads to the value of a WeakMap: from its key, or from the table. */
  isPair(edge: number): boolean {
    return (
      this.weakMapPairs[this.graph.edgeNumber(edge)] === 1 && this.graph.edgeType(edge) === EdgeType.internal
    );
  }

  /** Whether an edge leads to what its source inherits from. */
  isInheritance(edge: number): boolean {
    return this.graph.edgeNumber(edge) === this.proto && this.graph.edgeType(edge) === EdgeType.property;
  }

  /** Whether an edge leads from an owner, or from one of its stores, into a store that belongs to it. */
  folds(source: number, edge: number): boolean {
    const target = this.graph.edgeTargets[edge];
    if (!this.isReference(source, edge)) return false;
    const type = this.graph.nodeTypes[target];
    if (type === NodeType.array) return true;
    const name = this.graph.edgeNumber(edge);
    if (type === NodeType.object)
      return (
        name === this.prototype &&
        this.graph.edgeType(edge) === EdgeType.property &&
        this.isPrototype(target, source)
      );
    if (!this.isStore(target)) return false;
    const targetName = this.graph.nodeNames[target];
    // A module is the store of its own scope alone, not of every module that imports it.
    if (targetName === this.moduleName)
      return name === this.extension && this.graph.edgeType(edge) === EdgeType.internal;
    return this.kinds[targetName] !== Kind.machinery;
  }

  /** Whether a node is of V8's own structures: since V8 15, those are native. */
  private isStore(node: number): boolean {
    const type = this.graph.nodeTypes[node];
    return (
      type === NodeType.hidden ||
      (type === NodeType.native && this.kinds[this.graph.nodeNames[node]] !== Kind.program)
    );
  }

  /** Whether a node is a Proxy, one of V8's structures that a program knows. */
  isProxy(node: number): boolean {
    return this.kinds[this.graph.nodeNames[node]] === Kind.proxy && this.isStore(node);
  }

  private hasElements(node: number): boolean {
    const { firstEdges } = this.graph;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
      if (this.graph.edgeType(edge) === EdgeType.element) return true;
    return false;
  }

  private isPrototype(node: number, constructor: number): boolean {
    const { firstEdges, edgeTargets, nodeTypes } = this.graph;
    if (nodeTypes[constructor] !== NodeType.closure) return false;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
      if (
        this.graph.edgeNumber(edge) === this.constructorName &&
        this.graph.edgeType(edge) === EdgeType.property
      )
        return edgeTargets[edge] === constructor;
    return false;
  }

  private visibleNodes(excluded: Uint8Array | null): Uint8Array {
    const visibility = new Uint8Array(this.graph.nodeCount);
    const visible = this.visibleByName();
    for (let node = 0; node < visibility.length; node++)
      visibility[node] = excluded?.[node]
        ? Visibility.excluded
        : visible(node)
          ? Visibility.visible
          : Visibility.hidden;
    return visibility;
  }

  /** Marks the stores of visible nodes, and the stores of these. */
  private fold(): void {
    const { visibility } = this;
    const { nodeCount, nodeTypes, firstEdges, edgeTargets } = this.graph;
    const stack: number[] = [];
    const foldFrom = (source: number): void => {
      for (let edge = firstEdges[source]; edge < firstEdges[source + 1]; edge++) {
        const target = edgeTargets[edge];
        const type = nodeTypes[target];
        const candidate = type === NodeType.object ? Visibility.visible : Visibility.hidden;
        if (
          visibility[target] !== candidate ||
          (type === NodeType.object && nodeTypes[source] !== NodeType.closure)
        )
          continue;
        if (!this.folds(source, edge)) continue;
        visibility[target] = Visibility.folded;
        stack.push(target);
      }
    };
    for (let node = 0; node < nodeCount; node++) {
      // V8's root lists own nothing: what they hold is held, not folded.
      if (visibility[node] === Visibility.visible && nodeTypes[node] !== NodeType.synthetic) foldFrom(node);
      while (stack.length > 0) foldFrom(stack.pop()!);
    }
  }

  private visibleByName(): (node: number) => boolean {
    const { nodeTypes, nodeNames, scopes } = this.graph;
    const { kinds } = this;
    return (node) => {
      const kind = kinds[nodeNames[node]];
      switch (nodeTypes[node]) {
        case NodeType.object:
          return kind === Kind.program || scopes[node] === 1;
        case NodeType.native:
          return kind === Kind.program || kind === Kind.proxy;
        case NodeType.closure:
        case NodeType.regexp:
        case NodeType.string:
        case NodeType.concatenatedString:
        case NodeType.slicedString:
        case NodeType.symbol:
        case NodeType.bigint:
        case NodeType.synthetic:
        case NodeType.wasmObject:
          return true;
        case NodeType.hidden:
          return kind === Kind.proxy;
        default:
          return false;
      }
    };
  }
}

/** V8 13 and later call each of these by its value, and Node 20's `system / Oddball`. Nothing of a program has such a name. */
const oddballs = ['true', 'false', 'null', 'undefined'];

/** What V8's name of a node says: `system / …` is its own. */
const Kind = { program: 0, store: 1, machinery: 2, proxy: 3 } as const;

/** Since V8 15, some names go on with what a node is of: `system / Script / file:///a.js`, `system / Map (ConsString)`. */
function kindsByName(strings: StringTable): Uint8Array {
  const kinds = new Uint8Array(strings.length);
  for (const index of strings.startingWith('system / ')) {
    const name = /^system \/ (\w*)/.exec(strings.get(index))![1];
    kinds[index] = name === 'JSProxy' ? Kind.proxy : machinery.has(name) ? Kind.machinery : Kind.store;
  }
  for (const name of oddballs) {
    const index = strings.indexOf(name);
    if (index >= 0) kinds[index] = Kind.machinery;
  }
  return kinds;
}
