// The heaps that a command is asked about: read one after another, with progress, until Ctrl-C.
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { findTarget } from '../targets/kinds.ts';
import { readHeaps as readGraphs } from '../targets/read-heap.ts';
import type { Progress, ReadContext, Target } from '../targets/target.ts';
import { isTerminal, notify } from '../terminal.ts';
import { checkMoments, nextMoment } from './moments.ts';
import { showProgress } from './progress.ts';
import { StoppedError, UsageError, warn } from './run.ts';

/** A heap, what the user called it, and all that can be asked about it. */
export interface Heap {
  name: string;
  /** Its ids are good for this answer only. */
  isLive: boolean;
  analysis: HeapAnalysis;
}

export interface Wanted {
  /** How many sources the command takes (default one). */
  least?: number;
  most?: number;
  /** False where no variables of functions are named. */
  namesVariables?: boolean;
  /** Seconds between two snapshots of one process; null waits for Enter. */
  every?: number | null;
}

/**
 * Reads the heaps of some sources. A process that is named again is not let go in between, so that its objects keep
 * their ids.
 * @throws UsageError for a number of sources that the command does not take; TargetError
 */
export async function readHeaps(
  sources: readonly string[],
  { least = 1, most = least, every = null, namesVariables = true }: Wanted = {},
): Promise<Heap[]> {
  if (sources.length < least || sources.length > most) {
    const wanted =
      least === most ? (least === 1 ? 'one SOURCE' : `${least} SOURCEs`) : `${least} to ${most} SOURCEs`;
    throw new UsageError(`it takes ${wanted}: a file, -, a process id or an inspector's address`);
  }
  if (sources.filter((source) => source === '-').length > 1)
    throw new UsageError('standard input can be read once only');
  const visits = visitsTo(sources);
  for (const { target, count } of visits) {
    checkMoments(count, every);
    if (target.risk && isTerminal('errors')) notify(target.risk);
  }
  return untilStopped(async (context) => {
    const heaps: Heap[] = [];
    for (const { target, count } of visits) {
      let taken = 0;
      const again = async () => {
        if (++taken === count) return false;
        await nextMoment(target.name, every, context.signal);
        return true;
      };
      for (const graph of await readGraphs(target, {
        ...context,
        again,
        namesVariables,
        warn: (sentence) => warn('objgraph', [sentence]),
      }))
        heaps.push({ name: target.name, isLive: target.isLive, analysis: new HeapAnalysis(graph) });
    }
    return heaps;
  });
}

/** The targets in their order, and how many snapshots to take of each at one visit. */
function visitsTo(sources: readonly string[]): { target: Target; count: number }[] {
  const visits: { target: Target; count: number }[] = [];
  for (const [i, source] of sources.entries()) {
    const last = visits.at(-1);
    if (last?.target.isLive && source === sources[i - 1]) last.count++;
    else visits.push({ target: findTarget(source), count: 1 });
  }
  return visits;
}

/** Milliseconds after Ctrl-C. */
const reminderDelay = 2000;

/**
 * Reads; the first Ctrl-C gives up in order, the second at once. Node can crash when we are gone while it writes a snapshot:
 * where the user has to wait, a line appears in time.
 * @param isProcess whether what is read is a program of the user's, which must be left as it was
 * @throws StoppedError
 */
export async function untilStopped<T>(
  read: (context: ReadContext) => Promise<T>,
  isProcess = true,
): Promise<T> {
  const stop = new AbortController();
  let isWarned = false;
  const explainWait = (what: string) => {
    if (isWarned || !isProcess) return;
    isWarned = true;
    notify(`objgraph: ${what}; Ctrl-C again does not wait, and may crash it`);
  };
  let reminder: NodeJS.Timeout | undefined;
  const onSignal = () => {
    stop.abort(new StoppedError());
    reminder = setTimeout(() => explainWait('still leaving the process as it was'), reminderDelay);
  };
  const { progress: show, done } = showProgress();
  const progress: Progress = (task, ...state) => {
    if (stop.signal.aborted) explainWait(task);
    show(task, ...state);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onSignal);
  try {
    return await read({ signal: stop.signal, progress });
  } catch (error) {
    await hearSignals();
    throw stop.signal.aborted ? (stop.signal.reason as Error) : error;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onSignal);
    clearTimeout(reminder);
    done();
  }
}

/**
 * Ctrl-C ends the other programs of a pipe, too: half a snapshot is no news then. libuv tells a signal after all that came
 * with it, so that the pipe's end is seen first; when it has polled once more, it has told those that were there.
 */
async function hearSignals(): Promise<void> {
  await turnOfLoop();
  await turnOfLoop();
}
