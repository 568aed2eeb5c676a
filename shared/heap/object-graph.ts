// The heap as a JavaScript reader thinks of it: objects that refer to objects, by name. Hidden nodes are gone, folded
// stores speak for their owners (see visibility.ts), modules and the global object are roots.
import { buildRetainers, type Retainers } from './retainers.ts';
import { isMapKey } from './hash-tables.ts';
import { findOwners, severalOwners } from './store-owners.ts';
import { findRoots, isString, RootKind, sourceTextModule, type Roots } from './roots.ts';
import { Folding, Visibility } from './visibility.ts';
import type { HeapGraph } from './heap-graph.ts';
import { NodeType } from './node-types.ts';
import { isGenerator } from './places.ts';

/** Called for a reference between `owner` and `target`; `edge` is the edge that enters the target. */
export type ReferenceVisitor = (node: number, edge: number) => void;

/** References forwards and backwards over a heap graph; what it needs is computed when it is first asked for. */
export class ObjectGraph {
  readonly roots: Roots;
  private readonly folding: Folding;
  private retainers: Retainers | null = null;
  private finalized: Uint8Array | null = null;
  private owners: Int32Array | null = null;
  private readonly mapName: number;
  private readonly functionName: number;

  /**
   * @param excluded per node, 1 for nodes that must never be seen; null for none
   * @param shared what has the retainers of the graph already, if anything does
   */
  constructor(
    readonly heap: HeapGraph,
    excluded: Uint8Array | null = null,
    private readonly shared: { readonly retainers: Retainers } | null = null,
  ) {
    this.roots = findRoots(heap);
    this.folding = new Folding(heap, excluded);
    this.mapName = heap.strings.indexOf('Map');
    this.functionName = heap.strings.indexOf('function');
  }

  /** Per node, a `Visibility`. */
  get visibility(): Uint8Array {
    return this.folding.visibility;
  }

  /** Whether a reader sees the node. */
  isVisible(node: number): boolean {
    return this.folding.visibility[node] === Visibility.visible && !this.roots.globalProxies.has(node);
  }

  /** Whether a node is one of V8's own root lists, such as `(Global handles)`. */
  isSynthetic(node: number): boolean {
    return this.heap.nodeTypes[node] === NodeType.synthetic;
  }

  /** Whether an edge leads a reader on: to a visible node, or from an owner or its store into a store of the same owner. */
  follows(source: number, edge: number): boolean {
    switch (this.folding.visibility[this.heap.edgeTargets[edge]]) {
      case Visibility.visible:
        return this.folding.isReference(source, edge);
      case Visibility.folded:
        return this.folding.folds(source, edge);
    }
    return false;
  }

  isProxy(node: number): boolean {
    return this.folding.isProxy(node);
  }

  /** The prototype of a class, which counts as a part of its class. */
  isPrototype(node: number): boolean {
    return (
      this.folding.visibility[node] === Visibility.folded && this.heap.nodeTypes[node] === NodeType.object
    );
  }

  /** Whether a node counts as an object of the program: an object, a function or a regular expression, but no scope. */
  isCounted(node: number): boolean {
    const type = this.heap.nodeTypes[node];
    if (
      type !== NodeType.object &&
      type !== NodeType.closure &&
      type !== NodeType.regexp &&
      !this.isProxy(node)
    )
      return false;
    return this.isVisible(node) && this.heap.scopes[node] === 0;
  }

  /** The one node for a thing that V8 keeps as two (the global object and its proxy). */
  canonical(node: number): number {
    return this.roots.globalProxies.get(node) ?? node;
  }

  /**
   * Visits what `node` refers to, in the order of its properties; a target that is referred to twice comes twice.
   * Strings and symbols are leaves, and a Map's keys that are strings are names: neither is visited.
   */
  eachReference(node: number, visit: ReferenceVisitor): void {
    const { firstEdges, edgeTargets, nodeTypes, nodeNames } = this.heap;
    const { visibility } = this.folding;
    if (isString(nodeTypes[node]) || nodeTypes[node] === NodeType.symbol) return;
    const isMap = nodeNames[node] === this.mapName;
    const stores = [node];
    let seen: Set<number> | null = null;
    while (stores.length > 0) {
      const source = stores.pop()!;
      for (let edge = firstEdges[source]; edge < firstEdges[source + 1]; edge++) {
        const target = edgeTargets[edge];
        if (visibility[target] === Visibility.visible) {
          if (!this.folding.isReference(source, edge) || (target === node && source !== node)) continue;
          if (isMap && source !== node && isString(nodeTypes[target]) && this.isMapKey(source, edge))
            continue;
          visit(this.canonical(target), edge);
        } else if (visibility[target] === Visibility.folded && this.folding.folds(source, edge)) {
          seen ??= new Set();
          if (seen.has(target)) continue;
          seen.add(target);
          stores.push(target);
        }
      }
    }
  }

  /**
   * Visits what refers to `node`. An owner that refers to it twice comes twice, by different edges.
   *
   * @param pairsBy what refers to the value of a WeakMap: the WeakMap, where a reader looks for it, or the key, which keeps it
   */
  eachReferrer(node: number, visit: ReferenceVisitor, pairsBy: 'table' | 'key' = 'table'): void {
    const { first, nodes, edges } = this.getRetainers();
    const { visibility } = this.folding;
    for (let slot = first[node]; slot < first[node + 1]; slot++) {
      const source = nodes[slot];
      const edge = edges[slot];
      if (pairsBy === 'key' && this.folding.isPair(edge)) {
        const key = this.canonical(source);
        if (visibility[key] === Visibility.visible) visit(key, edge);
        continue;
      }
      if (visibility[source] === Visibility.hidden || visibility[source] === Visibility.excluded) continue;
      if (!this.folding.isReference(source, edge)) continue;
      if (visibility[source] === Visibility.visible) visit(this.canonical(source), edge);
      else this.eachOwner(source, edge, (owner) => void (owner === node || visit(owner, edge)));
    }
  }

