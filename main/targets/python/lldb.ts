// As gdb.ts, by lldb: where a machine has no gdb.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram, type Program } from '../../../shared/programs.ts';
import { TargetError } from '../target.ts';
import type { PythonProcess } from './python-process.ts';
import { interpreterIsBusy, runDebugger, tooManyCalls } from './run-debugger.ts';
import type { Injection, WayIn } from './injection.ts';

/** Null where there is none, or the process is in a container, whose libraries lldb does not find. */
export function findLldb({ hasOwnFiles }: PythonProcess): WayIn | null {
  const lldb = hasOwnFiles ? null : findProgram('lldb');
  return lldb && { name: 'lldb', request: addPendingCall(lldb), call: callFromOutside(lldb) };
}

const addPendingCall =
  (lldb: Program) =>
  async (injection: Injection, signal: AbortSignal): Promise<void> => {
    const output = await run(
      lldb,
      injection,
      [
        ...putCode(injection.threadCodeFile),
        // lldb passes no function on whose type it does not know.
        'expression -- int (*$run)(const char*) = (int(*)(const char*))PyRun_SimpleString',
        'expression -- int $added = ((int(*)(void*,void*))Py_AddPendingCall)((void*)$run,$code)',
        'expression -- $added',
      ],
      signal,
    );
    if (!/^\(int\) \$\w+ = 0$/m.test(output)) throw new TargetError(tooManyCalls(injection.python.pid));
  };

/** lldb's scripts have no condition: each step asks by itself whether the thread has the interpreter's lock. */
const callFromOutside =
  (lldb: Program) =>
  async (injection: Injection, signal: AbortSignal): Promise<void> => {
    const output = await run(
      lldb,
      injection,
      [
        ...putCode(injection.threadCodeFile),
        'expression -- int $holds = ((int(*)(void))PyGILState_Check)()',
        'expression -- int $state = $holds ? 0 : ((int(*)(void))PyGILState_Ensure)()',
        'expression -- int $ran = $holds ? 1 : ((int(*)(const char*))PyRun_SimpleString)((const char*)$code)',
        'expression -- if (!$holds) ((void(*)(int))PyGILState_Release)($state);',
        'expression -- int $freed = ((int(*)(void*,unsigned long))munmap)($code,4096)',
        'expression -- $holds',
      ],
      signal,
    );
    if (!/^\(int\) \$\w+ = 0$/m.test(output)) throw new TargetError(interpreterIsBusy(injection.python.pid));
  };

/** A page of its own: the process may be inside malloc, which must not be called then. */
const putCode = (file: string) => [
  // PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, as Linux numbers them.
  'expression -- void *$code = ((void*(*)(void*,unsigned long,int,int,int,long))mmap)(0,4096,3,0x22,-1,0)',
  `memory write --infile ${file} $code`,
];

async function run(
  lldb: Program,
  injection: Injection,
  commands: string[],
  signal: AbortSignal,
): Promise<string> {
  const { python, folder } = injection;
  const script = join(folder, 'commands.lldb');
  const lines = [
    'settings set target.load-script-from-symbol-file false',
    'settings set symbols.enable-external-lookup false',
    `process attach --pid ${python.pid}`,
    ...commands,
    'detach',
  ];
  await writeFile(script, lines.join('\n') + '\n', { mode: 0o600 });
  // Without the user's settings; the first command that fails ends it, and the process is detached from.
  return runDebugger(
    lldb,
    ['--no-lldbinit', '--batch', '--source', script],
    /^Process \d+ detached$/m,
    injection,
    signal,
  );
}
