// The last resort of the viewer's process: an error that nothing has handled is logged and shown in every window, and the
// windows go on. Each of them has its documents, threads and connections for itself, so that what failed is rarely theirs.
import { messageOf } from '../../shared/errors.ts';
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { version } from '../package.ts';
import { stateFile } from '../state-file.ts';

/** Bytes of the log, after which it begins anew; the one before is kept. */
const largestLog = 256 * 1024;
/** A process in which that many errors come within a second is beyond help. */
const maxFaults = 100;

export const faultLog = (): string => stateFile('viewer').replace(/\.json$/, '.log');

let notify: (message: string) => void = () => {};
let recent: number[] = [];

/**
 * Keeps this process alive through errors that nothing handled.
 * @param show shows the message in every window
 */
export function keepWindowsThroughFaults(show: (message: string) => void): void {
  notify = show;
  process.on('uncaughtException', reportFault);
  process.on('unhandledRejection', reportFault);
}

/** Logs an error of our own, and shows it in every window. */
export function reportFault(error: unknown): void {
  const now = performance.now();
  recent = [...recent.filter((time) => now - time < 1000), now];
  if (recent.length > maxFaults) process.exit(1);
  const isLogged = log(error);
  const [reason] = messageOf(error).split('\n');
  const where = isLogged ? `; the details are in ${faultLog()}` : '';
  try {
    notify(`An error inside objgraph: ${reason.slice(0, 200)}. Your windows stay open${where}.`);
  } catch {
    // The windows themselves are what failed.
  }
}

function log(error: unknown): boolean {
  const file = faultLog();
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLog) renameSync(file, `${file}.1`);
    const text = `${new Date().toISOString()} objgraph ${version}, process ${process.pid}\n${details}\n\n`;
    appendFileSync(file, text.slice(0, largestLog), { mode: 0o600 });
    return true;
  } catch {
    // A full or read-only disk.
    return false;
  }
}
