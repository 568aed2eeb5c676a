// Who allocated: a tree of calls with the bytes that each made itself, whatever counted them (V8's sampling profiler, a snapshot
// with allocation tracking, two moments of either). Nodes are in the order of a walk: parents first, each before its siblings.

/** A function in code that runs. */
export interface AllocationFrame {
  /** Empty for an anonymous one; V8 puts what is no function in parentheses: `(root)`, `(GC)`. */
  functionName: string;
  /** Its file or URL; empty for V8's own. */
  script: string;
  scriptId: number;
  /** Where the function begins, counted from 0; -1 where V8 does not know. */
  line: number;
  column: number;
}

/** A tree of calls; node 0 is its root. @beta */
export interface AllocationTree {
  frames: readonly AllocationFrame[];
  /** Per node, the function that called it; -1 for the root. */
  parents: Int32Array;
  /** Per node, its place in `frames`. */
  frameOf: Uint32Array;
  /** Per node, what it allocated itself and is still alive; negative in a difference. */
  bytes: Float64Array;
  /** Per node, how many objects these are; null where they were not counted. */
  counts: Float64Array | null;
  /** Whether the bytes are reckoned from samples. */
  isEstimate: boolean;
}

/** Builds a tree from nodes in the order of a walk. */
export class AllocationTreeBuilder {
  readonly #frames: AllocationFrame[] = [];
  readonly #frameIds = new Map<string, number>();
  readonly #parents: number[] = [];
  readonly #frameOf: number[] = [];
  readonly #bytes: number[] = [];
  readonly #counts: number[] = [];

  /** @returns the number of the node */
  add(parent: number, frame: AllocationFrame, bytes: number, count = 0): number {
    const key = `${frame.scriptId} ${frame.line} ${frame.column} ${frame.functionName} ${frame.script}`;
    let id = this.#frameIds.get(key);
    if (id === undefined) this.#frameIds.set(key, (id = this.#frames.push(frame) - 1));
    this.#parents.push(parent);
    this.#frameOf.push(id);
    this.#counts.push(count);
    return this.#bytes.push(bytes) - 1;
  }

