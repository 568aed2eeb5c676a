// A snapshot of this thread's own heap, taken and read without leaving the call: V8 hands its chunks to a stream,
// whose `push` we replace, so that they arrive before `read` returns. No file, no inspector, no event loop.
import type { Readable } from 'node:stream';
import { getHeapSnapshot } from 'node:v8';
import { entriesOfScripts, reachableOnlyThrough } from '../heap/excluded.ts';
import { messageOf } from '../errors.ts';
import { EdgeType, NodeType } from '../heap/node-types.ts';
import { scriptNames } from '../heap/scripts.ts';
import { SnapshotReader } from '../heap/snapshot-reader.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { process } from './node-modules.ts';
import { addOwn } from './own-objects.ts';
import { isOwnScript } from './own-scripts.ts';
import { keptSession, noteIds } from './session.ts';
import { askForScripts } from './thread-scripts.ts';

/** A heap graph, and which of its nodes some live values are. */
export interface Capture {
  heap: HeapGraph;
  /** Per node, 1 for what is the library's own. */
  excluded: Uint8Array;
  /** For each target, its node; -1 for what is no object in the heap (small numbers, undefined, …). */
  targets: Int32Array;
  /** For each of the given objects, its node. */
  objects: Int32Array;
}

let captures = 0;

/**
 * Takes a snapshot in which `targets` and `objects` are found again. Blocks while V8 walks the heap.
 *
 * @param own what was made to ask the question, and must not be seen in the answer
 */
export function capture(
  targets: readonly unknown[],
  objects: readonly object[] = [],
  own: readonly object[] = [],
): Capture {
  // V8 calls an object by its toStringTag: so this one, with what it holds, can be found among all others.
  const name = `ObjgraphHolder$${process.pid}$${++captures}`;
  const holder = {
    __proto__: null,
    targets: [...targets],
    objects,
    own: [targets, ...own, ...keptSession()],
    [Symbol.toStringTag]: name,
  };
  const heap = readOwnHeap();
  const holderNode = findHolder(heap, name);
  const entries = entriesOfScripts(heap, isOwnScript, scriptNames(heap));
  entries[holderNode] = 1;
  markStreams(heap, entries);
  for (const list of ['targets', 'objects', 'own']) entries[heap.childNamed(holderNode, list)] = 1;
  for (const node of elements(heap, heap.childNamed(holderNode, 'own'), holder.own.length)) entries[node] = 1;
  const found = elements(heap, heap.childNamed(holderNode, 'targets'), holder.targets.length);
  return {
    heap,
    excluded: reachableOnlyThrough(heap, entries, found),
    targets: found,
    objects: elements(heap, heap.childNamed(holderNode, 'objects'), objects.length),
  };
}

function readOwnHeap(): HeapGraph {
  const stream = openStream();
  const reader = new SnapshotReader();
  let failure: unknown = null;
  stream.push = (chunk: Uint8Array | null): boolean => {
    // An exception must not travel through V8: it is kept, and thrown when V8 is done.
    try {
      if (chunk && !failure) reader.write(chunk);
    } catch (error) {
      failure = error;
    }
    return true;
  };
  stream.read(0);
  release(stream);
  // The stream lives until the event loop turns; the reader must not.
  Reflect.deleteProperty(stream, 'push');
  if (failure) throw failure as Error;
  return reader.end();
}

/**
 * V8 before version 12, as in Node 20, counts the lines of a script from its beginning for each function of a snapshot, unless it has
 * listed its scripts: minutes for a script of 9 MB.
 */
const countsLinesAnew = Number.parseInt(process.versions.v8, 10) < 12;

/** @throws Error that names what in the program breaks Node's streams, such as `Object.prototype.signal` */
function takeSnapshot(): Readable {
  if (countsLinesAnew) askForScripts();
  try {
    return getHeapSnapshot();
  } catch (error) {
    const names = Object.keys(Object.prototype);
    if (names.length === 0) throw error;
    const reason = `Object.prototype has properties of the program (${names.join(', ')}), with which Node takes no heap snapshot`;
    throw new Error(`${reason}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * V8's snapshot as a stream. Its two halves, in JavaScript and in C++, outlive the question for a while; and V8 keeps a
 * pattern of the second for the next time.
 */
function openStream(): Readable {
  const stream = takeSnapshot();
  addOwn(stream);
  for (const symbol of Object.getOwnPropertySymbols(stream)) {
    const half: unknown = symbol.description === 'kHandle' ? Reflect.get(stream, symbol) : null;
    if (typeof half === 'object' && half !== null) addOwn(Object.getPrototypeOf(half) as object);
  }
  return stream;
}

/**
 * Frees V8's copy of the heap at once. `destroy` would do the same, and leave objects of its own behind until the event
 * loop turns, which in a synchronous program is never.
 */
function release(stream: Readable): void {
  stream._destroy(null, () => {});
}

/** Gives every object that has none an id. Cheaper than a capture: V8 walks the heap, but writes nothing. */
export function numberObjects(): void {
  const stream = openStream();
  release(stream);
  noteIds();
}

/** Node's streams of earlier snapshots live until the event loop turns. */
function markStreams(heap: HeapGraph, entries: Uint8Array): void {
  const name = heap.strings.indexOf('HeapSnapshotStream');
  for (let node = 0; name >= 0 && node < heap.nodeCount; node++)
    if (heap.nodeNames[node] === name && heap.nodeTypes[node] === NodeType.object) entries[node] = 1;
}

function findHolder(heap: HeapGraph, name: string): number {
  const index = heap.strings.indexOf(name);
  for (let node = 0; node < heap.nodeCount; node++)
    if (heap.nodeNames[node] === index && heap.nodeTypes[node] === NodeType.object) return node;
  throw new Error(
    'objgraph could not find its own objects in the heap snapshot: this version of V8 names objects in another way',
  );
}

function elements(heap: HeapGraph, array: number, length: number): Int32Array {
  const nodes = new Int32Array(length).fill(-1);
  if (array < 0) return nodes;
  for (let edge = heap.firstEdges[array]; edge < heap.firstEdges[array + 1]; edge++)
    if (heap.edgeType(edge) === EdgeType.element) nodes[heap.edgeNumber(edge)] = heap.edgeTargets[edge];
  return nodes;
}
