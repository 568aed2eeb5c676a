// The inspector of a process that runs: the one that it has open, or one that it opens on SIGUSR1.
import { setTimeout as sleep } from 'node:timers/promises';
import { debug } from '../debug.ts';
import { BusyError, evaluateValue } from './conversation.ts';
import { InspectorClient } from './inspector-client.ts';
import { findSession } from './inspector-sessions.ts';
import { isPortTaken, listeningPorts, portHolder, type Listener } from './listening-ports.ts';
import { inspectorPortsIn, isInspectorPort, usualPort, usualPorts } from './inspector-ports.ts';
import { routeTo } from './network-namespace.ts';
import { nodeFlags } from './process-flags.ts';
import {
  lastingObstacle,
  nodeVersionOf,
  notNode,
  notOurs,
  processState,
  type ProcessState,
} from './process-state.ts';
import type { Route } from './route.ts';
import { TargetError } from './target.ts';

export interface OpenInspector {
  client: InspectorClient;
  url: string;
  /** Undefined where it listens in our own network. */
  route: Route | undefined;
  /** Whether it is open because of us. */
  openedByUs: boolean;
  /** Whether process ids mean the same there and here: not so in a container. */
  seesUs: boolean;
}

/** It takes a tenth of a second; on a very busy machine longer. */
const openingTime = 5000;
/** Where another process has its port, it will hardly open. */
const shortOpeningTime = 1000;

/** @throws TargetError for what is not proved to be Node, and for what has ended meanwhile */
async function requireNode(pid: number, state: ProcessState, signal: AbortSignal): Promise<void> {
  if ((await nodeVersionOf(pid, state, signal)) !== null) return;
  // Of a process that has ended, nothing can be proved.
  await processState(pid);
  throw notNode(pid, state.program);
}

/**
 * Finds or opens the inspector of a process, and never signals one that would end by it.
 * @throws TargetError that names the obstacle; the signal's reason
 */
export async function openInspector(pid: number, signal: AbortSignal): Promise<OpenInspector> {
  const state = await processState(pid);
  await requireNode(pid, state, signal);
  const route = await routeTo(pid);
  const flags = inspectorPortsIn((await nodeFlags(pid)).join('\0'));
  const before = await portsOf(pid);
  const seesUs = state.pids.length === 1;
  debug(
    'attach',
    () => `process ${pid} listens on ${before.map(({ port }) => port).join(', ') || 'no port'}`,
  );
  const isLikely = ({ port }: Listener) => isInspectorPort(port, flags);
  const open = await firstInspector(before.filter(isLikely), state, signal, route);
  if (open) return { ...open, route, openedByUs: false, seesUs };

  // Its inspector may have kept us waiting, and it may have ended over it.
  const obstacle = await lastingObstacle(pid);
  if (obstacle !== null) throw new TargetError(obstacle);
  // Meanwhile its id may be another program's, or it has become another program (execve).
  await requireNode(pid, await processState(pid), signal);
  signal.throwIfAborted();
  const isTaken = flags.length === 0 && (await isPortTaken(pid, usualPort));
  debug('attach', () => `opening the inspector of process ${pid}`);
  sendSignal(pid);
  // A caller that cancels now must wait all the same: what was opened can be closed when it is there.
  const always = new AbortController().signal;
  const old = new Set(before.map(({ port }) => port));
  const deadline = Date.now() + (isTaken ? shortOpeningTime : openingTime);
  while (Date.now() < deadline) {
    await sleep(20);
    const candidates = (await portsOf(pid)).filter(
      (listener) => !old.has(listener.port) || isLikely(listener),
    );
    const opened = await firstInspector(candidates, state, always, route);
    if (opened) return { ...opened, route, openedByUs: true, seesUs };
  }
  if (isTaken) throw await portIsTaken(pid);
  throw new TargetError(
    `process ${pid} opened no inspector within ${openingTime / 1000} seconds of SIGUSR1, probably because it has a handler of its own for that signal: start it with --inspect, or name its inspector's HOST:PORT`,
  );
}

function sendSignal(pid: number): void {
  try {
    // Node's own: SIGUSR1, and on Windows, where there are no signals, a thread started in the process.
    (process as unknown as { _debugProcess(pid: number): void })._debugProcess(pid);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EPERM') throw notOurs(pid);
    throw new TargetError(
      code === 'ESRCH'
        ? `there is no process ${pid} any more`
        : `process ${pid} cannot be signalled: ${message}`,
    );
  }
}

async function portIsTaken(pid: number): Promise<TargetError> {
  const holder = await portHolder(pid, usualPort);
  const who = holder === null ? 'another process' : `process ${holder}`;
  return new TargetError(
    `process ${pid} cannot open its inspector, because port ${usualPort} is taken by ${who}: end that one, detach from it if you are attached, or start this one with --inspect-port=0`,
  );
}

/** Where the process listens; every usual place, on systems that do not report it. */
async function portsOf(pid: number): Promise<Listener[]> {
  if (process.platform !== 'linux') return usualPorts.map((port) => ({ host: '127.0.0.1', port }));
  try {
    return await listeningPorts(pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw notOurs(pid);
    throw new TargetError(`process ${pid} ended before its heap could be read`);
  }
}

/** The first that is an inspector, and that of this process: a container's ports may lead elsewhere. */
async function firstInspector(
  listeners: readonly Listener[],
  { pids }: ProcessState,
  signal: AbortSignal,
  route: Route | undefined,
): Promise<{ client: InspectorClient; url: string } | null> {
  for (const { host, port } of listeners) {
    let client: InspectorClient | null = null;
    try {
      const url = await findSession(`${host}:${port}`, signal, route);
      client = await InspectorClient.connect(url, `process ${pids[0]}`, signal, route);
      const pid = await evaluateValue(client, 'process.pid');
      if (pids.some((id) => id === pid)) return { client, url };
    } catch (error) {
      if (!(error instanceof TargetError) || error instanceof BusyError) throw error;
    }
    await client?.close();
  }
  return null;
}