  /**
   * Visits what `node` inherits from: the prototype, by which `Object.create(settings)` keeps settings in memory; of the
   * instance of a class, the class.
   */
  eachParent(node: number, visit: ReferenceVisitor): void {
    const { firstEdges } = this.heap;
    const own = this.prototypeOf(node);
    for (const source of own < 0 ? [node] : [node, own])
      for (let edge = firstEdges[source]; edge < firstEdges[source + 1]; edge++) {
        const parent = this.parentBy(edge);
        if (parent >= 0 && parent !== node) visit(parent, edge);
      }
  }

  /** Whether an edge leads to what its source inherits from. */
  isInheritance(edge: number): boolean {
    return this.folding.isInheritance(edge);
  }

  /** Visits what inherits from `node`: see `eachParent`. */
  eachHeir(node: number, visit: ReferenceVisitor): void {
    const { first, nodes, edges } = this.getRetainers();
    const { visibility } = this.folding;
    const own = this.prototypeOf(node);
    for (const target of own < 0 ? [node] : [node, own])
      for (let slot = first[target]; slot < first[target + 1]; slot++) {
        const source = nodes[slot];
        const edge = edges[slot];
        if (!this.folding.isInheritance(edge)) continue;
        if (visibility[source] === Visibility.visible) visit(this.canonical(source), edge);
        else if (this.isPrototype(source)) this.eachOwner(source, edge, visit);
      }
  }

  /** What an edge says that its source inherits from, or -1: an object, or the class whose prototype it leads to. */
  parentBy(edge: number): number {
    const { edgeTargets } = this.heap;
    if (!this.isInheritance(edge)) return -1;
    const target = edgeTargets[edge];
    if (this.isVisible(target)) return target;
    return this.isPrototype(target) ? this.heap.childNamed(target, 'constructor') : -1;
  }

  /** The prototype that a class folds in, or -1. */
  private prototypeOf(node: number): number {
    if (this.heap.nodeTypes[node] !== NodeType.closure) return -1;
    const prototype = this.heap.childNamed(node, 'prototype');
    return prototype >= 0 && this.isPrototype(prototype) ? prototype : -1;
  }

  /** How many references lead to a node, V8's own left out. */
  countReferrers(node: number): number {
    let count = 0;
    this.eachReferrer(node, (referrer) => void (this.isSynthetic(referrer) || count++));
    return count;
  }

  /** Whether a FinalizationRegistry waits for the end of a node: then one of its cells points at it, weakly. */
  hasFinalizer(node: number): boolean {
    this.finalized ??= this.findFinalized();
    return this.finalized[node] === 1;
  }

  /** One pass over the nodes: far cheaper than the retainers of all of them. */
  private findFinalized(): Uint8Array {
    const { nodeCount, nodeNames, strings } = this.heap;
    const finalized = new Uint8Array(nodeCount);
    const cell = strings.indexOf('system / WeakCell');
    for (let node = 0; cell >= 0 && node < nodeCount; node++) {
      const target = nodeNames[node] === cell ? this.heap.childNamed(node, 'target') : -1;
      if (target >= 0) finalized[target] = 1;
    }
    return finalized;
  }

  private isMapKey(table: number, edge: number): boolean {
    return isMapKey(this.heap.selfSizes[table], Number(this.heap.edgeName(edge)));
  }

  /** Whether a node is a generator object. */
  isGenerator(node: number): boolean {
    return isGenerator(this.heap, node, this.functionName);
  }

  /** Visits the visible nodes that a folded store belongs to. */
  private eachOwner(store: number, edge: number, visit: ReferenceVisitor): void {
    this.owners ??= findOwners(this.heap, this.folding);
    const owner = this.owners[store];
    if (owner >= 0) visit(this.canonical(owner), edge);
    else if (owner === severalOwners) this.climb(store, edge, visit);
  }

  /** Looks for the owners of a store that has several. */
  private climb(store: number, edge: number, visit: ReferenceVisitor): void {
    const { first, nodes, edges } = this.getRetainers();
    const { visibility } = this.folding;
    const stores = [store];
    const seen = new Set(stores);
    while (stores.length > 0) {
      const current = stores.pop()!;
      for (let slot = first[current]; slot < first[current + 1]; slot++) {
        const owner = nodes[slot];
        if (visibility[owner] !== Visibility.visible && visibility[owner] !== Visibility.folded) continue;
        if (!this.folding.folds(owner, edges[slot])) continue;
        if (visibility[owner] === Visibility.visible) visit(this.canonical(owner), edge);
        else if (!seen.has(owner)) {
          seen.add(owner);
          stores.push(owner);
        }
      }
    }
  }

  /** The edges turned round, hidden ones too: built at the first question, kept. */
  getRetainers(): Retainers {
    return (this.retainers ??= this.shared?.retainers ?? buildRetainers(this.heap));
  }

  /** The node that an edge leaves. */
  sourceOf(edge: number): number {
    const { firstEdges } = this.heap;
    let low = 0;
    let high = this.heap.nodeCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (firstEdges[middle] <= edge) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Whether chains of back references end here: a module, the global object, the scope of scripts. */
  isRoot(node: number): boolean {
    return this.roots.kinds[node] !== RootKind.none;
  }

  /** The ES module that a scope belongs to, or -1. */
  esModuleOf(node: number): number {
    return this.roots.kinds[node] === RootKind.esModule ? sourceTextModule(this.heap, node) : -1;
  }
}
