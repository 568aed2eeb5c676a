// CPython 3.14 and later run a script when another Python of the same version asks: no debugger, and no page of memory. The
// main thread runs it between two of its own instructions; one that waits in C does not come to it.
// https://docs.python.org/3/library/sys.html#sys.remote_exec
import { startProgram, type Program } from '../../../shared/programs.ts';
import { findOnPath } from '../../../shared/trusted-program.ts';
import { TargetError } from '../target.ts';
import type { PythonProcess } from './python-process.ts';
import type { WayIn } from './injection.ts';

const firstVersion = 14;
const longestRun = 10_000;
const code = 'import sys; sys.remote_exec(int(sys.argv[1]), sys.argv[2])';

/** Null where the process, or this machine, has no such Python. */
export function findRemoteExec(python: PythonProcess): WayIn | null {
  const program = matchingPython(python);
  if (program === null) return null;
  const { pid } = python;
  return {
    name: 'sys.remote_exec',
    request: async ({ scriptInside }, signal) => {
      const problem = await run(program, pid, scriptInside, signal);
      signal.throwIfAborted();
      if (problem !== null)
        throw new TargetError(`sys.remote_exec could not reach process ${pid}: ${problem}`);
    },
    // The process opens the file that it was asked for last, and reports on its standard error one that is gone.
    withdraw: async () => {
      await run(program, pid, '/dev/null', null).catch(() => null);
    },
  };
}

/** One of its version on the PATH: the program of a process is never started because it was found there. */
function matchingPython({ version, hasOwnFiles }: PythonProcess): Program | null {
  if (version === null || hasOwnFiles) return null;
  const [major, minor] = version.split('.').map(Number);
  if (major !== 3 || minor < firstVersion) return null;
  const path = findOnPath(`python${version}`);
  return path === null ? null : { name: 'python', path };
}

/** Gives the last line of what it reports; null when it succeeded. */
function run(
  program: Program,
  pid: number,
  script: string,
  signal: AbortSignal | null,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    // Neither the user's site-packages nor variables of the environment change what it does.
    const child = startProgram(program, ['-I', '-S', '-c', code, String(pid), script], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: longestRun,
      ...(signal && { signal }),
    });
    let output = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-10_000)));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(null);
      else resolve(output.trim().split('\n').at(-1) || 'it ended without a word');
    });
  });
}
