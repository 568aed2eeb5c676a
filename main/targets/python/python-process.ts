// What the system says of a Python process, and what stands in the way of attaching to it. Only reads /proc.
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { findOnPath } from '../../../shared/trusted-program.ts';
import { argumentsIn, machineUptimeIn, residentBytesIn, uptimeIn } from '../processes/proc-files.ts';
import { notOurs } from '../process-state.ts';
import { TargetError } from '../target.ts';

export interface PythonProcess {
  pid: number;
  /** `3.11`; null where neither the program's name nor its library has it. */
  version: string | null;
  uid: number;
  gid: number;
  /** Its ids, from ours to that inside its container. */
  pids: number[];
  /** The process that traces it already; 0 for none. */
  tracer: number;
  isStopped: boolean;
  /** Whether it sees other files than we do: a container. */
  hasOwnFiles: boolean;
}

const libraryName = /\/libpython(\d\.\d+)[^/\n]*\.so/;
const programName = /^python(?:(\d)(?:\.(\d+))?)?(?:t|d)?$/i;
const oldestVersion = [3, 9];

/** Whether a process runs CPython: by its program, or by the library that it has loaded. Never throws. */
export function isPythonProcess(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const program = basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
    return programName.test(program) || libraryName.test(readFileSync(`/proc/${pid}/maps`, 'latin1'));
  } catch {
    return false;
  }
}

/** @throws TargetError when the process is gone or another user's */
export async function pythonProcess(pid: number): Promise<PythonProcess> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '');
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
  if (status === '' || field('State').startsWith('Z')) throw new TargetError(`there is no process ${pid}`);
  const [ours, theirs] = await Promise.all([
    stat('/'),
    stat(`/proc/${pid}/root/`).catch((error: unknown) => {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT'
        ? new TargetError(`there is no process ${pid}`)
        : notOurs(pid);
    }),
  ]);
  const maps = await readFile(`/proc/${pid}/maps`, 'latin1').catch(() => '');
  return {
    pid,
    version: versionOf(pid, maps),
    uid: Number(field('Uid').split(/\s+/)[1]),
    gid: Number(field('Gid').split(/\s+/)[1]),
    pids: field('NSpid').split(/\s+/).map(Number),
    tracer: Number(field('TracerPid')),
    isStopped: field('State').startsWith('T'),
    hasOwnFiles: ours.dev !== theirs.dev || ours.ino !== theirs.ino,
  };
}

function versionOf(pid: number, maps: string): string | null {
  const library = libraryName.exec(maps);
  if (library) return library[1];
  const [, major, minor] = programName.exec(basename(readlinkSync(`/proc/${pid}/exe`))) ?? [];
  return minor === undefined ? null : `${major}.${minor}`;
}

/** The program first. */
export const commandLineOf = async (pid: number): Promise<string[]> =>
  argumentsIn(await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''));

/** When the process began, in milliseconds since the epoch; null when it is gone. */
export async function startOf(pid: number): Promise<number | null> {
  const [stat, uptime] = await Promise.all(
    [`/proc/${pid}/stat`, '/proc/uptime'].map((file) => readFile(file, 'latin1').catch(() => '')),
  );
  return stat === '' || uptime === '' ? null : Date.now() - 1000 * uptimeIn(stat, machineUptimeIn(uptime));
}

/** Bytes. @throws TargetError when the process is gone */
export async function residentMemoryOf(pid: number): Promise<number> {
  const bytes = residentBytesIn(await readFile(`/proc/${pid}/status`, 'latin1').catch(() => ''));
  if (bytes === null) throw new TargetError(`process ${pid} ended`);
  return bytes;
}

/** Its version and the known obstacle to attaching, each null when unknown: for the list of processes. */
export async function stateOfPython(
  pid: number,
): Promise<{ version: string | null; obstacle: string | null }> {
  try {
    const found = await pythonProcess(pid);
    const { version } = found;
    const obstacle = await obstacleOf(found);
    if (obstacle !== null || findOnPath('gdb') !== null) return { version, obstacle };
    return { version, obstacle: `a debugger is needed to attach to process ${pid}: install gdb` };
  } catch (error) {
    if (error instanceof TargetError) return { version: null, obstacle: error.message };
    throw error;
  }
}

/** Why the process cannot be attached to, and what to do; null when nothing is known to stand in the way. */
export async function obstacleOf(python: PythonProcess): Promise<string | null> {
  const { pid, version, tracer, isStopped } = python;
  if (tracer !== 0) return `process ${pid} is traced by process ${tracer}: end that debugger first`;
  if (isStopped) return `process ${pid} is stopped: continue it first (kill -CONT ${pid})`;
  if (version !== null && isOlder(version))
    return `process ${pid} runs Python ${version}: ${oldestVersion.join('.')} is the oldest that can be read`;
  return isRoot() ? null : scopeObstacle(pid);
}

function isOlder(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major < oldestVersion[0] || (major === oldestVersion[0] && minor < oldestVersion[1]);
}

const isRoot = () => process.geteuid?.() === 0;

/** Yama lets a debugger attach to its own children only (1), to nothing without a capability (2), or never (3). */
async function scopeObstacle(pid: number): Promise<string | null> {
  const scope = Number(await readFile('/proc/sys/kernel/yama/ptrace_scope', 'latin1').catch(() => '0'));
  if (scope === 0) return null;
  return scope === 3
    ? `this system lets no debugger attach to process ${pid} (kernel.yama.ptrace_scope is 3)`
    : `this system lets only root attach a debugger to process ${pid} (kernel.yama.ptrace_scope is ${scope}): run this command with sudo`;
}
