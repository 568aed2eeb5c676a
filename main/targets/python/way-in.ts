// The ways to have a Python process run a line of Python, in the order in which they are tried. All take the interpreter's lock
// properly, and leave nothing running in the process.
import { TargetError } from '../target.ts';
import { findGdb } from './gdb.ts';
import type { WayIn } from './injection.ts';
import { findLldb } from './lldb.ts';
import type { PythonProcess } from './python-process.ts';
import { findRemoteExec } from './remote-exec.ts';

/** Those that this machine has for a process; may be empty. What gdb could not do, lldb does not try. */
export const waysInto = (python: PythonProcess): WayIn[] =>
  [findRemoteExec(python), findGdb() ?? findLldb(python)].filter((way) => way !== null);

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
