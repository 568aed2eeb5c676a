// One moment of a heap, and the questions that all functions of the library put to it.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inspect } from 'node:util';
import { isProxy } from 'node:util/types';
import { HeapAnalysis } from '../heap/analysis.ts';
import { NodeNames } from '../heap/node-names.ts';
import type { ObjectGraph } from '../heap/object-graph.ts';
import { inBytes } from '../quantities.ts';
import { ReferenceNames } from '../heap/reference-names.ts';
import { SnapshotReader } from '../heap/snapshot-reader.ts';
import { FastRows } from '../heap/fast-rows.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { sumOf, type Sizes } from '../heap/sizes.ts';
import { capture } from './capture.ts';
import { isHeapNode } from './arguments.ts';
import { HeapNode } from './heap-node.ts';
import { everyObject, fewObjects } from './live-objects.ts';
import { placeByFiles, placeByMaps } from './original-names.ts';
import { beginQuestion, endQuestion, idGeneration, keepIds, keepsIds, noteIds } from './session.ts';
import { workingFolder } from './working-folder.ts';

/**
 * A heap at one moment: of this process (`takeSnapshot`) or out of a file (`openSnapshot`). Give it to any function as
 * `{ snapshot }` to ask about that moment instead of the present one.
 */
export class Snapshot {
  /** The heap as typed arrays. @beta */
  readonly heap: HeapGraph;
  /** Sizes, distances, dominators and more, each computed when it is first asked for. @beta */
  readonly analysis: HeapAnalysis;
  #names: NodeNames | null = null;
  #references: ReferenceNames | null = null;

  /**
   * @internal
   * @param excluded per node, 1 for nodes that must never be seen
   * @param live for each node, its index in `objects`, or -1; null when no live values are known
   * @param source `this process`, or the file
   * @param generation of the ids, see `idGeneration`
   */
  constructor(
    heap: HeapGraph,
    excluded: Uint8Array | null,
    private readonly live: { objects: readonly object[]; indices: Int32Array } | null,
    private readonly source: string,
    private readonly generation = 0,
  ) {
    this.heap = heap;
    this.analysis = new HeapAnalysis(heap, excluded);
    Object.defineProperty(this, inspect.custom, {
      __proto__: null,
      value: inspectSnapshot,
    } as PropertyDescriptor);
  }

  /** The heap as a JavaScript reader thinks of it. @beta */
  get graph(): ObjectGraph {
    return this.analysis.objects;
  }

