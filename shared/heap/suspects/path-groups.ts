// Objects of one class that are reached the same way: `cache → [] → User`. Indices, keys and places in lists do not count,
// so that all entries of a collection are one group, and so are the entries of many like collections. A group has the same
// key in every snapshot of a program, of whatever process: what grew is found by comparing groups.
import type { HeapAnalysis } from '../analysis.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { isMapKey } from '../hash-tables.ts';
import { NodeNames } from '../node-names.ts';
import type { ObjectGraph } from '../object-graph.ts';
import { EdgeType, NodeType } from '../node-types.ts';
import { isString, RootKind } from '../roots.ts';
import type { Sizes } from '../sizes.ts';
import { momentary, strongRoots, type ReachTree } from './reach-tree.ts';

/** Labels of references that are alike in all entries of a collection; hashes of names lie above. */
const Label = {
  none: 0,
  root: 1,
  element: 2,
  slot: 3,
  value: 4,
  key: 5,
  store: 6,
  entry: 7,
  first: 16,
} as const;

/** An object with more properties, plain or in dictionary mode, is a table: their names are keys. */
const mostProperties = 24;
/** So far up, a class reached by the same reference is the same group: lists, trees, chains of promises and scopes. */
const longestCycle = 8;

/** All groups of one snapshot. */
export class PathGroups {
  /** Per node, its group; -1 for what is in none. */
  readonly ofNode: Int32Array;
  /** Per node, 1 for stores, which are in their owner's group and not counted. */
  readonly isStore: Uint8Array;
  /** Per group: its nodes, their shallow bytes, one of them, the group of their owners (-1 for roots). */
  readonly counts: number[] = [];
  readonly sizes: number[] = [];
  readonly examples: number[] = [];
  readonly parents: number[] = [];
  /** Per group, whether it is entered by a reference that says which entry of a collection it is. */
  readonly isEntry: boolean[] = [];
  /** Per group, how many of its nodes are tables: objects whose properties are keys. */
  private readonly tables: number[] = [];
  private readonly tablesLater: boolean[] = [];
  private readonly keys = new KeyTable();
  private readonly properties: number;
  private readonly labels: Uint32Array;
  private readonly classes: Uint32Array;
  private readonly graph: HeapGraph;
  private readonly objects: ObjectGraph;
  private readonly shallowSizes: Sizes;

  /** @param later groups of a later snapshot: what is a table there is one here */
  constructor(
    analysis: HeapAnalysis,
    readonly tree: ReachTree,
    later: PathGroups | null = null,
  ) {
    const { graph, objects, shallowSizes } = analysis;
    this.graph = graph;
    this.objects = objects;
    this.shallowSizes = shallowSizes;
    this.properties = graph.strings.indexOf('properties');
    this.ofNode = new Int32Array(graph.nodeCount).fill(-1);
    this.isStore = new Uint8Array(graph.nodeCount);
    this.labels = new Uint32Array(graph.nodeCount);
    this.classes = classHashes(analysis);
    const labels = new Labels(analysis, (node) =>
      later === null ? false : this.isTableLater(later, this.ofNode[node]),
    );
    for (let place = 0; place < tree.order.length; place++) {
      const node = tree.order[place];
      const owner = tree.owners[node];
      const isPart = owner >= 0 && isString(graph.nodeTypes[owner]);
      // What belongs to an object, and what a rope is made of, are bytes of their owner.
      if (!objects.isVisible(node) || isPart) {
        if (owner < 0) continue;
        this.ofNode[node] = this.ofNode[owner];
        this.sizes[this.ofNode[owner]] += shallowSizes[node];
        this.isStore[node] = 1;
        continue;
      }
      // V8's lists hang from nothing, wherever it keeps them.
      const isList = graph.nodeTypes[node] === NodeType.synthetic;
      const label =
        owner < 0 || isList ? Label.root : labels.of(owner, tree.sources[node], tree.edges[node], node);
      this.labels[node] = label;
      const group = this.groupOf(node, owner, label);
      this.ofNode[node] = group;
      this.counts[group]++;
      this.sizes[group] += shallowSizes[node] + this.sizeOfProperties(node);
      if (labels.isTable(node)) this.tables[group]++;
    }
  }

  get length(): number {
    return this.counts.length;
  }

  /** The group of this snapshot that is `group` of another one, or -1. */
  like(other: PathGroups, group: number): number {
    return this.keys.find(other.keys.high(group), other.keys.low(group));
  }

