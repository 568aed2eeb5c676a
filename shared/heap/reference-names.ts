// What a reader calls a reference: a property, an index, a key of a Map, a variable of a scope, a part of a promise.
// What V8 numbers (slots of tables and scopes) is looked up beside it; numbers as keys are not in a snapshot.
import { entryName, isMapKey, mapEntryAt } from './hash-tables.ts';
import type { HeapGraph } from './heap-graph.ts';
import { cut, type NodeNames } from './node-names.ts';
import { EdgeType, NodeType } from './node-types.ts';
import type { ObjectGraph } from './object-graph.ts';
import { isString, RootKind } from './roots.ts';

/** From a key to its value. */
const weakPair = /part of key \((.*) @\d+\) -> value/;

/** Names references over one graph. */
export class ReferenceNames {
  private readonly heap: HeapGraph;
  /** Per scope that was asked for, the author's names of its variables. */
  private readonly variables = new Map<number, ReadonlyMap<string, string>>();

  constructor(
    private readonly graph: ObjectGraph,
    private readonly nodes: NodeNames,
  ) {
    this.heap = graph.heap;
  }

  /**
   * The name of the reference from `owner` by `edge`: `cache`, `[0]`, `"42"`, `prototype.parent`; `[entry 3]` for a key of
   * a Map that is a number, for a snapshot has none. Empty where V8's roots refer.
   */
  of(owner: number, edge: number): string {
    const { heap } = this;
    const source = this.graph.sourceOf(edge);
    const name = heap.edgeName(edge);
    if (heap.nodeTypes[source] === NodeType.synthetic) return '';
    if (source !== owner && this.graph.canonical(source) !== owner) return this.folded(owner, source, edge);
    switch (heap.edgeType(edge)) {
      case EdgeType.context:
        return this.originalVariables(owner).get(name) ?? name;
      case EdgeType.element:
        return pythonSets.has(heap.nodeName(owner)) ? 'item' : `[${name}]`;
      case EdgeType.hidden:
        return this.hidden(owner, Number(name));
      case EdgeType.internal:
        return internalReferences.get(name) ?? (weakPair.test(name) ? this.valueIn(edge) : name);
      case EdgeType.shortcut:
        return name.replaceAll('_', ' ');
    }
    return name;
  }

