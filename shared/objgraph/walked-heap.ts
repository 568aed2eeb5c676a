// What objects refer to, as a heap's graph, found by walking the live objects themselves: for plain data and instances of classes
// that is all that a picture of references shows of V8's snapshot of the whole heap, which takes a hundred times longer. What a
// walk cannot see as V8 does is refused, and then the snapshot is taken (docs/decisions/25-quick-pictures.md).
import { types } from 'node:util';
import { EdgeType, NodeType } from '../heap/node-types.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { ClassesOfObjects, type KnownClass } from './walked-classes.ts';
import { isPrototypeOfItsClass } from './type-names.ts';
import { GraphRows } from './walked-graph.ts';
import { builtInName, hasUsualBuiltIns, isIndex, isUsualKey, sourceOf } from './walked-objects.ts';

/** A graph of some objects, node 0 being V8's root, and the live object of each node. */
export interface WalkedHeap {
  heap: HeapGraph;
  /** Per start, its node. */
  starts: number[];
  objects: object[];
  /** Per node, its index in `objects`; -1 for what is no object. */
  indices: Int32Array;
}

/** More is not worth a walk. */
const mostNodes = 2_000;
/** V8 may keep an object with more properties as a hash table: its properties have no order then. */
const mostProperties = 14;
/** V8 may keep a longer text as a part of another one, which snapshots do not show. */
const mostCharacters = 12;
/** Bytes of the tables of Map and Set without their entries, and of one entry with its bucket: see heap/hash-tables.ts. */
const [tableHead, mapEntry, setEntry] = [40, 56, 40];

