// Has a Python process run a line of Python, by gdb. Two ways, both of which take the interpreter's lock properly:
// a pending call, which the main thread runs between two of its own instructions (Py_AddPendingCall asks for no lock);
// and, for a main thread that waits in C and so comes to no instruction, a call on its behalf (PyGILState_Ensure).
// https://docs.python.org/3/c-api/init.html#asynchronous-notifications
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, startProgram, type Program } from '../../../shared/programs.ts';
import { TargetError } from '../target.ts';
import type { PythonProcess } from './python-process.ts';

/** gdb reads the symbols of the program and its libraries first. */
const longestRun = 30_000;

/** What the line runs in: a file with its text, ended by a zero byte. */
export interface Injection {
  python: PythonProcess;
  /** A folder of ours for gdb's script. */
  folder: string;
  /** Less than a page of memory. */
  codeFile: string;
  gdb: Program;
}

/** @throws TargetError that says how to do without */
export function findDebugger(pid: number, instead: string): Program {
  const gdb = findProgram('gdb');
  if (gdb !== null) return gdb;
  throw new TargetError(
    `a debugger is needed to attach to process ${pid}, and gdb is not installed: install it, or run in the program: ${instead}`,
  );
}

/** Asks the main thread to run the code when it can; returns at once. The page that holds the code stays in the process. */
export async function addPendingCall(injection: Injection, signal: AbortSignal): Promise<void> {
  const output = await run(
    injection,
    [
      ...putCode(injection.codeFile),
      'output ((int(*)(void*,void*))Py_AddPendingCall)((void*)PyRun_SimpleString,$code)',
      'echo \\nadded\\n',
    ],
    signal,
  );
  if (!/^0\nadded$/m.test(output))
    throw new TargetError(
      `process ${injection.python.pid} takes no call at the moment: too many are waiting in it already`,
    );
}

/** Runs the code on behalf of the main thread, which must wait in C without the interpreter's lock. */
export async function callFromOutside(injection: Injection, signal: AbortSignal): Promise<void> {
  const { pid } = injection.python;
  const output = await run(
    injection,
    [
      'set $holds = ((int(*)(void))PyGILState_Check)()',
      'if $holds',
      'echo busy\\n',
      'else',
      ...putCode(injection.codeFile),
      'set $state = ((int(*)(void))PyGILState_Ensure)()',
      'output ((int(*)(void*))PyRun_SimpleString)($code)',
      'call ((void(*)(int))PyGILState_Release)($state)',
      'set $freed = ((int(*)(void*,unsigned long))munmap)($code,4096)',
      'echo \\nran\\n',
      'end',
    ],
    signal,
  );
  if (!/^ran$/m.test(output))
    throw new TargetError(
      `process ${pid} is in the middle of a call into C that holds the interpreter's lock: try again later`,
    );
}

/** A page of its own: the process may be inside malloc, which must not be called then. */
const putCode = (file: string) => [
  // PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, as Linux numbers them.
  'set $code = ((void*(*)(void*,unsigned long,int,int,int,long))mmap)(0,4096,3,0x22,-1,0)',
  `restore ${file} binary $code`,
];

async function run(injection: Injection, commands: string[], signal: AbortSignal): Promise<string> {
  const { python, folder, gdb } = injection;
  const script = join(folder, 'commands.gdb');
  const lines = [
    'set confirm off',
    'set pagination off',
    'set unwindonsignal on',
    ...(python.hasOwnFiles ? [`set sysroot /proc/${python.pid}/root`] : []),
    `attach ${python.pid}`,
    'sharedlibrary libpython',
    'sharedlibrary libc',
    ...commands,
    'detach',
  ];
  await writeFile(script, lines.join('\n') + '\n', { mode: 0o600 });
  // Neither the user's settings nor scripts that lie beside the target's libraries are read; nothing is downloaded.
  const flags = ['-nx', '-nh', '--batch', '-iex', 'set auto-load off', '-iex', 'set auto-solib-add off'];
  const { output, hasEnded } = await collect(gdb, [...flags, '-x', script], signal);
  signal.throwIfAborted();
  if (hasEnded && /^(added|ran|busy)$/m.test(output)) return output;
  throw new TargetError(problemIn(output, python, hasEnded));
}

/** Ends gdb by an interrupt, at which it restores what it has changed, and detaches. */
function collect(
  gdb: Program,
  args: string[],
  signal: AbortSignal,
): Promise<{ output: string; hasEnded: boolean }> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, DEBUGINFOD_URLS: '', LC_ALL: 'C' };
    const child = startProgram(gdb, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let output = '';
    let hasEnded = true;
    const interrupt = () => {
      hasEnded = false;
      child.kill('SIGINT');
      setTimeout(() => child.kill('SIGTERM'), 2000).unref();
    };
    const timer = setTimeout(interrupt, longestRun);
    signal.addEventListener('abort', interrupt);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (output = (output + text).slice(-100_000)));
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      resolve({ output, hasEnded });
    });
  });
}

function problemIn(output: string, { pid }: PythonProcess, hasEnded: boolean): string {
  if (!hasEnded)
    return `gdb did not finish with process ${pid} within ${longestRun / 1000} seconds, and was stopped: try again later`;
  if (/ptrace: (Operation not permitted|Permission denied)|Could not attach/.test(output))
    return `this system does not let gdb attach to process ${pid}: run this command with sudo; in a container, with the capability SYS_PTRACE`;
  if (/No symbol "(Py|mmap)/.test(output))
    return `process ${pid} does not have the functions of CPython where gdb can find them: its program is stripped of them, or it is not CPython`;
  const last = output.trim().split('\n').at(-1) ?? '';
  return `gdb could not run code in process ${pid}: ${last || 'it ended without a word'}`;
}