  /** The bytes of an object's names and values, where a snapshot does not count them as the object's: since V8 15. */
  private sizeOfProperties(node: number): number {
    const { graph, shallowSizes, objects } = this;
    const { nodeTypes, firstEdges, edgeTargets } = graph;
    if (nodeTypes[node] !== NodeType.object) return 0;
    let size = 0;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      if (graph.edgeType(edge) !== EdgeType.internal || graph.edgeNumber(edge) !== this.properties) continue;
      const store = edgeTargets[edge];
      if (nodeTypes[store] === NodeType.array && !objects.isVisible(store)) size += shallowSizes[store];
    }
    return size;
  }

  /** What the reference to the nodes of a group is called, as a number: see `Label`. */
  labelOf(group: number): number {
    return this.labels[this.examples[group]];
  }

  /** Whether most nodes of a group are tables in a later snapshot: asked for each of its nodes, found once. */
  private isTableLater(later: PathGroups, group: number): boolean {
    if (this.tablesLater[group] === undefined) {
      const known = later.like(this, group);
      this.tablesLater[group] = known >= 0 && 2 * later.tables[known] > later.counts[known];
    }
    return this.tablesLater[group];
  }

  /** Whether a group is another one, or hangs from it so closely that it may be a part of the same list. */
  isWithin(group: number, other: number): boolean {
    for (let above = group, step = 0; above >= 0 && step < longestCycle; above = this.parents[above], step++)
      if (above === other) return true;
    return false;
  }

  /** Whether a node is of the class of another one, and reached by the same reference. */
  private isLike(above: number, node: number, label: number): boolean {
    if (above < 0 || label === Label.root) return false;
    return this.labels[above] === label && this.classes[above] === this.classes[node];
  }

  private groupOf(node: number, owner: number, label: number): number {
    const { ofNode, tree } = this;
    for (let above = owner, step = 0; above >= 0 && step < longestCycle; above = tree.owners[above], step++)
      if (
        this.isLike(above, node, label) &&
        (step === 0 || this.isLike(tree.owners[above], owner, this.labels[owner]))
      )
        return ofNode[above];
    const parent = owner < 0 || label === Label.root ? -1 : ofNode[owner];
    const high = mix(mix(parent < 0 ? 17 : this.keys.high(parent), label), this.classes[node]);
    const low = mix(mix(parent < 0 ? 29 : this.keys.low(parent), this.classes[node] ^ 0x5bd1e995), label);
    const known = this.keys.find(high, low);
    if (known >= 0) return known;
    this.counts.push(0);
    this.sizes.push(0);
    this.tables.push(0);
    this.examples.push(node);
    this.parents.push(parent);
    this.isEntry.push(label > Label.root && label < Label.first);
    return this.keys.add(high, low);
  }
}

/** What a reference is called, as far as that is the same for all entries of a collection. */
class Labels {
  private readonly graph: HeapGraph;
  private readonly hashes: Uint32Array;
  private readonly tables: Uint8Array;
  private readonly map: number;
  private readonly object: number;
  private readonly properties: number;
  private readonly dictionary: number;
  private readonly pairs: Uint32Array;
  private readonly rootKinds: Uint8Array;

  constructor(
    { graph, ephemerons, objects }: HeapAnalysis,
    private readonly becomesTable: (node: number) => boolean,
  ) {
    this.graph = graph;
    this.pairs = ephemerons.pairs;
    this.rootKinds = objects.roots.kinds;
    this.hashes = new Uint32Array(this.graph.strings.length);
    this.tables = new Uint8Array(this.graph.nodeCount);
    this.map = this.graph.strings.indexOf('Map');
    this.object = this.graph.strings.indexOf(this.graph.language.tableClass);
    this.properties = this.graph.strings.indexOf('properties');
    this.dictionary = this.graph.strings.indexOf('(object properties)');
  }

  of(owner: number, source: number, edge: number, target: number): number {
    const { nodeTypes } = this.graph;
    if (nodeTypes[source] === NodeType.synthetic) return Label.root + 1000;
    switch (this.graph.edgeType(edge)) {
      case EdgeType.element:
        return Label.element;
      case EdgeType.hidden:
        return this.graph.scopes[source] ? Label.first + this.graph.edgeNumber(edge) : Label.slot;
      case EdgeType.property:
        return this.isTable(source) ? Label.entry : this.hash(this.graph.edgeNumber(edge));
      case EdgeType.internal:
        if (source === owner)
          return this.isPair(this.graph.edgeNumber(edge))
            ? Label.value
            : this.hash(this.graph.edgeNumber(edge));
        if (nodeTypes[source] !== NodeType.array) return Label.store;
        return this.isKey(owner, source, edge, target) ? Label.key : Label.value;
    }
    return this.hash(this.graph.edgeNumber(edge));
  }

  /** Whether an edge leads from a key of a WeakMap to its value: its name has the numbers of both. */
  private isPair(name: number): boolean {
    return this.pairs[name] > 0;
  }

  private isKey(owner: number, table: number, edge: number, target: number): boolean {
    const { graph } = this;
    if (graph.nodeNames[owner] !== this.map || !isString(graph.nodeTypes[target])) return false;
    return isMapKey(graph.selfSizes[table], Number(graph.edgeName(edge)));
  }

  /** Whether the names of an object's properties are keys; to be asked when its group is known. */
  isTable(node: number): boolean {
    if (this.tables[node] === 0) this.tables[node] = this.hasKeys(node) ? 2 : 1;
    return this.tables[node] === 2;
  }

