// What prevents attaching to a Python process, in words, before it is touched.
import { readFile } from 'node:fs/promises';
import { TargetError } from '../target.ts';
import { pythonProcess, type PythonProcess } from './python-process.ts';
import { missingDebugger, waysInto } from './way-in.ts';

const oldestVersion = [3, 9];

/** What we may do on this system. */
export interface Rights {
  isRoot(): boolean;
  /** Where the kernel says which processes a debugger may attach to. */
  scopeFile: string;
}

const ownRights: Rights = {
  isRoot: () => process.geteuid?.() === 0,
  scopeFile: '/proc/sys/kernel/yama/ptrace_scope',
};

/** Its version and the known obstacle to attaching, each null when unknown: for the list of processes. */
export async function stateOfPython(
  pid: number,
): Promise<{ version: string | null; obstacle: string | null }> {
  try {
    const found = await pythonProcess(pid);
    const { version } = found;
    const obstacle = await obstacleOf(found);
    if (obstacle !== null || waysInto(found).length > 0) return { version, obstacle };
    return { version, obstacle: missingDebugger(found) };
  } catch (error) {
    if (error instanceof TargetError) return { version: null, obstacle: error.message };
    throw error;
  }
}

/** Why the process cannot be attached to, and what to do; null when no obstacle is known. */
export async function obstacleOf(python: PythonProcess, rights: Rights = ownRights): Promise<string | null> {
  const { pid, version, tracer, isStopped } = python;
  if (tracer !== 0) return `process ${pid} is traced by process ${tracer}: end that debugger first`;
  if (isStopped) return `process ${pid} is stopped: continue it first (kill -CONT ${pid})`;
  if (version !== null && isOlder(version))
    return `process ${pid} runs Python ${version}: ${oldestVersion.join('.')} is the oldest that can be read`;
  return rights.isRoot() ? null : scopeObstacle(pid, rights.scopeFile);
}

function isOlder(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1]);
}

/** Yama lets a debugger attach to its own children only (1), to nothing without a capability (2), or never (3). */
async function scopeObstacle(pid: number, file: string): Promise<string | null> {
  const scope = Number(await readFile(file, 'latin1').catch(() => '0'));
  if (scope === 0) return null;
  return scope === 3
    ? `this system lets no debugger attach to process ${pid} (kernel.yama.ptrace_scope is 3)`
    : `this system lets only root attach a debugger to process ${pid} (kernel.yama.ptrace_scope is ${scope}): run this command with sudo`;
}