  /** Names of types and objects. @beta */
  get names(): NodeNames {
    return (this.#names ??= new NodeNames(this.graph, workingFolder()));
  }

  /** Names of references. @beta */
  get references(): ReferenceNames {
    return (this.#references ??= new ReferenceNames(this.graph, this.names));
  }

  /** Per node, bytes of its own, V8's hidden nodes that only it owns included: as in DevTools. @beta */
  get shallowSizes(): Sizes {
    return this.analysis.shallowSizes;
  }

  /** Per node, bytes that would be freed with it. @beta */
  get retainedSizes(): Sizes {
    return this.analysis.retainedSizes;
  }

  /** Per node, how many references it is away from the global object; from 100,000,000 up, only V8 itself reaches it. @beta */
  get distances(): Int32Array {
    return this.analysis.distances.distances;
  }

  /** Per node, the last node through which all ways from the root to it lead: freeing that one frees it. @beta */
  get dominators(): Uint32Array {
    return this.analysis.dominatorTree.dominators;
  }

  /** The view of a node that predicates and callbacks get, by the node's index. @beta */
  node(ordinal: number): HeapNode {
    return new HeapNode(this, ordinal);
  }

  /** The live object behind a node; undefined when there is none: of another process, collected, or V8's own. @beta */
  valueOf(ordinal: number): unknown {
    if (this.live) {
      const index = this.live.indices[ordinal];
      return index < 0 ? undefined : this.live.objects[index];
    }
    if (!this.hasPresentIds() || !keepsIds()) return undefined;
    const inspector = beginQuestion();
    try {
      return inspector?.objectWithId(this.heap.nodeIds[ordinal]);
    } finally {
      endQuestion(inspector);
    }
  }

  /** The node of a live object or of a `HeapNode`; -1 when this snapshot does not have it. @beta */
  find(object: unknown): number {
    if (isHeapNode(object)) {
      if (object.snapshot === this) return object.ordinal;
      return object.snapshot.source === this.source && object.snapshot.generation === this.generation
        ? this.heap.nodeWithId(object.id)
        : -1;
    }
    if (this.live) {
      // The last: targets follow the objects of the query, and are among these as well.
      const index = this.live.objects.lastIndexOf(object as object);
      return index < 0 ? -1 : this.live.indices.indexOf(index);
    }
    if (!this.hasPresentIds()) return -1;
    const inspector = beginQuestion();
    try {
      const id = inspector ? inspector.idOf(object) : 0;
      return id === 0 ? -1 : this.heap.nodeWithId(id);
    } finally {
      endQuestion(inspector);
    }
  }

  /** @internal */
  inLine(): string {
    const bytes = sumOf(this.heap.selfSizes);
    return `Snapshot { ${this.source}, ${this.heap.nodeCount.toLocaleString('en')} nodes, ${inBytes(bytes)} }`;
  }

  /** Whether V8 still calls the objects by the ids of this snapshot. */
  private hasPresentIds(): boolean {
    return this.source === 'this process' && idGeneration() === this.generation;
  }
}

/** What the REPL and `console.log` show; no method of the class, as in heap-node.ts. */
function inspectSnapshot(this: Snapshot): string {
  return this.inLine();
}

/** Whether a value is a snapshot of ours (and no proxy of one). */
export function isSnapshot(value: unknown): value is Snapshot {
  return typeof value === 'object' && !isProxy(value) && value instanceof Snapshot;
}

/**
 * Takes a snapshot of this process, to put several questions to one moment.
 *
 * Until `forgetIds()` is called, V8 follows its objects, and allocation is slower.
 *
 * @example
 * const snapshot = takeSnapshot();
 * showBackrefs(byType('Session', { snapshot })[0], { snapshot });
 */
export function takeSnapshot(): Snapshot {
  keepIds();
  const { heap, excluded } = capture([]);
  noteIds();
  placeByMaps(heap);
  return new Snapshot(heap, excluded, null, 'this process', idGeneration());
}

/**
 * Reads a `.heapsnapshot` file.
 *
 * @throws SnapshotError when the file is no heap snapshot or a damaged one, with the byte where that shows;
 *   the error of `fs` when it cannot be read.
 */
export function openSnapshot(file: string): Snapshot {
  const descriptor = openSync(file, 'r');
  try {
    if (fstatSync(descriptor).isDirectory())
      throw new Error(`${file} is a folder: name a .heapsnapshot file in it`);
    const reader = new SnapshotReader(FastRows.create());
    const buffer = new Uint8Array(1 << 20);
    for (let length; (length = readSync(descriptor, buffer)) > 0;) reader.write(buffer.subarray(0, length));
    const heap = reader.end();
    placeByFiles(heap, file);
    return new Snapshot(heap, null, null, file);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Of which objects a snapshot knows the live values: of all, which takes twice the memory; of those of types with few
 * instances, which is enough for labels; of none but the targets; or of the given ones.
 */
export type LiveValues = 'all' | 'few' | 'none' | object[];

const liveObjects = { all: everyObject, few: fewObjects, none: () => [] };

/**
 * A snapshot for one question about the present, in which `targets` are found, and in which nodes know their live
 * values where V8 can give them.
 *
 * @param own what was made to ask the question (the array of objects that a caller passes): it is never seen
 */
export function snapshotNow(
  targets: readonly unknown[],
  values: LiveValues,
  own: readonly object[] = [],
): { snapshot: Snapshot; nodes: Int32Array } {
  const inspector = beginQuestion();
  try {
    const objects = Array.isArray(values) ? values : inspector ? liveObjects[values](inspector) : [];
    inspector?.releaseHandles();
    const { heap, excluded, targets: nodes, objects: ordinals } = capture(targets, objects, own);
    noteIds();
    placeByMaps(heap);
    const indices = new Int32Array(heap.nodeCount).fill(-1);
    for (let index = 0; index < ordinals.length; index++)
      if (ordinals[index] >= 0) indices[ordinals[index]] = index;
    // A target may be something that the query cannot give (it inherits from nothing): its value is known all the same.
    const known = objects.concat(targets as object[]);
    for (let i = 0; i < nodes.length; i++) if (nodes[i] >= 0) indices[nodes[i]] = objects.length + i;
    const live = { objects: known, indices };
    return { snapshot: new Snapshot(heap, excluded, live, 'this process', idGeneration()), nodes };
  } finally {
    endQuestion(inspector);
  }
}
