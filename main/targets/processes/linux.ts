// Linux: everything is in /proc.
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listenersIn, tcpSockets } from '../listening-ports.ts';
import { isInOtherNetwork, networkObstacle } from '../network-namespace.ts';
import { lastingObstacle, nodeVersionOf, notNode, processState } from '../process-state.ts';
import { runtimeNamed, runtimes } from '../runtimes/index.ts';
import { node } from '../runtimes/node.ts';
import { stateOfPython } from '../python/obstacles.ts';
import { isPythonProcess } from '../python/python-process.ts';
import { python } from '../runtimes/python.ts';
import { isPartOfAnother, runtimeOf } from './command-line.ts';
import { TargetError } from '../target.ts';
import type { LocalProcess } from './local-process.ts';
import { argumentsIn, machineUptimeIn, residentBytesIn, uptimeIn } from './proc-files.ts';

export async function linuxProcesses(signal: AbortSignal): Promise<LocalProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const uptime = machineUptimeIn(await textOf('/proc/uptime'));
  const found = await Promise.all(
    // One that cannot be read spoils no other.
    pids.map((pid) => linuxProcess(pid, uptime, signal).catch(() => null)),
  );
  return found.filter((process) => process !== null);
}

async function linuxProcess(
  pid: number,
  machineUptime: number,
  signal: AbortSignal,
): Promise<LocalProcess | null> {
  const args = argumentsIn(await textOf(`/proc/${pid}/cmdline`));
  if (args[0] === '' || isPartOfAnother(args)) return null;
  const program = (await linkOf(`/proc/${pid}/exe`))?.replace(/ \(deleted\)$/, '') ?? args[0];
  const known = runtimeOf(program);
  const state = await nodeState(pid, signal);
  const runtime =
    known ?? (state.isNode ? hiddenRuntime(pid, program) : isPythonProcess(pid) ? python.name : null);
  // It calls itself node, and its file has no Node in it.
  if (!runtime || (runtime === node.name && state.isNode === false)) return null;
  const [isElsewhere, unreachable] = await Promise.all([isInOtherNetwork(pid), networkObstacle(pid)]);
  const pythonState = runtime === python.name ? await stateOfPython(pid) : null;
  const [stat, status, folder, listeners] = await Promise.all([
    textOf(`/proc/${pid}/stat`),
    textOf(`/proc/${pid}/status`),
    linkOf(`/proc/${pid}/cwd`),
    // Its 127.0.0.1 is not ours: what answers us there is another program.
    isElsewhere || pythonState ? [] : listenersOf(pid),
  ]);
  // It has ended while we looked.
  if (stat === '' || status === '') return null;
  return {
    ...{ pid, runtime, program, args, folder, listeners, version: pythonState?.version },
    uptime: uptimeIn(stat, machineUptime),
    memory: residentBytesIn(status),
    threads: Number(/^Threads:\s*(\d+)/m.exec(status)?.[1] ?? 0),
    obstacle: pythonState
      ? pythonState.obstacle
      : runtimeNamed(runtime).opensOnSignal
        ? (state.obstacle ?? unreachable)
        : unreachable,
    root: `/proc/${pid}/root`,
  };
}

/** `isNode` is null where the system lets us not look. */
async function nodeState(
  pid: number,
  signal: AbortSignal,
): Promise<{ isNode: boolean | null; obstacle: string | null }> {
  try {
    const state = await processState(pid);
    if (!state.isNamedLikeNode) return { isNode: false, obstacle: null };
    if ((await nodeVersionOf(pid, state, signal)) === null)
      return { isNode: false, obstacle: notNode(pid, state.program).message };
    return { isNode: true, obstacle: await lastingObstacle(pid) };
  } catch (error) {
    // Another user's, unless it has ended.
    if (error instanceof TargetError) return { isNode: null, obstacle: error.message };
    throw error;
  }
}

/** Node inside a program of another name. */
function hiddenRuntime(pid: number, program: string): string {
  const folder = `/proc/${pid}/root${dirname(program)}`;
  const found = runtimes.find(
    ({ besideProgram }) => besideProgram && existsSync(join(folder, besideProgram)),
  );
  return (found ?? node).name;
}

async function listenersOf(pid: number): Promise<LocalProcess['listeners']> {
  try {
    const sockets = await tcpSockets(pid);
    const own = await listenersIn(sockets, pid);
    const connected = new Set(sockets.filter(({ isConnected }) => isConnected).map(({ port }) => port));
    return own.map((listener) => ({ ...listener, isInUse: connected.has(listener.port) }));
  } catch {
    // Another user's.
    return [];
  }
}

const textOf = (path: string) => readFile(path, 'latin1').catch(() => '');
const linkOf = (path: string) => readlink(path).catch(() => null);
