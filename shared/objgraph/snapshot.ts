// One moment of a heap, and the questions that all functions of the library put to it.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { NodeNames } from '../heap/node-names.ts';
import { ObjectGraph } from '../heap/object-graph.ts';
import { SnapshotReader } from '../heap/snapshot-reader.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { capture } from './capture.ts';
import { HeapNode } from './heap-node.ts';
import { everyObject } from './live-objects.ts';
import { keepIds, keepsIds, withInspector } from './session.ts';
import { receive, withExpression, type Inspector } from './inspector.ts';

/**
 * A heap at one moment: of this process (`takeSnapshot`) or out of a file (`openSnapshot`). Give it to any function as
 * `{ snapshot }` to ask about that moment instead of the present one.
 */
export class Snapshot {
  /** The heap as typed arrays. */
  readonly heap: HeapGraph;
  readonly graph: ObjectGraph;
  readonly names: NodeNames;

  /**
   * @param excluded per node, 1 for nodes that must never be seen
   * @param live for each node, its index in `objects`, or -1; null when no live values are known
   */
  constructor(
    heap: HeapGraph,
    excluded: Uint8Array | null,
    private readonly live: { objects: readonly object[]; indices: Int32Array } | null,
    private readonly source: 'this process' | 'a file',
  ) {
    this.heap = heap;
    this.graph = new ObjectGraph(heap, excluded);
    this.names = new NodeNames(this.graph, process.cwd());
  }

  /** The view of a node that predicates and callbacks get. */
  node(ordinal: number): HeapNode {
    return new HeapNode(this, ordinal);
  }

  /** The live object behind a node; undefined when there is none: of another process, collected, or V8's own. */
  valueOf(ordinal: number): unknown {
    if (this.live) {
      const index = this.live.indices[ordinal];
      return index < 0 ? undefined : this.live.objects[index];
    }
    if (this.source === 'a file' || !keepsIds()) return undefined;
    return withInspector((inspector) => inspector && objectWithId(inspector, this.heap.nodeIds[ordinal]));
  }

  /** The node of a live object or of a `HeapNode`; -1 when this snapshot does not have it. */
  find(object: unknown): number {
    if (object instanceof HeapNode) {
      return object.snapshot === this ? object.ordinal : this.heap.nodeWithId(object.id);
    }
    if (this.source === 'a file') return -1;
    return withInspector((inspector) =>
      inspector ? this.heap.nodeWithId(heapObjectId(inspector, object)) : -1,
    );
  }
}

/** V8's id of a live value. */
export function heapObjectId(inspector: Inspector, value: unknown): number {
  const objectId = withExpression(value, (expression) => inspector.evaluate(expression));
  if (objectId === undefined) return -1;
  return Number(inspector.post('HeapProfiler.getHeapObjectId', { objectId }).heapSnapshotObjectId);
}

/** The live value with an id; undefined when it is gone. Looks through the whole heap. */
export function objectWithId(inspector: Inspector, id: number): unknown {
  try {
    const { result } = inspector.post('HeapProfiler.getObjectByHeapObjectId', {
      objectId: String(id),
      objectGroup: 'objgraph',
    });
    return receive(
      inspector,
      (result as { objectId: string }).objectId,
      'function (receive) { receive(this) }',
    );
  } catch {
    return undefined;
  }
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
  return new Snapshot(heap, excluded, null, 'this process');
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
    const reader = new SnapshotReader();
    const buffer = new Uint8Array(1 << 20);
    for (let length; (length = readSync(descriptor, buffer)) > 0;) reader.write(buffer.subarray(0, length));
    return new Snapshot(reader.end(), null, null, 'a file');
  } finally {
    closeSync(descriptor);
  }
}

/**
 * A snapshot for one question about the present, in which `targets` are found, and in which nodes know their live
 * values where V8 can give them.
 *
 * @param own what was made to ask the question (the array of objects that a caller passes): it is never seen
 */
export function snapshotNow(
  targets: readonly unknown[],
  own: readonly object[] = [],
): { snapshot: Snapshot; nodes: Int32Array } {
  return withInspector((inspector) => {
    const objects = inspector ? everyObject(inspector) : [];
    inspector?.releaseHandles();
    const { heap, excluded, targets: nodes, objects: ordinals } = capture(targets, objects, own);
    const indices = new Int32Array(heap.nodeCount).fill(-1);
    for (let index = 0; index < ordinals.length; index++)
      if (ordinals[index] >= 0) indices[ordinals[index]] = index;
    // A target may be something that the query cannot give (it inherits from nothing): its value is known all the same.
    const values = objects.concat(targets as object[]);
    for (let i = 0; i < nodes.length; i++) if (nodes[i] >= 0) indices[nodes[i]] = objects.length + i;
    return { snapshot: new Snapshot(heap, excluded, { objects: values, indices }, 'this process'), nodes };
  });
}
