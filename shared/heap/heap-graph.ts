// The heap as a graph: one read-only value of typed arrays, as a snapshot gives it. Every analysis is a function of it
// in a file of its own. A node is its ordinal (0 is V8's root), an edge is its position in the edge arrays.
import type { AllocationTraces } from './allocation-tree.ts';
import { numberIn, typeIn, type EdgeLabels } from './edge-labels.ts';
import { javascript, type HeapLanguage } from './heap-language.ts';
import type { Locations } from './location-table.ts';
import { EdgeType } from './node-types.ts';
import type { Places } from './original-place.ts';
import { findScopes } from './scopes.ts';
import type { Sizes } from './sizes.ts';
import type { StringTable } from './string-table.ts';

/** The arrays of a snapshot; see `HeapGraph` for their meaning. */
export interface HeapArrays {
  nodeTypes: Uint8Array;
  nodeNames: Uint32Array;
  nodeIds: Uint32Array;
  selfSizes: Sizes;
  detachedness: Uint8Array;
  firstEdges: Uint32Array;
  edgeLabels: EdgeLabels;
  edgeTargets: Uint32Array;
  locations: Locations;
  strings: StringTable;
  /** What a snapshot of another language than JavaScript says besides. */
  language?: HeapLanguage;
  descriptions?: Uint32Array | null;
  scripts?: ReadonlyMap<number, number> | null;
  modules?: ReadonlyMap<number, number> | null;
  allocations?: AllocationTraces | null;
}

/**
 * A heap snapshot in memory. @beta
 *
 * All arrays are indexed by node ordinal or edge position and are never written to.
 *
 * @example
 * for (let edge = graph.firstEdges[node]; edge < graph.firstEdges[node + 1]; edge++) {
 *   console.log(graph.edgeName(edge), graph.nodeName(graph.edgeTargets[edge]));
 * }
 */
export class HeapGraph {
  /** Per node, a `NodeType`. */
  readonly nodeTypes: Uint8Array;
  /** Per node, the index of its name in `strings`. */
  readonly nodeNames: Uint32Array;
  /** Per node, its heap object id: stable as long as V8 tracks the objects of one process. */
  readonly nodeIds: Uint32Array;
  /** Per node, its own bytes, as V8 counts them. */
  readonly selfSizes: Sizes;
  /** Per node, 0 unknown, 1 attached, 2 detached (DOM nodes). */
  readonly detachedness: Uint8Array;
  /** Per node, its first edge; `firstEdges[node + 1]` ends its edges. */
  readonly firstEdges: Uint32Array;
  /** See `EdgeLabels`. */
  private readonly edgeHeads: Uint8Array;
  private readonly edgeTails: Uint16Array | Uint32Array;
  /** Per edge, the node it leads to. */
  readonly edgeTargets: Uint32Array;
  /** Where functions and classes are in their scripts. */
  readonly locations: Locations;
  /** The texts that nodes and edges are named by. */
  readonly strings: StringTable;
  /** Where generated code comes from; null where source maps were not read. Set once, before the first question. */
  places: Places | null = null;
  private knownScopes: Uint8Array | null = null;
  /** The language of the program, which decides how its objects are called. */
  readonly language: HeapLanguage;
  /** Per node, the index in `strings` of a text that distinguishes it from its like, 0 for none; null in V8's snapshots. */
  readonly descriptions: Uint32Array | null;
  /** Per script, the index of its file in `strings`, where the snapshot lists them: V8's do not. */
  readonly scripts: ReadonlyMap<number, number> | null;
  /** Per index of a module's name in `strings`, its script, where the snapshot lists them: V8's do not. */
  readonly modules: ReadonlyMap<number, number> | null;
  /** The stacks that allocated objects, and when; null where V8 did not track allocations. */
  readonly allocations: AllocationTraces | null;

  constructor(arrays: HeapArrays) {
    this.nodeTypes = arrays.nodeTypes;
    this.nodeNames = arrays.nodeNames;
    this.nodeIds = arrays.nodeIds;
    this.selfSizes = arrays.selfSizes;
    this.detachedness = arrays.detachedness;
    this.firstEdges = arrays.firstEdges;
    this.edgeHeads = arrays.edgeLabels.heads;
    this.edgeTails = arrays.edgeLabels.tails;
    this.edgeTargets = arrays.edgeTargets;
    this.locations = arrays.locations;
    this.strings = arrays.strings;
    this.language = arrays.language ?? javascript;
    this.descriptions = arrays.descriptions ?? null;
    this.scripts = arrays.scripts ?? null;
    this.modules = arrays.modules ?? null;
    this.allocations = arrays.allocations ?? null;
  }

  /** How many nodes there are; each is its ordinal, from 0 on. */
  get nodeCount(): number {
    return this.nodeTypes.length;
  }

  /** How many edges there are; each is its position, from 0 on. */
  get edgeCount(): number {
    return this.edgeTargets.length;
  }

  /** Per node, 1 for scopes (see `findScopes`): computed when it is first asked for, kept. */
  get scopes(): Uint8Array {
    return (this.knownScopes ??= findScopes(this));
  }

  /** V8's name of a node: a class, a function, the text of a string, `system / …`. */
  nodeName(node: number): string {
    return this.strings.get(this.nodeNames[node]);
  }

  /** An edge's `EdgeType`. */
  edgeType(edge: number): number {
    return typeIn(this.edgeHeads[edge]);
  }

  /** The number that names an edge: an index (element and hidden edges), or the index of its name in `strings`. */
  edgeNumber(edge: number): number {
    return numberIn(this.edgeHeads[edge], this.edgeTails[edge]);
  }

  /** An edge's name as text; an index for element and hidden edges. */
  edgeName(edge: number): string {
    const number = this.edgeNumber(edge);
    return this.hasIndexName(edge) ? String(number) : this.strings.get(number);
  }

  /** Whether an edge is named by a number (element, hidden) and not by a string. */
  hasIndexName(edge: number): boolean {
    const type = this.edgeType(edge);
    return type === EdgeType.element || type === EdgeType.hidden;
  }

  /** The first edge of `node` called `name`, or -1. */
  edgeNamed(node: number, name: string): number {
    for (let edge = this.firstEdges[node]; edge < this.firstEdges[node + 1]; edge++) {
      if (!this.hasIndexName(edge) && this.strings.equals(this.edgeNumber(edge), name)) return edge;
    }
    return -1;
  }

  /** The node that the first edge of `node` called `name` leads to, or -1. */
  childNamed(node: number, name: string): number {
    const edge = this.edgeNamed(node, name);
    return edge < 0 ? -1 : this.edgeTargets[edge];
  }

  /** Where `node` is in the source: the place of its location in the lists of `locations`, or -1. */
  locationOf(node: number): number {
    return this.locations.ofNode[node] - 1;
  }

  /** The node with a heap object id, or -1. Looks at every node: keep an index of your own for many look-ups. */
  nodeWithId(id: number): number {
    return this.nodeIds.indexOf(id);
  }
}
