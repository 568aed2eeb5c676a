// What the system says of a process before we send it a signal: SIGUSR1 ends every program that does not expect it.
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { TargetError } from './target.ts';

export interface ProcessState {
  program: string;
  isNode: boolean;
  /** What it does on SIGUSR1; null where the system does not say. */
  onSignal: 'catches' | 'blocks' | 'ends' | null;
  isStopped: boolean;
  /** Its ids, from ours to that inside its container. */
  pids: number[];
}

/** @throws TargetError when there is no such process */
export async function processState(pid: number, platform = process.platform): Promise<ProcessState> {
  if (platform === 'linux') return stateOnLinux(pid);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') throw noProcess(pid);
  }
  // Windows opens an inspector by a file that only Node processes have: it harms no other.
  const program = platform === 'win32' ? 'node.exe' : await programByPs(pid);
  return { program, isNode: isNodeName(program), onSignal: null, isStopped: false, pids: [pid] };
}

/** Why SIGUSR1 would do harm, or nothing, and what to do instead; null when it opens the inspector. */
export function obstacleOf(
  pid: number,
  { program, onSignal, isStopped }: Pick<ProcessState, 'program' | 'onSignal' | 'isStopped'>,
): string | null {
  if (isStopped) return `process ${pid} is stopped: let it go on first (kill -CONT ${pid})`;
  if (onSignal === 'blocks')
    return `process ${pid} was started with --disable-sigusr1, so its inspector cannot be opened: start it with --inspect`;
  if (onSignal === 'ends')
    return `process ${pid} (${program}) would not open its inspector on SIGUSR1, but end: start it with --inspect`;
  return null;
}

/** A process that starts a child blocks all signals meanwhile: whoever blocks this one for good does so at every look. */
const looks = 10;
const betweenLooks = 20;

/** As `obstacleOf`, of what is so for longer than a moment. @throws TargetError when there is no such process */
export async function lastingObstacle(pid: number, look = processState): Promise<string | null> {
  let state = await look(pid);
  for (let again = 1; again < looks && state.onSignal === 'blocks'; again++) {
    await sleep(betweenLooks);
    state = await look(pid);
  }
  return obstacleOf(pid, state);
}

async function stateOnLinux(pid: number): Promise<ProcessState> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '');
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
  if (status === '' || field('State').startsWith('Z')) throw noProcess(pid);
  const program = basename(await programOf(pid, field('Name'))).replace(/ \(deleted\)$/, '');
  const usr1 = 1n << BigInt(constants.signals.SIGUSR1 - 1);
  const has = (mask: string) => (BigInt(`0x${field(mask) || '0'}`) & usr1) !== 0n;
  const onSignal = has('SigBlk') ? 'blocks' : has('SigCgt') ? 'catches' : 'ends';
  return {
    program,
    isNode: isNodeName(program) || (onSignal !== 'ends' && (await hasSignalThread(pid))),
    onSignal,
    isStopped: /^[Tt]/.test(field('State')),
    pids: field('NSpid').split(/\s+/).map(Number),
  };
}

/** @throws TargetError when the process is another user's */
async function programOf(pid: number, name: string): Promise<string> {
  try {
    return await readlink(`/proc/${pid}/exe`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') throw notOurs(pid);
    return name;
  }
}

async function programByPs(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]).catch(() => {
    throw noProcess(pid);
  });
  return basename(stdout.trim());
}

const isNodeName = (program: string) => /^(node|electron)/i.test(program);

/** Node inside a program of another name; it names its threads from version 22 on. */
async function hasSignalThread(pid: number): Promise<boolean> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const names = threads.map((id) => readFile(`/proc/${pid}/task/${id}/comm`, 'latin1').catch(() => ''));
  return (await Promise.all(names)).some((name) => name.startsWith('SignalInspector'));
}

const noProcess = (pid: number) => new TargetError(`there is no process ${pid}`);

/** The process is another user's. */
export const notOurs = (pid: number) =>
  new TargetError(`process ${pid} belongs to another user: run this command as that user`);
