// Several snapshots of one process: when the next one is taken.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../terminal.ts';
import { UsageError } from './run.ts';

/** In the help of the commands that take several. */
export const everyHelp = `      --every SECONDS             between two snapshots of one process (default: waits for Enter)
`;

/** Seconds from `--every`; null waits for Enter. @throws UsageError */
export function readEvery(value: string | undefined): number | null {
  if (value === undefined) return null;
  const seconds = Number(value);
  if (value.trim() !== '' && seconds >= 0 && seconds <= 1e6) return seconds;
  throw new UsageError(`--every is a number of seconds, not ${JSON.stringify(value)}`);
}

/** @throws UsageError where no terminal can press Enter */
export function checkMoments(count: number, every: number | null): void {
  if (count > 1 && every === null && !process.stdin.isTTY)
    throw new UsageError('say how long to wait between the snapshots: --every SECONDS');
}

/** Waits for it. @throws the signal's reason */
export async function nextMoment(name: string, every: number | null, signal: AbortSignal): Promise<void> {
  if (every !== null) {
    await sleep(1000 * every, null, { signal }).catch(() => signal.throwIfAborted());
    return;
  }
  ask(`Press Enter for the next snapshot of ${name}`);
  const terminal = createInterface({ input: process.stdin });
  try {
    await once(terminal, 'line', { signal }).catch(() => signal.throwIfAborted());
  } finally {
    terminal.close();
  }
}
