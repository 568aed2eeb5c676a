// What a snapshot knows of allocations, when V8 tracked them: the stack that allocated each object (`trace_function_infos`,
// `trace_tree`, the node field `trace_node_id`), and when (`samples`).
// Format: V8, src/profiler/heap-snapshot-generator.cc (SerializeTraceTree, SerializeSamples).
import type { AllocationFrame, AllocationTraces, AllocationTree } from './allocation-tree.ts';
import type { ByteWindow } from './byte-window.ts';
import type { HeapGraph } from './heap-graph.ts';
import { NumberRows } from './number-rows.ts';
import type { StringTable } from './string-table.ts';

const comma = 44;
const open = 91;
const close = 93;
const zero = 48;
/** Of a node in the file: its id, its function, how many objects and bytes. */
const numbersOfNode = 4;
const deepest = 100_000;

/** Reads the tree: `id,function,count,size,[…]`, each with its calls inside of it. */
class TraceTreeSection {
  readonly ids: number[] = [];
  readonly functions: number[] = [];
  readonly counts: number[] = [];
  readonly sizes: number[] = [];
  readonly parents: number[] = [];
  readonly #path: number[] = [];
  #numbers = [0, 0, 0, 0];
  #number = -1;
  #place = 0;

  constructor(private readonly window: ByteWindow) {}

