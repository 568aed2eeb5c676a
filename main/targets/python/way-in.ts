// The ways to have a Python process run a line of Python, in the order in which they are tried. All take the interpreter's lock
// properly, and leave nothing running in the process.
import { TargetError } from '../target.ts';
import { findGdb } from './gdb.ts';
import { findLldb } from './lldb.ts';
import type { PythonProcess } from './python-process.ts';
import { findRemoteExec } from './remote-exec.ts';

/** The line, and where it is. */
export interface Injection {
  python: PythonProcess;
  /** A folder of ours for scripts, as we reach it. */
  folder: string;
  /** A file with the line, ended by a zero byte; less than a page of memory. */
  codeFile: string;
  /** A file with the line alone, as the process calls it. */
  scriptInside: string;
  /** Milliseconds after which a debugger is stopped. */
  longestRun: number;
}

export interface WayIn {
  /** `gdb`, for messages. */
  name: string;
  /** Asks the main thread to run the line between two of its own instructions; returns at once. @throws TargetError */
  request(injection: Injection, signal: AbortSignal): Promise<void>;
  /** Runs the line on behalf of a main thread that waits in C and so comes to no instruction. @throws TargetError */
  call?(injection: Injection, signal: AbortSignal): Promise<void>;
  /** Takes back a request that the main thread has not seen. Never throws. */
  withdraw?(injection: Injection): Promise<void>;
}

/** Those that this machine has for a process; may be empty. */
export const waysInto = (python: PythonProcess): WayIn[] =>
  [findRemoteExec(python), findGdb(), findLldb(python)].filter((way) => way !== null);

/** @throws TargetError that says how to do without a debugger */
export function requireWayInto(python: PythonProcess, instead: string): WayIn[] {
  const ways = waysInto(python);
  if (ways.length > 0) return ways;
  throw new TargetError(`${missingDebugger(python)}, or run in the program: ${instead}`);
}

/** What to install, as a sentence without its end. */
export function missingDebugger({ pid, version }: PythonProcess): string {
  const own = version === '3.14' ? `, or Python ${version} on the PATH` : '';
  return `a debugger is needed to attach to process ${pid}, and neither gdb nor lldb is installed: install gdb${own}`;
}
