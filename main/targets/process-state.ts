// What the system says of a process before we send it a signal: SIGUSR1 ends every program that does not expect it.
// `isNamedLikeNode` is a hint; only `versionInProgram` proves that there is Node inside.
import { readdir, readFile, readlink } from 'node:fs/promises';
import { constants } from 'node:os';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram, outputOf } from '../../shared/programs.ts';
import { hasPermissionModel, nodeFlags } from './process-flags.ts';
import { versionInProgram } from './program-file.ts';
import { TargetError } from './target.ts';

export interface ProcessState {
  /** The name of its program. */
  program: string;
  /** Its path, where the system says it. */
  path: string;
  isNamedLikeNode: boolean;
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
  const path = platform === 'win32' ? 'node.exe' : await programByPs(pid);
  const program = basename(path);
  const isNamedLikeNode = isNodeName(program);
  return { program, path, isNamedLikeNode, onSignal: null, isStopped: false, pids: [pid] };
}

/**
 * The version of the Node inside of a process, by the file of its program; null when it is none, which SIGUSR1 may end.
 * On Windows nothing is sent that could harm, and it is not asked: the version is empty.
 * @throws the signal's reason
 */
export async function nodeVersionOf(
  pid: number,
  { path }: Pick<ProcessState, 'path'>,
  signal: AbortSignal,
): Promise<string | null> {
  return process.platform === 'win32' ? '' : versionInProgram('node', { pid, program: path }, signal);
}

/** Why SIGUSR1 would do harm, or nothing, and what to do instead; null when it opens the inspector. */
export function obstacleOf(
  pid: number,
  { program, onSignal, isStopped }: Pick<ProcessState, 'program' | 'onSignal' | 'isStopped'>,
  flags: readonly string[] = [],
): string | null {
  if (isStopped) return `process ${pid} is stopped: let it go on first (kill -CONT ${pid})`;
  if (onSignal === 'blocks' && hasPermissionModel(flags)) return permissionObstacle(pid);
  if (onSignal === 'blocks')
    return `process ${pid} was started with --disable-sigusr1, so its inspector cannot be opened: start it with --inspect`;
  if (onSignal === 'ends')
    return `process ${pid} (${program}) would not open its inspector on SIGUSR1, but end: start it with --inspect`;
  return null;
}

/** Node 20 and 22 have nothing that lets an inspector in. */
function permissionObstacle(pid: number): string {
  return (
    `process ${pid} was started with --permission, which forbids an inspector, also with --inspect: ` +
    'from Node 24.12 on, start it with --allow-inspector as well; before, with --heapsnapshot-signal=SIGUSR2 and ' +
    '--allow-fs-write=FOLDER, so that it writes a snapshot into its folder on that signal'
  );
}

/** A process that starts a child blocks all signals meanwhile: one that blocks this signal for good does so at every look. */
const looks = 10;
const betweenLooks = 20;

/** As `obstacleOf`, of what is so for longer than a moment. @throws TargetError when there is no such process */
export async function lastingObstacle(pid: number, look = processState): Promise<string | null> {
  let state = await look(pid);
  for (let again = 1; again < looks && state.onSignal === 'blocks'; again++) {
    await sleep(betweenLooks);
    state = await look(pid);
  }
  return obstacleOf(pid, state, await nodeFlags(pid));
}

async function stateOnLinux(pid: number): Promise<ProcessState> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '');
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';
  if (status === '' || field('State').startsWith('Z')) throw noProcess(pid);
  const path = (await programOf(pid, field('Name'))).replace(/ \(deleted\)$/, '');
  const program = basename(path);
  const usr1 = 1n << BigInt(constants.signals.SIGUSR1 - 1);
  const has = (mask: string) => (BigInt(`0x${field(mask) || '0'}`) & usr1) !== 0n;
  const onSignal = has('SigBlk') ? 'blocks' : has('SigCgt') ? 'catches' : 'ends';
  return {
    program,
    path,
    isNamedLikeNode: isNodeName(program) || (onSignal !== 'ends' && (await hasSignalThread(pid))),
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
  const ps = findProgram('ps');
  if (ps === null) throw new TargetError(`process ${pid} cannot be looked at: the system's ps was not found`);
  const path = (await outputOf(ps, ['-o', 'comm=', '-p', String(pid)])).trim();
  if (path === '') throw noProcess(pid);
  return path;
}

const isNodeName = (program: string) => /^(node|nodejs\d*|electron)$/i.test(program);

/** Node inside a program of another name; it names its threads from version 22 on. */
async function hasSignalThread(pid: number): Promise<boolean> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const names = threads.map((id) => readFile(`/proc/${pid}/task/${id}/comm`, 'latin1').catch(() => ''));
  return (await Promise.all(names)).some((name) => name.startsWith('SignalInspector'));
}

const noProcess = (pid: number) => new TargetError(`there is no process ${pid}`);

/** SIGUSR1 could end it. */
export const notNode = (pid: number, program: string) =>
  new TargetError(
    `process ${pid} (${program}) is no Node process: of others, name the inspector's HOST:PORT`,
  );

/** The process is another user's. */
export const notOurs = (pid: number) =>
  new TargetError(`process ${pid} belongs to another user: run this command as that user`);
