// The heaps that a command is asked about: read one after another, with progress, until Ctrl-C.
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { findTarget } from '../targets/kinds.ts';
import { readHeap } from '../targets/read-heap.ts';
import type { ReadContext } from '../targets/target.ts';
import { showProgress } from './progress.ts';
import { StoppedError, UsageError } from './run.ts';

/** A heap, what the user called it, and all that can be asked about it. */
export interface Heap {
  name: string;
  analysis: HeapAnalysis;
}

/** @throws UsageError for a number of sources that the command does not take; TargetError */
export async function readHeaps(sources: readonly string[], least = 1, most = least): Promise<Heap[]> {
  if (sources.length < least || sources.length > most) {
    const wanted =
      least === most ? (least === 1 ? 'one SOURCE' : `${least} SOURCEs`) : `${least} to ${most} SOURCEs`;
    throw new UsageError(`it takes ${wanted}: a file, -, a process id or an inspector's address`);
  }
  if (sources.filter((source) => source === '-').length > 1)
    throw new UsageError('standard input can be read once only');
  return untilStopped(async (context) => {
    const heaps: Heap[] = [];
    for (const source of sources) {
      const target = findTarget(source);
      heaps.push({ name: target.name, analysis: new HeapAnalysis(await readHeap(target, context)) });
    }
    return heaps;
  });
}

/** Reads; the first Ctrl-C gives up in order, the second at once. @throws StoppedError */
export async function untilStopped<T>(read: (context: ReadContext) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = () => stop.abort(new StoppedError());
  const { progress, done } = showProgress();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  try {
    return await read({ signal: stop.signal, progress });
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
    done();
  }
}
