// The inspector of a process that runs: the one that it has open, or one that it opens on SIGUSR1.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { debug } from '../debug.ts';
import { BusyError, evaluateValue, InspectorClient } from './inspector-client.ts';
import { findSession } from './inspector-sessions.ts';
import { isPortTaken, listeningPorts, portHolder, type Listener } from './listening-ports.ts';
import { inspectorPortsIn, isInspectorPort, usualPort, usualPorts } from './inspector-ports.ts';
import { lastingObstacle, notOurs, processState, type ProcessState } from './process-state.ts';
import { TargetError } from './target.ts';

export interface OpenInspector {
  client: InspectorClient;
  url: string;
  /** Whether it is open because of us. */
  openedByUs: boolean;
  /** Whether process ids mean the same there and here: not so in a container. */
  seesUs: boolean;
}

/** It takes a tenth of a second; on a very busy machine longer. */
const patience = 5000;
const patienceWithoutHope = 1000;

/**
 * Finds or opens the inspector of a process, and never signals one that would end by it.
 * @throws TargetError that says what stands in the way; the signal's reason
 */
export async function openInspector(pid: number, signal: AbortSignal): Promise<OpenInspector> {
  const state = await processState(pid);
  if (!state.isNode)
    throw new TargetError(
      `process ${pid} (${state.program}) is no Node process: of others, name the inspector's HOST:PORT`,
    );
  const flags = await portsOfFlags(pid);
  const before = await portsOf(pid);
  const seesUs = state.pids.length === 1;
  debug(
    'attach',
    () => `process ${pid} listens on ${before.map(({ port }) => port).join(', ') || 'no port'}`,
  );
  const isLikely = ({ port }: Listener) => isInspectorPort(port, flags);
  const open = await firstInspector(before.filter(isLikely), state, signal);
  if (open) return { ...open, openedByUs: false, seesUs };

  // Its inspector may have kept us waiting, and it may have ended over it.
  const obstacle = await lastingObstacle(pid);
  if (obstacle !== null) throw new TargetError(obstacle);
  signal.throwIfAborted();
  const isTaken = flags.length === 0 && (await isPortTaken(pid, usualPort));
  debug('attach', () => `opening the inspector of process ${pid}`);
  sendSignal(pid);
  // Whoever gives up now must wait all the same: what was opened can be closed when it is there.
  const always = new AbortController().signal;
  const old = new Set(before.map(({ port }) => port));
  const deadline = Date.now() + (isTaken ? patienceWithoutHope : patience);
  while (Date.now() < deadline) {
    await sleep(20);
    const candidates = (await portsOf(pid)).filter(
      (listener) => !old.has(listener.port) || isLikely(listener),
    );
    const opened = await firstInspector(candidates, state, always);
    if (opened) return { ...opened, openedByUs: true, seesUs };
  }
  if (isTaken) throw await portIsTaken(pid);
  throw new TargetError(
    `process ${pid} opened no inspector within ${patience / 1000} seconds of SIGUSR1, probably because it has a handler of its own for that signal: start it with --inspect, or name its inspector's HOST:PORT`,
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

/** Where the process listens; every usual place, on systems that do not tell. */
async function portsOf(pid: number): Promise<Listener[]> {
  if (process.platform !== 'linux') return usualPorts.map((port) => ({ host: '127.0.0.1', port }));
  try {
    return await listeningPorts(pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw notOurs(pid);
    throw new TargetError(`process ${pid} ended before its heap could be read`);
  }
}

/** Of the command line and of NODE_OPTIONS. */
async function portsOfFlags(pid: number): Promise<number[]> {
  const [command, environment] = await Promise.all(
    ['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'latin1').catch(() => '')),
  );
  // Other variables may have flags of other programs.
  const options = environment.split('\0').filter((variable) => variable.startsWith('NODE_OPTIONS='));
  return inspectorPortsIn([command, ...options].join('\0'));
}

/** The first that is an inspector, and that of this process: a container's ports may lead elsewhere. */
async function firstInspector(
  listeners: readonly Listener[],
  { pids }: ProcessState,
  signal: AbortSignal,
): Promise<{ client: InspectorClient; url: string } | null> {
  for (const { host, port } of listeners) {
    let client: InspectorClient | null = null;
    try {
      const url = await findSession(`${host}:${port}`, signal);
      client = await InspectorClient.connect(url, `process ${pids[0]}`, signal);
      if (pids.includes(Number(await evaluateValue(client, 'process.pid')))) return { client, url };
    } catch (error) {
      if (!(error instanceof TargetError) || error instanceof BusyError) throw error;
    }
    await client?.close();
  }
  return null;
}