const { apply, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { hasOwn } = Object;
const [mapEach, setEach] = [Map.prototype.forEach, Set.prototype.forEach];

/**
 * Walks what objects refer to, breadth first. Runs nothing of the program.
 *
 * @param hasPrimitives whether strings and symbols are drawn as nodes, as in the classic style
 * @returns null where a walk does not show what V8's snapshot would show
 */
export function walkHeap(
  starts: readonly unknown[],
  maxDepth: number,
  hasPrimitives: boolean,
): WalkedHeap | null {
  if (!hasUsualBuiltIns()) return null;
  const walk = new Walk(maxDepth, hasPrimitives);
  try {
    return walk.from(starts);
  } finally {
    walk.classes.end();
  }
}

class Walk {
  readonly classes = new ClassesOfObjects();
  private readonly rows = new GraphRows();
  private readonly depths: number[] = [];
  private readonly values: unknown[] = [];
  private readonly nodes = new Map<unknown, number>();
  private isRefused = false;

  constructor(
    private readonly maxDepth: number,
    private readonly hasPrimitives: boolean,
  ) {}

  from(objects: readonly unknown[]): WalkedHeap | null {
    this.add(NodeType.synthetic, '', 0, null);
    const starts: number[] = [];
    for (let i = 0; i < objects.length && !this.isRefused; i++) starts[i] = this.nodeOf(objects[i], 0);
    // Nodes come in the order of the walk, and so do their edges.
    for (let node = 0; node < this.rows.nodeCount && !this.isRefused; node++) {
      this.rows.firstEdges[node] = this.rows.edgeCount;
      this.addEdges(node);
    }
    return this.isRefused || this.rows.hasWideTexts ? null : this.finish(starts);
  }

  private refuse(): -1 {
    this.isRefused = true;
    return -1;
  }

  private add(type: number, name: string, depth: number, value: unknown): number {
    if (this.rows.nodeCount >= mostNodes) return this.refuse();
    this.depths.push(depth);
    this.values.push(value);
    return this.rows.node(type, name);
  }

  /** The node of a value; -1 for what is in no snapshot, and where the walk is refused. */
  private nodeOf(value: unknown, depth: number): number {
    switch (typeof value) {
      case 'string':
        return this.textNode(value, depth);
      case 'symbol':
        return (
          this.nodes.get(value) ?? this.remember(value, this.add(NodeType.symbol, 'symbol', depth, value))
        );
      case 'bigint':
        // Equal ones may be one or several: V8 alone knows.
        return this.hasPrimitives ? this.refuse() : -1;
      case 'function':
      case 'object':
        if (value === null) return -1;
        return this.knownNode(value, depth) ?? this.remember(value, this.objectNode(value, depth));
      default:
        return -1;
    }
  }

  /** What a table leads to may have been found on a longer way: a table comes behind all that its owner's siblings refer to. */
  private knownNode(value: object, depth: number): number | undefined {
    const node = this.nodes.get(value);
    if (node !== undefined && depth < this.depths[node]) {
      if (node < this.rows.firstEdges.length) return this.refuse();
      this.depths[node] = depth;
    }
    return node;
  }

  private remember(value: unknown, node: number): number {
    if (node >= 0) this.nodes.set(value, node);
    return node;
  }

  private textNode(text: string, depth: number): number {
    // Equal texts may be one string or several.
    if (text.length > mostCharacters || (this.hasPrimitives && this.nodes.has(text))) return this.refuse();
    const node = this.add(NodeType.string, text, depth, text);
    return this.hasPrimitives ? this.remember(text, node) : node;
  }

  private objectNode(value: object, depth: number): number {
    if (types.isProxy(value)) return this.refuse();
    if (typeof value === 'function') {
      const place = depth < this.maxDepth ? null : this.classes.ofFunction(value);
      return place === null ? this.refuse() : this.located(NodeType.closure, place, depth, value);
    }
    if (value === globalThis || isPrototypeOfItsClass(value)) return this.refuse();
    const prototype = getPrototypeOf(value);
    if (prototype === RegExp.prototype)
      return types.isRegExp(value) && !this.hasPrimitives
        ? this.add(NodeType.regexp, sourceOf(value), depth, value)
        : this.refuse();
    const builtIn = builtInName(value, prototype);
    if (builtIn === '') return this.refuse();
    if (builtIn !== null) return this.add(NodeType.object, builtIn, depth, value);
    const place = this.classes.ofInstances(prototype!);
    // A module is a root.
    if (place === null || place.name === 'Module' || hasOwn(value, Symbol.toStringTag)) return this.refuse();
    return this.located(NodeType.object, place, depth, value);
  }

  private located(type: number, place: KnownClass, depth: number, value: object): number {
    const node = this.add(type, place.name, depth, value);
    if (node >= 0) this.rows.places[node] = place;
    return node;
  }

  private addEdges(node: number): void {
    const value = this.values[node];
    if (typeof value === 'symbol') {
      if (value.description !== undefined)
        this.rows.edge(EdgeType.internal, 'name', this.add(NodeType.string, value.description, 0, null));
      return;
    }
    if (typeof value === 'function' || typeof value !== 'object' || value === null) return;
    if (this.rows.nodeTypes[node] === NodeType.array) return this.addTable(node, value);
    const isList = Array.isArray(value);
    const isTable = types.isMap(value) || types.isSet(value);
    // Lists show their texts in their cards, other objects are asked for them.
    if (this.depths[node] >= this.maxDepth && !isList && !isTable) return;
    this.addProperties(node, value, isList);
    if (isTable) {
      const table = this.add(NodeType.array, '(table)', this.depths[node], value);
      if (table >= 0) this.rows.edge(EdgeType.internal, 'table', table);
    }
  }

  /** Whether a value is drawn, or a field that a snapshot has to show. */
  private isShown(value: unknown, isField: boolean): boolean {
    const isText = typeof value === 'string' || typeof value === 'symbol';
    if (isText || typeof value === 'bigint') return isField || this.hasPrimitives;
    return typeof value === 'function' || (typeof value === 'object' && value !== null);
  }

  private addProperties(node: number, object: object, isList: boolean): void {
    const keys = ownKeys(object);
    // `length` is no property of an object to V8.
    const count = keys.length - (isList ? 1 : 0);
    if (count > mostNodes) return void this.refuse();
    if (isList && (object as unknown[]).length > mostNodes) return void this.refuse();
    const indices: number[] = [];
    let named = 0;
    const shown = { texts: 0, symbols: 0 };
    for (let i = 0; i < keys.length && !this.isRefused; i++) {
      const key = keys[i];
      if (isList && key === 'length') continue;
      if (typeof key === 'string' && isIndex(key)) {
        indices.push(Number(key));
        continue;
      }
      named++;
      if (isList) return void this.refuse();
      const before = this.rows.edgeCount;
      this.addProperty(node, key, getOwnPropertyDescriptor(object, key)!);
      if (this.rows.edgeCount > before) shown[typeof key === 'symbol' ? 'symbols' : 'texts']++;
    }
    // V8 has both in the order in which they were added, and a hash table in none at all.
    if (shown.texts > 0 && shown.symbols > 0) return void this.refuse();
    const mayBeTable = named > mostProperties || getPrototypeOf(object) === null;
    if (mayBeTable && shown.texts + shown.symbols > 1) return void this.refuse();
    this.addElements(node, object, indices, isList);
  }

  private addElements(node: number, object: object, indices: readonly number[], isList: boolean): void {
    const isSparse = indices.length > 0 && indices.at(-1)! >= 2 * indices.length + 16;
    if (isSparse) return void this.refuse();
    for (let i = 0; i < indices.length && !this.isRefused; i++) {
      const property = getOwnPropertyDescriptor(object, indices[i])!;
      if (!hasOwn(property, 'value')) return void this.refuse();
      this.addReference(node, EdgeType.element, indices[i], property.value, isList);
    }
  }

  private addProperty(node: number, key: string | symbol, property: PropertyDescriptor): void {
    const name = typeof key === 'string' ? key : `<symbol ${key.description ?? ''}>`;
    if (hasOwn(property, 'value')) this.addReference(node, EdgeType.property, name, property.value, false);
    else {
      this.addReference(node, EdgeType.property, `get ${name}`, property.get, false);
      this.addReference(node, EdgeType.property, `set ${name}`, property.set, false);
    }
  }

  private addReference(
    node: number,
    type: number,
    name: string | number,
    value: unknown,
    isField: boolean,
  ): void {
    const isEnd = this.depths[node] >= this.maxDepth;
    if (!this.isShown(value, isField) || (isEnd && typeof value === 'object')) return;
    if (isEnd && typeof value === 'function') return;
    const target = this.nodeOf(value, this.depths[node] + 1);
    if (target >= 0) this.rows.edge(type, name, target);
  }

  /** The entries of a Map or Set, in the slots of a table as V8 has it. */
  private addTable(table: number, collection: object): void {
    const slots: unknown[] = [];
    const isMap = types.isMap(collection);
    const note = (value: unknown, key: unknown): void => {
      if (slots.length > 2 * mostNodes) this.isRefused = true;
      else if (isMap) slots.push(key, value, undefined);
      else slots.push(value, undefined);
    };
    apply(isMap ? mapEach : setEach, collection, [note]);
    const count = slots.length / (isMap ? 3 : 2);
    this.rows.selfSizes[table] = tableHead + count * (isMap ? mapEntry : setEntry);
    for (let slot = 0; slot < slots.length && !this.isRefused; slot++) {
      const value = slots[slot];
      const isKey = isMap && slot % 3 === 0;
      if (isKey && !isUsualKey(value)) return void this.refuse();
      this.addReference(table, EdgeType.hidden, 3 + count + slot, value, true);
    }
  }

  private finish(starts: number[]): WalkedHeap {
    const objects: object[] = [];
    const indices = new Int32Array(this.rows.nodeCount).fill(-1);
    for (let node = 1; node < indices.length; node++) {
      const value = this.values[node];
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null) continue;
      if (this.rows.nodeTypes[node] !== NodeType.array) indices[node] = objects.push(value) - 1;
    }
    return { heap: this.rows.graph(), starts, objects, indices };
  }
}
