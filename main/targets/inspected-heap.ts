// The snapshot of a thread behind an inspector, chunk by chunk as V8 writes it.
import { setTimeout as sleep } from 'node:timers/promises';
import { BusyError, type Channel } from './conversation.ts';
import { asCount, asText } from './reply.ts';
import type { Progress } from './target.ts';

/** A program that rests at all does so within this time. */
const restTime = 2000;
/** V8 reports its progress all the time; before it begins, it collects garbage, which in a heap of 10 GB takes ten seconds. */
const maxSilence = 60_000;

/** A thread to ask: 0 is the main one. In texts it follows a #: `1234#2`. */
export function splitThread(text: string): { place: string; thread: number } {
  const [, place, thread] = /^(.*?)(?:#(\d+))?$/s.exec(text)!;
  return { place, thread: Number(thread ?? 0) };
}

/** What has V8 write a snapshot; the second one ends the tracking of allocations, too. */
export type SnapshotMethod = 'takeHeapSnapshot' | 'stopTrackingHeapObjects';

/**
 * One snapshot.
 * @param take must not throw: the target writes until it has written all
 * @param begins called when V8 begins with it
 * @throws TargetError
 */
export async function readSnapshot(
  channel: Channel,
  name: string,
  take: (chunk: Uint8Array) => void,
  progress: Progress,
  begins: () => void,
  method: SnapshotMethod,
): Promise<void> {
  let bytes = 0;
  let hasBegun = false;
  let lastSign = Date.now();
  channel.on('HeapProfiler.reportHeapSnapshotProgress', ({ done, total }) => {
    lastSign = Date.now();
    hasBegun = true;
    begins();
    progress(`${name} is walking its heap`, asCount(done), asCount(total));
  });
  channel.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    lastSign = Date.now();
    const data = Buffer.from(asText(chunk));
    take(data);
    progress(`reading ${name}`, (bytes += data.length), null);
  });
  progress(`${name} is walking its heap`, 0, null);
  await whileAlive(
    takeSnapshot(channel, () => hasBegun, method),
    () => Date.now() - lastSign < maxSilence,
    () => new BusyError(name),
  );
}

/** The end of some work, or an error when there is no sign of it any more. */
async function whileAlive<T>(work: Promise<T>, isAlive: () => boolean, silence: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setInterval(() => isAlive() || reject(silence()), 1000);
  });
  return Promise.race([work, silent]).finally(() => clearInterval(timer));
}

/**
 * From Node 22 on, V8 waits with a snapshot until no code runs. A program that never rests is paused for it, and goes on
 * afterwards.
 */
async function takeSnapshot(
  channel: Channel,
  hasBegun: () => boolean,
  method: SnapshotMethod,
): Promise<void> {
  let isTaken = false;
  const taken = channel.post(`HeapProfiler.${method}`, { reportProgress: true }, Infinity);
  const end = taken.then(
    () => void (isTaken = true),
    () => void (isTaken = true),
  );
  const waits = sleep(restTime, true, { ref: false });
  if (!(await Promise.race([taken.then(() => false), waits])) || hasBegun()) return void (await taken);
  let isPaused = false;
  channel.on('Debugger.paused', () => (isPaused = true));
  let pausedByUs = false;
  try {
    // While V8 walks a heap, it answers nothing: in Node 20, a program with large scripts is silent for longer than any other request
    // may take, before it reports any progress.
    await Promise.race([channel.post('Debugger.enable', {}, Infinity), end]);
    // At a breakpoint of another debugger it rests already, and goes on when that one says so.
    if (!isPaused && !isTaken && !hasBegun()) {
      pausedByUs = true;
      await channel.post('Debugger.pause');
    }
    await taken;
  } finally {
    // Where the connection has gone, the program goes on by itself.
    if (pausedByUs) await channel.post('Debugger.resume').catch(() => {});
    await channel.post('Debugger.disable').catch(() => {});
    taken.catch(() => {});
  }
}
