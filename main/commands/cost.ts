// What a snapshot costs the process: shown before it is taken, and confirmed at a terminal.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { SnapshotEstimate } from '../../shared/protocol/targets.ts';
import { ask, isTerminal, notify } from '../terminal.ts';
import { StoppedError } from './run.ts';
import { formatSize } from './text-table.ts';

/** @throws StoppedError when the answer is no; the signal's reason */
export async function confirmCost(
  name: string,
  { heapUsed, pause, memory }: SnapshotEstimate,
  signal: AbortSignal,
  isAgreed = false,
): Promise<void> {
  await askBefore(
    `${name} has a heap of ${formatSize(heapUsed)}: it will stand still for ${inWords(pause)}, ` +
      `and need up to ${formatSize(memory)} more memory meanwhile`,
    'Take the snapshot?',
    signal,
    isAgreed,
  );
}

/**
 * Says what something costs, and asks where a person can answer.
 * @throws StoppedError when the answer is no; the signal's reason
 */
export async function askBefore(
  cost: string,
  question: string,
  signal: AbortSignal,
  isAgreed: boolean,
): Promise<void> {
  notify(cost);
  if (isAgreed || !process.stdin.isTTY || !isTerminal('errors')) return;
  const terminal = createInterface({ input: process.stdin });
  try {
    ask(`${question} [Y/n]`);
    const [answer] = (await once(terminal, 'line', { signal })) as [string];
    if (!/^\s*(y(es)?)?\s*$/i.test(answer)) throw new StoppedError();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    terminal.close();
  }
}

/** Of milliseconds: `about 0.4 s`, `about 2 min`. */
function inWords(pause: number): string {
  if (pause >= 90_000) return `about ${Math.round(pause / 60_000)} min`;
  return `about ${pause < 10_000 ? (pause / 1000).toFixed(1) : Math.round(pause / 1000)} s`;
}
