// The viewers that run for this user, with windows or lingering without one: asked and ended through their doors.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAppProtocol } from '../../shared/viewer-host/protocol.ts';
import { isRunning } from '../documents/temporary.ts';
import { linesOf, meet, viewerAddresses } from './rendezvous.ts';
import type { ViewerStatus } from './door.ts';

export interface RunningViewer extends ViewerStatus {
  /** Of objgraph. */
  version: string;
}

/** A viewer that does not answer within this is passed over. */
const answerTime = 3000;
/** It waits for sessions that detach from busy processes, and for its browser. */
const endTime = 10_000;

/** The viewers that answer, the oldest process first. */
export async function listViewers(): Promise<RunningViewer[]> {
  const viewers = await Promise.all(viewerAddresses().map(askStatus));
  return viewers.filter((viewer) => viewer !== null).sort((a, b) => a.pid - b.pid);
}

/** Ends them all, with their windows, and waits until they have ended. @returns those that were asked */
export async function quitViewers(): Promise<RunningViewer[]> {
  const ended = viewerAddresses().map(async (address) => {
    const viewer = await askStatus(address);
    if (viewer === null) return null;
    const socket = await meet({ address }).catch(() => null);
    if (!socket) return null;
    socket.resume().on('error', () => socket.destroy());
    socket.write('{"ask":"quit"}\n');
    await once(socket, 'close', { signal: AbortSignal.timeout(endTime) }).catch(() => socket.destroy());
    await hasEnded(viewer.pid);
    return viewer;
  });
  return (await Promise.all(ended)).filter((viewer) => viewer !== null);
}

async function askStatus(address: string): Promise<RunningViewer | null> {
  // A socket that was left behind, or another one's.
  const socket = await meet({ address }).catch(() => null);
  if (!socket) return null;
  const timer = setTimeout(() => socket.destroy(), answerTime);
  try {
    return await hear(socket);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

async function hear(socket: Socket): Promise<RunningViewer | null> {
  socket.on('error', () => socket.destroy());
  socket.write('{"ask":"status"}\n');
  let version: string | null = null;
  for await (const line of linesOf(socket)) {
    if (version === null) version = readAppProtocol(line)?.version ?? '';
    else return { version, ...readStatus(JSON.parse(line)) };
  }
  return null;
}

/** @throws TypeError for what no viewer says */
function readStatus(value: unknown): ViewerStatus {
  const { status } = Object(value) as { status?: unknown };
  const { pid, windows, secondsLeft } = Object(status) as Record<keyof ViewerStatus, unknown>;
  if (typeof pid !== 'number' || typeof windows !== 'number') throw new TypeError('no status of a viewer');
  return { pid, windows, secondsLeft: typeof secondsLeft === 'number' ? secondsLeft : null };
}

async function hasEnded(pid: number): Promise<void> {
  const deadline = performance.now() + endTime;
  while (isRunning(pid) && performance.now() < deadline) await sleep(20);
}