  private hasKeys(node: number): boolean {
    const { firstEdges, nodeTypes } = this.graph;
    if (nodeTypes[node] !== NodeType.object && nodeTypes[node] !== NodeType.closure) return false;
    if (this.rootKinds[node] !== RootKind.none) return false;
    const hasMany = firstEdges[node + 1] - firstEdges[node] > mostProperties;
    return (hasMany && this.hasManyProperties(node)) || this.becomesTable(node);
  }

  private hasManyProperties(node: number): boolean {
    const { firstEdges, nodeNames } = this.graph;
    let properties = 0;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
      if (this.graph.edgeType(edge) === EdgeType.property) properties++;
    // An instance, a function or an array may have many properties by name: V8 knows whether they come and go.
    return properties > mostProperties && (nodeNames[node] === this.object || this.isDictionary(node));
  }

  /** Whether V8 keeps the properties of an object in a hash table, as it does once there are many of ever new names. */
  private isDictionary(node: number): boolean {
    const { firstEdges, edgeTargets, nodeNames } = this.graph;
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
      if (this.graph.edgeType(edge) === EdgeType.internal && this.graph.edgeNumber(edge) === this.properties)
        return nodeNames[edgeTargets[edge]] === this.dictionary;
    return false;
  }

  private hash(string: number): number {
    if (this.hashes[string] === 0)
      this.hashes[string] = isKeyOfPython(this.graph, string)
        ? Label.entry
        : Math.max(Label.first + 64, this.graph.strings.hash(string));
    return this.hashes[string];
  }
}

/** `['/items/12']`, `[1000]`: no attribute has such a name. */
const isKeyOfPython = ({ language, strings }: HeapGraph, name: number) =>
  language.name === 'python' && strings.get(name).startsWith('[');

/** What runs while a snapshot is written is in one list of V8's now, and in another one at the next moment. */
const listName = (name: string): string => (momentary.has(name) ? strongRoots : name);

/** Per node, a hash of its class; functions count by where they are written, modules by their file. */
function classHashes({ graph, classes, objects }: HeapAnalysis): Uint32Array {
  const { nodeCount, nodeTypes, nodeNames, locations, strings } = graph;
  const hashes = new Uint32Array(nodeCount);
  const ofClass = classes.list.map(({ name, location }) =>
    hashText(location ? `${name} ${location.script ?? ''}:${location.line}:${location.column}` : name),
  );
  const text = hashText('(string)');
  const names = new NodeNames(objects);
  for (let node = 0; node < nodeCount; node++) {
    const type = nodeTypes[node];
    const location = graph.locationOf(node);
    if (isString(type)) hashes[node] = text;
    // Threads have numbers in their names.
    else if (type === NodeType.synthetic)
      hashes[node] = hashText(listName(strings.get(nodeNames[node]).replace(/\d+/g, '')));
    else if (type === NodeType.closure && location >= 0)
      hashes[node] = mix(
        mix(strings.hash(nodeNames[node]), locations.lines[location]),
        locations.columns[location],
      );
    else if (objects.roots.kinds[node] === RootKind.commonJs) {
      const filename = graph.childNamed(node, 'filename');
      // The text of a slice is in no snapshot: such a module is like no other one.
      const isKnown = filename >= 0 && nodeTypes[filename] !== NodeType.slicedString;
      hashes[node] = isKnown ? hashText(names.string(filename)) : mix(graph.nodeIds[node], 1);
    } else hashes[node] = ofClass[classes.ofNode[node]];
  }
  return hashes;
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Source: MurmurHash3's mixing of 32 bits. */
function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13) ^ value, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Numbers keys of 64 bits, in the order in which they come: open addressing in typed arrays, at most half full. */
class KeyTable {
  private highs = new Uint32Array(1 << 10);
  private lows = new Uint32Array(1 << 10);
  private places = new Int32Array(1 << 11);
  private count = 0;

  high(index: number): number {
    return this.highs[index];
  }

  low(index: number): number {
    return this.lows[index];
  }

  find(high: number, low: number): number {
    return this.places[this.placeOf(high, low)] - 1;
  }

  add(high: number, low: number): number {
    if (this.count === this.highs.length) this.grow();
    this.places[this.placeOf(high, low)] = this.count + 1;
    this.highs[this.count] = high;
    this.lows[this.count] = low;
    return this.count++;
  }

  private placeOf(high: number, low: number): number {
    const { places, highs, lows } = this;
    const last = places.length - 1;
    let place = (high ^ Math.imul(low, 0x9e3779b1)) & last;
    for (let known; (known = places[place] - 1) >= 0; place = (place + 1) & last)
      if (highs[known] === high && lows[known] === low) break;
    return place;
  }

  private grow(): void {
    const { highs, lows } = this;
    this.highs = new Uint32Array(2 * this.count);
    this.lows = new Uint32Array(2 * this.count);
    this.highs.set(highs);
    this.lows.set(lows);
    this.places = new Int32Array(4 * this.count);
    for (let index = 0; index < this.count; index++)
      this.places[this.placeOf(this.highs[index], this.lows[index])] = index + 1;
  }
}
