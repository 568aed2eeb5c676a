// Linux: everything is in /proc.
import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { listenersIn, tcpSockets } from '../listening-ports.ts';
import { lastingObstacle, processState } from '../process-state.ts';
import { isPartOfAnother, runtimeOf, type Runtime } from './command-line.ts';
import type { LocalProcess } from './local-process.ts';

/** USER_HZ, which is the same on all machines that Node runs on. */
const ticksPerSecond = 100;

export async function linuxProcesses(): Promise<LocalProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const uptime = Number((await textOf('/proc/uptime')).split(' ')[0]);
  const found = await Promise.all(pids.map((pid) => linuxProcess(pid, uptime)));
  return found.filter((process) => process !== null);
}

async function linuxProcess(pid: number, machineUptime: number): Promise<LocalProcess | null> {
  const args = (await textOf(`/proc/${pid}/cmdline`)).replace(/\0+$/, '').split('\0');
  if (args[0] === '' || isPartOfAnother(args)) return null;
  const program = (await linkOf(`/proc/${pid}/exe`))?.replace(/ \(deleted\)$/, '') ?? args[0];
  const known = runtimeOf(program);
  const { isNode, obstacle } = await stateOf(pid);
  const runtime = known ?? (isNode ? hiddenRuntime(pid, program) : null);
  if (!runtime) return null;
  const [stat, status, folder, listeners] = await Promise.all([
    textOf(`/proc/${pid}/stat`),
    textOf(`/proc/${pid}/status`),
    linkOf(`/proc/${pid}/cwd`),
    listenersOf(pid),
  ]);
  // It has ended while we looked.
  if (stat === '' || status === '') return null;
  // The program's name stands in parentheses, and may hold anything.
  const startTime = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
  const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(status)?.[1];
  return {
    ...{ pid, runtime, program, args, folder, listeners },
    uptime: Math.max(0, machineUptime - startTime / ticksPerSecond),
    memory: kilobytes === undefined ? null : Number(kilobytes) * 1024,
    threads: Number(/^Threads:\s*(\d+)/m.exec(status)?.[1] ?? 0),
    obstacle: runtime === 'node' || runtime === 'electron' ? obstacle : null,
    root: `/proc/${pid}/root`,
  };
}

async function stateOf(pid: number): Promise<{ isNode: boolean; obstacle: string | null }> {
  try {
    const { isNode } = await processState(pid);
    return { isNode, obstacle: isNode ? await lastingObstacle(pid) : null };
  } catch (error) {
    // Another user's, unless it has ended.
    return { isNode: false, obstacle: (error as Error).message };
  }
}

/** Node inside a program of another name: an Electron application has Chromium's resources beside it. */
function hiddenRuntime(pid: number, program: string): Runtime {
  return existsSync(`/proc/${pid}/root${dirname(program)}/resources.pak`) ? 'electron' : 'node';
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
