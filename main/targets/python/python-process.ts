// What the system says of a Python process. Only reads /proc.
import { readFileSync, readlinkSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
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