  /** How a WeakMap is called by whose pair an edge leads from a key to its value; null for other edges, '' where it has no name. */
  weakMapOf(edge: number): string | null {
    const { heap } = this;
    const name = heap.edgeName(edge);
    if (heap.edgeType(edge) !== EdgeType.internal || !weakPair.test(name)) return null;
    const { first, nodes, edges } = this.graph.getRetainers();
    const id = Number(/@(\d+)\)$/.exec(name)?.[1]);
    const value = heap.edgeTargets[edge];
    for (let slot = first[value]; slot < first[value + 1]; slot++) {
      const table = nodes[slot];
      if (heap.nodeIds[table] !== id || heap.edgeType(edges[slot]) !== EdgeType.internal) continue;
      return edge === edges[slot] ? null : this.nameOfOwner(table);
    }
    return null;
  }

  /** What the object that a table belongs to is called by a scope or an object. */
  private nameOfOwner(table: number): string {
    const { heap } = this;
    const { first, nodes, edges } = this.graph.getRetainers();
    let name = '';
    for (let slot = first[table]; slot < first[table + 1]; slot++) {
      const owner = nodes[slot];
      if (heap.nodeTypes[owner] !== NodeType.object) continue;
      for (let other = first[owner]; other < first[owner + 1]; other++) {
        const type = heap.edgeType(edges[other]);
        const isVariable = heap.scopes[nodes[other]] === 1 && this.graph.isVisible(nodes[other]);
        const isNamed = isVariable
          ? type === EdgeType.context || type === EdgeType.hidden
          : type === EdgeType.property;
        if (isNamed && (isVariable || name === '')) name = this.of(nodes[other], edges[other]);
        if (isNamed && isVariable) return name;
      }
    }
    return name;
  }

  private valueIn(edge: number): string {
    const map = this.weakMapOf(edge);
    return map ? `value in WeakMap ${map}` : 'value in a WeakMap';
  }

  /** A reference out of one of the owner's stores. */
  private folded(owner: number, store: number, edge: number): string {
    const { heap } = this;
    const name = heap.edgeName(edge);
    if (heap.language.name === 'python') return name;
    if (this.graph.isPrototype(store)) return `prototype.${name}`;
    const pair = weakPair.exec(name);
    if (pair) return `(${pair[1]})`;
    switch (heap.nodeName(owner)) {
      case 'Map':
        return isMapKey(heap.selfSizes[store], Number(name)) ? 'key' : this.keyText(store, edge);
      case 'Set':
        return 'member';
      case 'Promise':
        return this.reaction(edge);
      case 'Array':
      case 'Arguments':
        return `[${name}]`;
      case 'FinalizationRegistry':
        return 'held value';
      case 'Error':
        return 'stack';
    }
    if (this.graph.roots.kinds[owner] === RootKind.esModule) return this.exportName(owner, store);
    return heap.childNamed(owner, 'parameters_and_registers') === store ? 'local' : 'internal';
  }

  /** By a function that is made in the scope: its place says where in the code the scope is. */
  private originalVariables(scope: number): ReadonlyMap<string, string> {
    const { heap } = this;
    let known = this.variables.get(scope);
    if (known !== undefined || !heap.places?.variables) return known ?? noVariables;
    known = noVariables;
    const { first, nodes } = this.graph.getRetainers();
    for (let slot = first[scope]; slot < first[scope + 1]; slot++) {
      const closure = nodes[slot];
      if (heap.nodeTypes[closure] !== NodeType.closure) continue;
      const row = heap.locationOf(closure);
      if (row < 0 || heap.childNamed(closure, 'context') !== scope) continue;
      const { scriptIds, lines, columns } = heap.locations;
      const place = { scriptId: scriptIds[row], line: lines[row], column: columns[row] };
      known = heap.places.variables(place, this.variablesOf(scope));
      break;
    }
    this.variables.set(scope, known);
    return known;
  }

  /** Those that the code declares. */
  private variablesOf(scope: number): string[] {
    const { firstEdges } = this.heap;
    const names: string[] = [];
    for (let edge = firstEdges[scope]; edge < firstEdges[scope + 1]; edge++)
      if (this.heap.edgeType(edge) === EdgeType.context) names.push(this.heap.edgeName(edge));
    return names.filter((name) => !implicitVariables.has(name) && !name.startsWith('.'));
  }

  private hidden(owner: number, slot: number): string {
    const name = this.heap.nodeName(owner);
    if (this.heap.scopes[owner] === 1) return this.variableName(owner, slot);
    return (this.graph.isProxy(owner) ? proxyReferences : hiddenReferences.get(name))?.[slot] ?? 'internal';
  }

  /** What a promise has to do when it settles: call a handler, settle another promise. Slots differ by version. */
  private reaction(edge: number): string {
    const target = this.heap.edgeTargets[edge];
    if (this.heap.nodeTypes[target] === NodeType.closure) return 'handler';
    return this.heap.nodeName(target) === 'Promise' ? 'promise' : 'reaction';
  }

  /**
   * A variable of a block. V8 names all variables, and numbers those that hold objects: small numbers are left out. So a name
   * is certain where all hold objects, or where functions and classes that are called as their variables leave no choice.
   */
  private variableName(scope: number, slot: number): string {
    const { firstEdges, edgeTargets, nodeTypes } = this.heap;
    const info = this.heap.childNamed(scope, 'scope_info');
    if (info < 0) return 'variable';
    const names: string[] = [];
    for (let edge = firstEdges[info]; edge < firstEdges[info + 1]; edge++)
      if (this.heap.edgeType(edge) === EdgeType.hidden && isString(nodeTypes[edgeTargets[edge]]))
        names.push(this.heap.nodeName(edgeTargets[edge]));
    // The name of a slot is among those from `first` to `last`.
    let slots = 0;
    let first = slot;
    let behind = names.length;
    let slotBehind = -1;
    for (let edge = firstEdges[scope]; edge < firstEdges[scope + 1]; edge++) {
      if (this.heap.edgeType(edge) !== EdgeType.hidden) continue;
      const other = this.heap.edgeNumber(edge);
      slots = Math.max(slots, other + 1);
      const target = edgeTargets[edge];
      const at = nodeTypes[target] === NodeType.closure ? names.indexOf(this.heap.nodeName(target)) : -1;
      if (at < other) continue;
      if (other === slot) return names[at];
      if (other < slot) first = Math.max(first, at + slot - other);
      else if (slotBehind < 0 || other < slotBehind) {
        slotBehind = other;
        behind = at;
      }
    }
    const last = slotBehind < 0 ? names.length - slots + slot : behind - (slotBehind - slot);
    const possible = names.slice(first, last + 1);
    if (possible.length === 0) return 'variable';
    return possible.length === 1 ? possible[0] : cut(`one of ${possible.join(', ')}`);
  }

  /** The key beside a value in a Map's table; the place of the entry for small integers, which a snapshot does not have. */
  private keyText(table: number, edge: number): string {
    const { firstEdges, edgeTargets } = this.heap;
    const slot = Number(this.heap.edgeName(edge));
    for (let other = firstEdges[table]; other < firstEdges[table + 1]; other++) {
      if (Number(this.heap.edgeName(other)) !== slot - 1) continue;
      const key = edgeTargets[other];
      if (isString(this.heap.nodeTypes[key])) return this.nodes.quoted(key);
      return cut(`(${[this.nodes.type(key), this.nodes.describe(key)].filter(Boolean).join(' ')})`);
    }
    return entryName(mapEntryAt(this.heap.selfSizes[table], slot));
  }

  /** An ES module keeps its exports in cells; its table of exports pairs names with them. */
  private exportName(scope: number, cell: number): string {
    const { heap } = this;
    const module = this.graph.esModuleOf(scope);
    if (module < 0) return 'internal';
    const table = heap.edgeTargets[heap.firstEdges[module] + 1];
    for (let edge = heap.firstEdges[table]; edge < heap.firstEdges[table + 1]; edge++) {
      if (heap.edgeTargets[edge] !== cell) continue;
      const at = Number(heap.edgeName(edge)) - 1;
      for (let other = heap.firstEdges[table]; other < heap.firstEdges[table + 1]; other++)
        if (Number(heap.edgeName(other)) === at) return heap.nodeName(heap.edgeTargets[other]);
    }
    return 'import';
  }
}

const noVariables: ReadonlyMap<string, string> = new Map();

/** Of every function, without a declaration. */
const implicitVariables: ReadonlySet<string> = new Set(['this', 'arguments', 'new.target']);

/** V8's names for what a program can see, in the program's words. */
const internalReferences: ReadonlyMap<string, string> = new Map([
  ['context', 'scope'],
  ['previous', 'outer scope'],
  ['extension', 'suspended function'],
  ['bound_this', 'bound this'],
  ['bound_function', 'bound function'],
  ['reactions_or_result', 'result'],
]);

const proxyReferences: Record<number, string> = { 1: 'target', 2: 'handler' };

const hiddenReferences: ReadonlyMap<string, Record<number, string>> = new Map([
  ['FinalizationRegistry', { 3: 'cleanup' }],
]);

/** Sets number their items without meaning it; no class of JavaScript has these names. */
const pythonSets: ReadonlySet<string> = new Set(['set', 'frozenset']);
