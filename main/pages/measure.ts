// Runs an action again and again, and compares the heaps of its page before, between and after.
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { findPageLeaks, lookAtPage, momentOf, type PageLeak } from '../../shared/heap/pages/page-leaks.ts';
import type { PageHeap as SeenHeap } from '../../shared/heap/pages/page-leaks.ts';
import type { PageMoment } from '../../shared/heap/pages/page-moment.ts';
import type { PageHeap } from './page-heap.ts';
import type { PageHeaps } from './page-heaps.ts';

export interface MeasureOptions {
  /** Runs of the first window (default 7); further windows have others, so that chance does not fit. */
  runs?: number;
  /** Runs before the first look at the heap (default 3). */
  warmup?: number;
  signal?: AbortSignal;
  /** Called with what is done now, and how much of it. */
  progress?: (task: string, done: number, total: number | null) => void;
  /** Takes the text of each snapshot, piece by piece. */
  keep?: (heap: string, snapshot: number) => (chunk: Uint8Array) => void;
}

/** What was found in one heap. */
export interface MeasuredHeap {
  heap: PageHeap;
  seen: SeenHeap;
  leaks: PageLeak[];
}

export interface Measurement {
  /** Per window that was run, how often. */
  runs: number[];
  warmup: number;
  snapshots: number;
  heaps: MeasuredHeap[];
  /** Milliseconds: all, and those of the action itself. */
  time: { all: number; action: number };
  /** What speaks against the verdict, a sentence each. */
  doubts: string[];
}

const mostWarmups = 8;

/** Windows of runs that share no divisor, as far as that goes: what comes with the clock fits none of them. */
export const windowsOf = (runs: number): number[] => [runs, Math.max(2, runs - 2), runs + 4];

/** Of what comes with some of the runs alone, three windows have few objects: chance fits them now and then, but not one more. */
const confirmingWindow = (runs: number): number => runs + 6;

interface Comparison {
  heap: PageHeap;
  moments: PageMoment[];
  seen: SeenHeap;
  leaks: PageLeak[];
}

/**
 * Looks whether an action leaks.
 *
 * @throws what the action throws; the signal's reason
 */
export async function measure(
  heaps: PageHeaps,
  action: () => unknown,
  { runs = 7, warmup = 3, signal, progress = () => {}, keep }: MeasureOptions = {},
): Promise<Measurement> {
  const start = performance.now();
  const time = { all: 0, action: 0 };
  let snapshots = 0;
  const run = async (count: number, task: string) => {
    for (let done = 0; done < count; done++) {
      signal?.throwIfAborted();
      progress(task, done, count);
      const began = performance.now();
      await action();
      time.action += performance.now() - began;
    }
  };
  const look = async (heap: PageHeap, first: PageMoment | null = null): Promise<SeenHeap> => {
    signal?.throwIfAborted();
    progress(`reading the heap of ${heap.name}`, 0, null);
    const graph = await heap.snapshot(keep?.(heap.name, snapshots));
    snapshots++;
    return lookAtPage(new HeapAnalysis(graph), await heap.isolatedGlobals(), first);
  };
  const settled = async (isCompared: (heap: PageHeap) => boolean = () => true) => {
    const list = (await heaps.list()).filter(isCompared);
    for (const heap of list) await heap.settle();
    return list;
  };

  const warmedUp = await warmUp();
  let compared: Comparison[] = [];
  for (const heap of await settled()) {
    const seen = await look(heap);
    compared.push({ heap, moments: [momentOf(seen)], seen, leaks: [] });
  }
  const usual = windowsOf(runs);
  const windows = [...usual];
  const done: number[] = [];
  for (const [i, count] of windows.entries()) {
    await run(count, `window ${i + 1} of ${windows.length}`);
    done.push(count);
    // What has come since has nothing to be compared with, and a worker that has ended keeps nothing.
    const there = await settled((heap) => compared.some((one) => one.heap === heap));
    compared = compared.filter(({ heap }) => there.includes(heap));
    for (const one of compared) {
      one.seen = await look(one.heap, one.moments[0]);
      one.leaks = findPageLeaks(one.seen, one.moments, done);
      one.moments.push(momentOf(one.seen));
    }
    const leaks = compared.flatMap((one) => one.leaks);
    if (leaks.length === 0) break;
    const isDoubtful = leaks.some(({ of, kind, perRun }) => of !== 'bytes' && kind === 'leak' && perRun < 1);
    if (isDoubtful && done.length === usual.length) windows.push(confirmingWindow(runs));
  }
  time.all = performance.now() - start;
  const measured = compared.map(({ heap, seen, leaks }) => ({ heap, seen, leaks }));
  return { runs: done, warmup: warmedUp, snapshots, heaps: measured, time, doubts: [] };

  /** Runs until each further run adds as much as the one before: what is loaded late has come by then. */
  async function warmUp(): Promise<number> {
    await run(warmup, 'warming up');
    let count = warmup;
    let before: number | null = null;
    let nodes = await countNodes();
    for (; count < Math.max(warmup, mostWarmups); count++) {
      await run(1, 'warming up');
      const now = await countNodes();
      const added = now - nodes;
      nodes = now;
      if (added === before || added === 0) return count + 1;
      before = added;
    }
    return count;
  }

  async function countNodes(): Promise<number> {
    let sum = 0;
    for (const heap of await settled()) {
      const counters = await heap.counters();
      sum += counters === null ? 0 : counters.nodes + counters.listeners;
    }
    return sum;
  }
}
