// What a way to have a Python process run a line of Python is given, and what it can do.
import type { PythonProcess } from './python-process.ts';

/** The line, and where it is. */
export interface Injection {
  python: PythonProcess;
  /** For a debugger's scripts: the user of the process must not be able to change it, since the debugger may run as root. */
  folder: string;
  /** A file with the line, ended by a zero byte; less than a page of memory. A debugger reads it, so it lies in there, too. */
  codeFile: string;
  /** The same, for a debugger in which a call must not fork: it has a thread do that, and returns at once. */
  threadCodeFile: string;
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