  finish(isEstimate: boolean, areCounted: boolean): AllocationTree {
    return {
      frames: this.#frames,
      parents: Int32Array.from(this.#parents),
      frameOf: Uint32Array.from(this.#frameOf),
      bytes: Float64Array.from(this.#bytes),
      counts: areCounted ? Float64Array.from(this.#counts) : null,
      isEstimate,
    };
  }
}

/** Per node, its own bytes and those of all that it called. */
export function totalBytes({ parents, bytes }: AllocationTree): Float64Array {
  const totals = bytes.slice();
  for (let node = totals.length - 1; node > 0; node--) totals[parents[node]] += totals[node];
  return totals;
}

/** What functions of one group (a function, a file, a package) allocated. */
export interface AllocationGroup {
  /** By what was grouped. */
  group: number;
  /** Bytes that it allocated itself, or through calls of what has no group. */
  selfBytes: number;
  /** Objects, likewise; 0 where they were not counted. */
  selfCount: number;
  /** With the bytes of all that it called; of recursion, once. */
  totalBytes: number;
}

/**
 * What each group allocated, those with the most bytes of their own first.
 *
 * @param groupOf per frame, its group; -1 for one that counts for the one that called it: when only the program's own functions
 * have groups, what a package allocated counts for the function that called the package
 */
export function groupAllocations(tree: AllocationTree, groupOf: ArrayLike<number>): AllocationGroup[] {
  const { parents, frameOf, bytes, counts } = tree;
  const totals = totalBytes(tree);
  const groups = new Map<number, AllocationGroup>();
  const credited = new Int32Array(parents.length).fill(-1);
  const path: number[] = [];
  const active = new Map<number, number>();
  for (let node = 0; node < parents.length; node++) {
    while (path.length > 0 && path.at(-1) !== parents[node]) leave(path.pop()!);
    path.push(node);
    const own = groupOf[frameOf[node]];
    credited[node] = own >= 0 || parents[node] < 0 ? own : credited[parents[node]];
    if (credited[node] >= 0) {
      const row = groupRow(credited[node]);
      row.selfBytes += bytes[node];
      row.selfCount += counts?.[node] ?? 0;
    }
    if (own < 0) continue;
    const depth = active.get(own) ?? 0;
    if (depth === 0) groupRow(own).totalBytes += totals[node];
    active.set(own, depth + 1);
  }
  const isSomething = ({ selfBytes, totalBytes: total }: AllocationGroup) => selfBytes !== 0 || total !== 0;
  return [...groups.values()]
    .filter(isSomething)
    .sort(
      (a, b) =>
        Math.abs(b.selfBytes) - Math.abs(a.selfBytes) || Math.abs(b.totalBytes) - Math.abs(a.totalBytes),
    );

  function leave(node: number): void {
    const own = groupOf[frameOf[node]];
    if (own >= 0) active.set(own, active.get(own)! - 1);
  }

  function groupRow(group: number): AllocationGroup {
    let row = groups.get(group);
    if (!row) groups.set(group, (row = { group, selfBytes: 0, selfCount: 0, totalBytes: 0 }));
    return row;
  }
}

/** Calls that differ between two moments: bytes are those of `after` less those of `before`. */
export function differenceOfAllocations(before: AllocationTree, after: AllocationTree): AllocationTree {
  const merged = new MergedCalls(after.frames[after.frameOf[0]] ?? before.frames[before.frameOf[0]]);
  merged.add(before, -1);
  merged.add(after, 1);
  const areCounted = before.counts !== null && after.counts !== null;
  return merged.finish(before.isEstimate || after.isEstimate, areCounted);
}

interface Call {
  frame: AllocationFrame;
  bytes: number;
  count: number;
  calls: Map<string, Call>;
}

/** The same call of two trees is one: functions are compared by file and place, as scripts have other numbers in other runs. */
class MergedCalls {
  readonly #root: Call;

  constructor(frame: AllocationFrame) {
    this.#root = { frame, bytes: 0, count: 0, calls: new Map() };
  }

  add({ frames, parents, frameOf, bytes, counts }: AllocationTree, sign: number): void {
    const calls: Call[] = [];
    for (let node = 0; node < parents.length; node++) {
      const call = node === 0 ? this.#root : callOf(calls[parents[node]], frames[frameOf[node]]);
      call.bytes += sign * bytes[node];
      call.count += sign * (counts?.[node] ?? 0);
      calls.push(call);
    }
  }

  finish(isEstimate: boolean, areCounted: boolean): AllocationTree {
    const builder = new AllocationTreeBuilder();
    const open = [{ call: this.#root, parent: -1 }];
    for (let next; (next = open.pop());) {
      const { frame, bytes, count, calls } = next.call;
      const parent = builder.add(next.parent, frame, bytes, count);
      for (const call of [...calls.values()].reverse()) open.push({ call, parent });
    }
    return builder.finish(isEstimate, areCounted);
  }
}

function callOf({ calls }: Call, frame: AllocationFrame): Call {
  const key = `${frame.line} ${frame.column} ${frame.functionName} ${frame.script}`;
  let call = calls.get(key);
  if (!call) calls.set(key, (call = { frame, bytes: 0, count: 0, calls: new Map() }));
  return call;
}

/** Stacks and times of allocations. @beta */
export interface AllocationTraces {
  /** Per node of the heap, the node of the tree that allocated it; -1 where V8 did not track it. */
  ofNode: Int32Array;
  /** Per node of the tree, its place in `frames`, its caller, and how many objects and bytes it ever made. */
  frames: readonly AllocationFrame[];
  parents: Int32Array;
  frameOf: Uint32Array;
  made: Float64Array;
  madeBytes: Float64Array;
  /** Moments, in microseconds from the first, and the largest id that an object had then; empty without a timeline. */
  times: Float64Array;
  lastIds: Float64Array;
}
