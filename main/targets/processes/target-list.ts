// What can be attached to on this machine, as a list for people: processes, pages of their inspectors, worker threads.
import { setMaxListeners } from 'node:events';
import type { TargetRow } from '../../../shared/protocol/targets.ts';
import { distFolder } from '../../package.ts';
import { inspectorPortsIn, isInspectorPort } from '../inspector-ports.ts';
import { listSessions, type InspectorSession } from '../inspector-sessions.ts';
import { helperTitle } from '../network-namespace.ts';
import { runtimeNamed, runtimes } from '../runtimes/index.ts';
import { TargetError } from '../target.ts';
import { untilAborted } from '../while-wanted.ts';
import { scriptOf, titleOf } from './command-line.ts';
import type { LocalProcess } from './local-process.ts';
import { localProcesses } from './local-processes.ts';
import { packageNameOf } from './package-name.ts';
import { versionBehind, versionOf } from './runtime-version.ts';
import { workersBehind } from './worker-list.ts';

/** An inspector that is open, and what it offers. */
interface OpenInspector {
  place: string;
  isInUse: boolean;
  sessions: InspectorSession[];
}

/** For the whole list, in milliseconds: what is not known by then is left out. */
const listTimeout = 5000;

/**
 * Everything on this machine that can be attached to, or could be without an obstacle.
 * @throws the signal's reason; an Error when the system's own list cannot be had
 */
export async function listTargets(signal: AbortSignal): Promise<TargetRow[]> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(new Error('too late')), listTimeout);
  try {
    const inTime = AbortSignal.any([signal, timeout.signal]);
    // Each row listens to it, and they are many.
    setMaxListeners(0, inTime);
    const processes = (await localProcesses(inTime)).filter((process) => !isOurs(process));
    const rows = await Promise.all(processes.map((process) => rowsOf(process, inTime)));
    signal.throwIfAborted();
    return rows.flat();
  } finally {
    clearTimeout(timer);
  }
}

/** This program, the viewer, and the helpers of both. */
function isOurs({ pid, runtime, args }: LocalProcess): boolean {
  const isHelper = args.includes(helperTitle);
  return pid === process.pid || isHelper || (scriptOf(runtime, args)?.startsWith(distFolder) ?? false);
}

/** A detail of a row, or its replacement when it does not come in time: one program never spoils the list of the others. */
async function detail<T>(work: Promise<T>, otherwise: T, signal: AbortSignal): Promise<T> {
  return untilAborted(work, signal).catch(() => otherwise);
}

async function rowsOf(process: LocalProcess, signal: AbortSignal): Promise<TargetRow[]> {
  const inspectors = await detail(openInspectors(process, signal), [], signal);
  const pages = inspectors.flatMap(({ place, sessions }) => sessions.map((session) => ({ place, session })));
  const isPage = ({ session }: (typeof pages)[number]) =>
    !runtimes.some(({ sessionType }) => sessionType === session.type);
  const program = inspectors.find(
    ({ sessions }) => !sessions.some((session) => isPage({ place: '', session })),
  );
  const row = await rowOf(process, program?.place ?? inspectors[0]?.place ?? null, signal);
  const pageRows = pages.filter(isPage).map(({ place, session }) => pageRow(row, place, session));
  if (runtimeNamed(process.runtime).isBrowser && pageRows.length > 0) return pageRows;
  return [row, ...(program ? await workerRows(row, process, program, signal) : []), ...pageRows];
}

async function openInspectors(
  { listeners, args }: LocalProcess,
  signal: AbortSignal,
): Promise<OpenInspector[]> {
  const flags = inspectorPortsIn(args.join('\0'));
  const likely = listeners.filter(({ port }) => isInspectorPort(port, flags));
  const found = await Promise.all(
    likely.map(async ({ host, port, isInUse }) => {
      const place = `${host}:${port}`;
      try {
        return { place, isInUse: isInUse !== false, sessions: await listSessions(place, signal) };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof TargetError)) throw error;
        return null;
      }
    }),
  );
  return found.filter((inspector) => inspector !== null);
}

async function rowOf(
  process: LocalProcess,
  inspector: string | null,
  signal: AbortSignal,
): Promise<TargetRow> {
  const { pid, runtime, args, program, folder, uptime, memory, root } = process;
  const { isBrowser, opensOnSignal } = runtimeNamed(runtime);
  const [packageName, version] = await Promise.all([
    isBrowser ? null : detail(packageNameOf(scriptOf(runtime, args), folder, root), null, signal),
    detail(versionFrom(process, inspector, signal), null, signal),
  ]);
  return {
    ...{ pid, packageName, folder, runtime, version, uptime, memory, inspector, kind: 'process' },
    address: opensOnSignal || inspector === null ? String(pid) : inspector,
    title: titleOf(runtime, args, program),
    obstacle: inspector === null ? (process.obstacle ?? closedObstacle(process)) : null,
  };
}

async function versionFrom(
  process: LocalProcess,
  inspector: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const asked = inspector === null ? null : await versionBehind(inspector, signal);
  return asked ?? process.version ?? versionOf(process, signal);
}

/** Null for a process whose inspector a signal opens. */
function closedObstacle({ pid, runtime }: LocalProcess): string | null {
  const { inspectorOption } = runtimeNamed(runtime);
  return inspectorOption ? `process ${pid} has no inspector open: start it with ${inspectorOption}` : null;
}

/** Chromium lets several clients in; where it does not, it gives no address. */
function pageRow(row: TargetRow, place: string, session: InspectorSession): TargetRow {
  const { type, title, url, webSocketDebuggerUrl } = session;
  return {
    ...row,
    address: webSocketDebuggerUrl ?? place,
    title: title || url || type,
    packageName: null,
    memory: null,
    inspector: place,
    kind: type.endsWith('worker') ? 'worker' : 'page',
    obstacle: webSocketDebuggerUrl ? null : 'another client is attached to it: close that one first',
  };
}

async function workerRows(
  row: TargetRow,
  { pid, threads }: LocalProcess,
  { sessions, isInUse }: OpenInspector,
  signal: AbortSignal,
): Promise<TargetRow[]> {
  const url = sessions[0]?.webSocketDebuggerUrl;
  if (!url || !runtimeNamed(row.runtime).hasWorkers) return [];
  const workers = await detail(workersBehind(url, { threads, isInUse }, signal), [], signal);
  return workers.map(({ id, title }) => ({
    ...row,
    address: `${pid}#${id}`,
    title: title || `worker #${id} of ${row.title}`,
    memory: null,
    kind: 'worker',
  }));
}
