// Has a Python process run a line of Python, by gdb. Two ways, both of which take the interpreter's lock properly:
// a pending call, which the main thread runs between two of its own instructions (Py_AddPendingCall asks for no lock);
// and, for a main thread that waits in C and so comes to no instruction, a call on its behalf (PyGILState_Ensure).
// https://docs.python.org/3/c-api/init.html#asynchronous-notifications
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, type Program } from '../../../shared/programs.ts';
import { TargetError } from '../target.ts';
import { interpreterIsBusy, runDebugger, tooManyCalls } from './run-debugger.ts';
import type { Injection, WayIn } from './injection.ts';

export function findGdb(): WayIn | null {
  const gdb = findProgram('gdb');
  return gdb && { name: 'gdb', request: addPendingCall(gdb), call: callFromOutside(gdb) };
}

/** The page that holds the code stays in the process. */
const addPendingCall =
  (gdb: Program) =>
  async (injection: Injection, signal: AbortSignal): Promise<void> => {
    const output = await run(
      gdb,
      injection,
      [
        ...putCode(injection.codeFile),
        'output ((int(*)(void*,void*))Py_AddPendingCall)((void*)PyRun_SimpleString,$code)',
        'echo \\nadded\\n',
      ],
      signal,
    );
    if (!/^0\nadded$/m.test(output)) throw new TargetError(tooManyCalls(injection.python.pid));
  };

const callFromOutside =
  (gdb: Program) =>
  async (injection: Injection, signal: AbortSignal): Promise<void> => {
    const output = await run(
      gdb,
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
    if (!/^ran$/m.test(output)) throw new TargetError(interpreterIsBusy(injection.python.pid));
  };

/** A page of its own: the process may be inside malloc, which must not be called then. */
const putCode = (file: string) => [
  // PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, as Linux numbers them.
  'set $code = ((void*(*)(void*,unsigned long,int,int,int,long))mmap)(0,4096,3,0x22,-1,0)',
  `restore ${file} binary $code`,
];

async function run(
  gdb: Program,
  injection: Injection,
  commands: string[],
  signal: AbortSignal,
): Promise<string> {
  const { python, folder } = injection;
  const script = join(folder, 'commands.gdb');
  const lines = [
    'set confirm off',
    'set pagination off',
    'set unwindonsignal on',
    ...(python.hasOwnFiles ? [`set sysroot /proc/${python.pid}/root`] : []),
    // Before the process stops. The path that /proc says may be ours or a container's: the link itself leads to its program.
    `file /proc/${python.pid}/exe`,
    `attach ${python.pid}`,
    'sharedlibrary libpython',
    'sharedlibrary libc',
    ...commands,
    'detach',
  ];
  await writeFile(script, lines.join('\n') + '\n', { mode: 0o600 });
  // Neither the user's settings nor scripts that lie beside the target's libraries are read; nothing is downloaded. Debugging
  // information, which takes gdb half a second while the process is stopped, is not read: exported symbols suffice.
  const early = ['set auto-load off', 'set auto-solib-add off', 'set debug-file-directory /nonexistent'];
  const flags = ['-nx', '-nh', '--readnever', '--batch', ...early.flatMap((command) => ['-iex', command])];
  return runDebugger(gdb, [...flags, '-x', script], /^(added|ran|busy)$/m, injection, signal);
}