  /** The opening bracket of the list has been read. */
  read(): boolean {
    const { window } = this;
    const { bytes } = window;
    for (; window.position < window.length; window.position++) {
      const byte = bytes[window.position];
      if (byte >= zero && byte <= zero + 9) this.#number = Math.max(0, this.#number) * 10 + byte - zero;
      else if (byte === comma) this.#endNumber();
      else if (byte === open) this.#enter();
      else if (byte === close) {
        this.#endNumber();
        if (this.#place !== 0) this.#fail();
        if (this.#path.pop() === undefined) {
          window.position++;
          return true;
        }
      } else if (byte > 32) this.#fail();
    }
    return false;
  }

  #endNumber(): void {
    if (this.#number < 0) return;
    if (this.#place >= numbersOfNode) this.#fail();
    this.#numbers[this.#place++] = this.#number;
    this.#number = -1;
  }

  #enter(): void {
    if (this.#number >= 0 || this.#place !== numbersOfNode || this.#path.length > deepest) this.#fail();
    const [id, fn, count, size] = this.#numbers;
    this.#place = 0;
    this.#path.push(this.ids.length);
    this.ids.push(id);
    this.functions.push(fn);
    this.counts.push(count);
    this.sizes.push(size);
    this.parents.push(this.#path.at(-2) ?? -1);
  }

  #fail(): never {
    return this.window.fail('The trace_tree is not a tree of id, function, count, size and calls');
  }
}

/** The sections of one snapshot. */
export class AllocationTraceSections {
  readonly #tree: TraceTreeSection;
  readonly #window: ByteWindow;
  readonly #functions: number[] = [];
  readonly #samples: number[] = [];

  constructor(window: ByteWindow) {
    this.#window = window;
    this.#tree = new TraceTreeSection(window);
  }

  /** @param name of a section; null for one of another kind */
  section(name: string): { read(): boolean } | null {
    if (name === 'trace_tree') return this.#tree;
    if (name === 'trace_function_infos') return rowsInto(this.#window, name, 6, this.#functions);
    if (name === 'samples') return rowsInto(this.#window, name, 2, this.#samples);
    return null;
  }

  /** @param traceIds per node of the heap, the id of a node of the tree */
  finish(traceIds: Uint32Array | null, nodeCount: number, strings: StringTable): AllocationTraces | null {
    const { ids, functions, counts, sizes, parents } = this.#tree;
    if (ids.length === 0 && this.#samples.length === 0) return null;
    const indexOf = new Map(ids.map((id, index) => [id, index]));
    const ofNode = new Int32Array(nodeCount).fill(-1);
    traceIds?.forEach((id, node) => {
      if (id !== 0) ofNode[node] = indexOf.get(id) ?? -1;
    });
    const frames: AllocationFrame[] = [];
    for (let at = 0; at < this.#functions.length; at += 6) {
      const [, name, script, scriptId, line, column] = this.#functions.slice(at, at + 6);
      const text = (index: number) => (index < strings.length ? strings.get(index) : '');
      frames.push({
        functionName: text(name),
        script: text(script),
        scriptId,
        line: line - 1,
        column: column - 1,
      });
    }
    if (frames.length === 0)
      frames.push({ functionName: '(root)', script: '', scriptId: 0, line: -1, column: -1 });
    const moments = this.#samples.length / 2;
    return {
      ofNode,
      frames,
      parents: Int32Array.from(parents),
      frameOf: Uint32Array.from(functions, (index) => (index < frames.length ? index : 0)),
      made: Float64Array.from(counts),
      madeBytes: Float64Array.from(sizes),
      times: Float64Array.from({ length: moments }, (_, i) => this.#samples[2 * i]),
      lastIds: Float64Array.from({ length: moments }, (_, i) => this.#samples[2 * i + 1]),
    };
  }
}

function rowsInto(window: ByteWindow, name: string, fields: number, into: number[]) {
  const rows = new NumberRows(window, name, fields, null);
  return {
    read(): boolean {
      for (let count; (count = rows.next()) > 0; rows.pass(count))
        for (let i = 0; i < count * fields; i++) into.push(rows.values[i]);
      return rows.ended;
    },
  };
}

/**
 * What is alive by the stack that allocated it; null where V8 did not track it.
 *
 * @param nodes those that count; null for all
 * @param newerThan only objects with a larger id: those of a range of the timeline
 */
export function aliveByStack(
  { allocations, selfSizes, nodeIds }: HeapGraph,
  nodes: Uint32Array | null,
  [newerThan, upTo]: readonly [number, number] = [0, Infinity],
): AllocationTree | null {
  if (allocations === null || allocations.parents.length === 0) return null;
  const { ofNode, frames, parents, frameOf } = allocations;
  const bytes = new Float64Array(parents.length);
  const counts = new Float64Array(parents.length);
  const count = (node: number) => {
    const stack = ofNode[node];
    if (stack < 0 || nodeIds[node] <= newerThan || nodeIds[node] > upTo) return;
    bytes[stack] += selfSizes[node];
    counts[stack]++;
  };
  if (nodes) nodes.forEach(count);
  else for (let node = 0; node < ofNode.length; node++) count(node);
  return { frames, parents, frameOf, bytes, counts, isEstimate: false };
}

/** The stack that allocated a node, as places in `frames`, the innermost first; empty where V8 did not track it. */
export function allocationStackOf({ allocations }: HeapGraph, node: number): AllocationFrame[] {
  if (allocations === null) return [];
  const stack: AllocationFrame[] = [];
  for (let at = allocations.ofNode[node]; at > 0; at = allocations.parents[at])
    stack.push(allocations.frames[allocations.frameOf[at]]);
  return stack;
}

/** A bar of the timeline: what was allocated between two moments. */
export interface AllocatedInterval {
  /** Milliseconds from the first moment. */
  start: number;
  end: number;
  /** Ids of the objects: larger than `after`, and at most `last`. */
  after: number;
  last: number;
  /** What of it is alive. */
  count: number;
  bytes: number;
}

/** Microseconds from the beginning to the first moment that V8's inspector notes. */
const firstMoment = 50_000;

/** The smallest id of an object with a stack; Infinity where there is none. */
function firstTrackedId({ ofNode }: AllocationTraces, nodeIds: ArrayLike<number>): number {
  let first = Infinity;
  for (let node = 0; node < ofNode.length; node++)
    if (ofNode[node] > 0 && nodeIds[node] % 2 === 1 && nodeIds[node] < first) first = nodeIds[node];
  return first;
}

/** What was allocated in each interval of a `.heaptimeline` and is alive; empty for other snapshots. */
export function allocationTimeline({ allocations, nodeIds, selfSizes }: HeapGraph): AllocatedInterval[] {
  if (allocations === null || allocations.times.length < 2) return [];
  const first = firstTrackedId(allocations, nodeIds);
  // V8 notes the first moment some time after it began; what it tracked until then is known by the ids alone.
  const hasLead = first <= allocations.lastIds[0];
  const times = hasLead ? [allocations.times[0] - firstMoment, ...allocations.times] : [...allocations.times];
  const lastIds = hasLead ? [first - 1, ...allocations.lastIds] : [...allocations.lastIds];
  const intervals = Array.from({ length: times.length - 1 }, (_, i) => ({
    start: (times[i] - times[0]) / 1000,
    end: (times[i + 1] - times[0]) / 1000,
    after: lastIds[i],
    last: lastIds[i + 1],
    count: 0,
    bytes: 0,
  }));
  for (let node = 0; node < nodeIds.length; node++) {
    const id = nodeIds[node];
    // Even numbers are the host's, and come in no order.
    if (id % 2 === 0 || id <= lastIds[0] || id > lastIds[lastIds.length - 1]) continue;
    let [low, high] = [0, intervals.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (intervals[middle].last < id) low = middle + 1;
      else high = middle;
    }
    intervals[low].count++;
    intervals[low].bytes += selfSizes[node];
  }
  return intervals;
}
