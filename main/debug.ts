// The debug log: what objgraph does, a line each on standard error, with NODE_DEBUG=objgraph or --verbose. It names steps,
// durations and sizes. It never has contents of heaps or graphs, nor the secrets that let a page in.
import { writeSync } from 'node:fs';
import { printableLines } from '../shared/printable.ts';

const section = 'objgraph';

const isNamedIn = (list = '') => list.split(/[\s,]+/).some((name) => name.toLowerCase() === section);

/** Of a worker thread: `#3`. A command does not load `node:worker_threads` to learn that it is none. */
let thread = '';

/** Names the worker thread that this is in the log. */
export const setThread = (id: number): void => void (thread = `#${id}`);

let isEnabled = isNamedIn(process.env.NODE_DEBUG);

/** Whether the log is on: child processes then share our standard error. */
export const isDebugging = (): boolean => isEnabled;

/** Turns the log on here, and in every process and thread that is started from here. */
export function enableDebug(): void {
  isEnabled = true;
  if (!isNamedIn(process.env.NODE_DEBUG))
    process.env.NODE_DEBUG = [process.env.NODE_DEBUG, section].filter(Boolean).join(',');
}

/**
 * Takes `--verbose` out of a command line, and turns the log on if it was there. What follows `--` is left alone.
 * @returns the other arguments
 */
export function takeVerbose(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  const others = options.filter((arg) => arg !== '--verbose');
  if (others.length < options.length) enableDebug();
  return [...others, ...args.slice(options.length)];
}

/**
 * Logs a step.
 * @param area the part of the program: `viewer`, `attach`, `heap thread` …
 * @param describe called only when the log is on
 */
export function debug(area: string, describe: () => string): void {
  if (!isEnabled) return;
  const line = `OBJGRAPH ${process.pid}${thread} +${performance.now().toFixed(0)}ms ${area}: ${describe()}\n`;
  try {
    // Not process.stderr: in a worker thread it passes through the main thread, which may be the one that hangs.
    writeSync(2, printableLines(line));
  } catch {
    // Standard error is closed or full: no reason to fail.
  }
}

/** Logs how a step ended and how long it took. It changes nothing about the step: not even when its promise settles. */
export function debugTime<T>(area: string, step: string, work: () => Promise<T>): Promise<T>;
export function debugTime<T>(area: string, step: string, work: () => T | Promise<T>): T | Promise<T>;
export function debugTime<T>(area: string, step: string, work: () => T | Promise<T>): T | Promise<T> {
  return isEnabled ? timed(area, step, work) : work();
}

async function timed<T>(area: string, step: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const log = (end: string) =>
    debug(area, () => `${step} ${end} after ${(performance.now() - start).toFixed(1)} ms`);
  try {
    const result = await work();
    log('ended');
    return result;
  } catch (error) {
    // Not its message: an error of an expression that ran in the target may quote its objects.
    log(`failed (${error instanceof Error ? error.name : typeof error})`);
    throw error;
  }
}
