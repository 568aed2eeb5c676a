// A thread behind an inspector, and how it is left as it was.
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { debug } from '../debug.ts';
import { readSnapshot, type SnapshotMethod } from './inspected-heap.ts';
import { haveScriptsListed, scriptsWithMaps } from './scripts.ts';
import { BrokenError, BusyError, evaluateValue, type Channel } from './conversation.ts';
import { InspectorClient } from './inspector-client.ts';
import { closing, InspectorWatch } from './inspector-watch.ts';
import { listeningPorts } from './listening-ports.ts';
import type { Route } from './route.ts';
import { SnapshotCost } from './snapshot-cost.ts';
import type { Progress, ReadContext, Target } from './target.ts';
import { whileWanted } from './while-wanted.ts';
import { attachToWorker, detachFromWorkers } from './worker-thread.ts';

/** A target that can be asked more than once while one is connected to it. */
export abstract class LiveTarget implements Target {
  readonly isLive = true;
  abstract readonly name: string;
  readonly risk?: string;

  /** @throws TargetError; the signal's reason, which may later end the connection as well */
  abstract connect(signal: AbortSignal, progress: Progress): Promise<Connection>;

  /** Whether it is there at all; nothing is done to it. @throws TargetError when not */
  check(): Promise<void> {
    return Promise.resolve();
  }

  /** As `connect`; but the connection stays, whatever becomes of the signal. */
  async open(signal: AbortSignal, progress: Progress): Promise<Connection> {
    signal.throwIfAborted();
    const connecting = new AbortController();
    const giveUp = () => connecting.abort(signal.reason);
    signal.addEventListener('abort', giveUp);
    try {
      const connection = await this.connect(connecting.signal, progress);
      if (!signal.aborted) return connection;
      await connection.close();
      throw signal.reason as Error;
    } catch (error) {
      throw signal.aborted ? (signal.reason as Error) : error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  async read(
    take: (chunk: Uint8Array) => void,
    { signal, progress, before, again, scripts }: ReadContext,
  ): Promise<void> {
    const connection = await this.open(signal, progress);
    const tell: Progress = (task, ...state) =>
      progress(signal.aborted ? `waiting until ${this.name} has written its snapshot` : task, ...state);
    try {
      await whileWanted(take, signal, async (takeOrFail, isOver) => {
        await before?.(await new SnapshotCost(connection.channel).estimate());
        do {
          isOver.throwIfAborted();
          await connection.snapshot(takeOrFail, tell);
          if (scripts && !isOver.aborted) scripts(await scriptsWithMaps(connection.channel));
        } while (!isOver.aborted && (await again?.()));
      });
    } finally {
      await connection.close();
    }
  }
}

export interface Place {
  /** What messages call it. */
  name: string;
  /** The WebSocket of its inspector. */
  url: string;
  /** 0 is the main one. */
  thread: number;
  /** Whether its inspector is open because of us. */
  openedByUs: boolean;
  /** Our process, as the target sees it; null where it does not. */
  ourPid: number | null;
  /** See `InspectorWatch.enter`. */
  watchId?: string;
  /** The process behind it, as we see it; null where we do not know. */
  pid?: number | null;
  /** The way to it, where it is not in our own network. */
  route?: Route;
}

const closingTime = 2000;
/** V8 collects garbage before it begins with a snapshot. */
const beginningTime = 10_000;
/** A paused target sends no last message: its timer closes the inspector when it runs again. */
const partingTime = 2000;
/** The longest wait for the rest of a cancelled snapshot, however large its target says it is. */
const maxWritingTime = 300_000;

export class Connection {
  #snapshot = { hasBegun: false, end: Promise.resolve(), writingTime: beginningTime };

  private constructor(
    readonly client: InspectorClient,
    /** That of the thread. */
    readonly channel: Channel,
    readonly place: Place,
    private readonly watch: InspectorWatch | null,
  ) {}

  get name(): string {
    return this.place.name;
  }

  /** Takes a client over: it is closed also when this fails. @throws TargetError */
  static async over(client: InspectorClient, place: Place): Promise<Connection> {
    const { name, thread, openedByUs, ourPid: pid, watchId: id } = place;
    let watch: InspectorWatch | null = null;
    try {
      watch = await InspectorWatch.enter(client, { pid, openedByUs, id }).catch((error: unknown) => {
        if (error instanceof BrokenError || error instanceof BusyError) throw error;
        return null;
      });
      const channel = thread === 0 ? client : await attachToWorker(client, thread, name);
      return new Connection(client, channel, place, watch);
    } catch (error) {
      await new Connection(client, client, place, watch).close();
      throw error;
    }
  }

  /**
   * Has V8 track every allocation for some time, and takes a snapshot then, which has the stacks of objects. Ids stay as they are.
   * @param signal ends the time early
   * @throws TargetError
   */
  async trackedSnapshot(
    take: (chunk: Uint8Array) => void,
    progress: Progress,
    milliseconds: number,
    signal: AbortSignal,
  ): Promise<void> {
    await this.channel.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
    const start = Date.now();
    while (Date.now() - start < milliseconds && !signal.aborted) {
      progress(`${this.name}: tracking every allocation`, Date.now() - start, milliseconds);
      await sleep(100, null, { signal }).catch(() => {});
    }
    await this.snapshot(take, progress, 'stopTrackingHeapObjects');
  }

  /** Takes one. @param take must not throw. @throws TargetError */
  async snapshot(
    take: (chunk: Uint8Array) => void,
    progress: Progress,
    method: SnapshotMethod = 'takeHeapSnapshot',
  ): Promise<void> {
    const { pause } = await new SnapshotCost(this.channel).estimate();
    const writingTime = Math.min(beginningTime + 3 * pause, maxWritingTime);
    await haveScriptsListed(this.channel);
    const snapshot = { hasBegun: false, end: Promise.resolve(), writingTime };
    snapshot.end = readSnapshot(
      this.channel,
      this.name,
      take,
      progress,
      () => void (snapshot.hasBegun = true),
      method,
    );
    this.#snapshot = snapshot;
    await snapshot.end;
  }

  /** Leaves the target as it was, as far as it lets us. */
  async close(): Promise<void> {
    await this.#untilWritten();
    const { client, watch } = this;
    const { thread } = this.place;
    debug(
      'attach',
      () => `leaving ${this.name}${this.place.openedByUs ? ', whose inspector we opened' : ''}`,
    );
    if (thread !== 0) await inTime(detachFromWorkers(client));
    const willClose = await inTime(watch?.leave());
    await part(client, willClose);
    // The connection was given up in the middle of an answer.
    const isClosing = willClose ?? (watch !== null && (await leaveAnew(watch, this.place)));
    if (isClosing && !(await isSoonClosed(this.place))) await closeAtOnce(this.place);
  }

  /**
   * Node ends by SIGSEGV, one time in ten, when a connection breaks into which its inspector writes (TcpHolder::WriteRaw):
   * what was begun is heard to the end, if that comes in the time that its heap needs.
   */
  async #untilWritten(): Promise<void> {
    const snapshot = this.#snapshot;
    const isWritten = snapshot.end.then(
      () => true,
      () => true,
    );
    const later = (time: number) => sleep(time, false, { ref: false });
    if (!(await Promise.race([isWritten, later(beginningTime)])) && snapshot.hasBegun)
      await Promise.race([isWritten, later(snapshot.writingTime)]);
  }
}

/**
 * Ends a connection. Where the inspector closes now, it says good-bye, and not we: Node ends by SIGSEGV, one time in five,
 * when both do so in the same turn of its loop (WsHandler::OnCloseFrameWritten).
 * @param isClosing what the watch answered; null when it did not answer
 */
async function part(client: InspectorClient, isClosing: boolean | null | undefined): Promise<void> {
  if (isClosing === true) await inTime(client.ended());
  if (isClosing !== null) await inTime(client.close());
  // It is over by now, unless the other side does not answer.
  client.end(new BrokenError(`${client.name} was left`));
}

/** Null when it is not there in time, or fails. */
async function inTime<T>(work: Promise<T> | undefined): Promise<T | null | undefined> {
  if (!work) return undefined;
  return Promise.race([work.catch(() => null), sleep(partingTime, null, { ref: false })]);
}

async function leaveAnew(watch: InspectorWatch, { url, name, route }: Place): Promise<boolean> {
  try {
    const client = await InspectorClient.connect(url, name, AbortSignal.timeout(10_000), route);
    const isClosing = await watch.leave(client);
    await part(client, isClosing);
    return isClosing;
  } catch {
    // It has ended, or is too busy to listen.
    return false;
  }
}

/** The next client must find it closed, and not closing: Node 20 crashes when a client comes in meanwhile. */
async function isSoonClosed({ url, pid = null }: Place): Promise<boolean> {
  const deadline = Date.now() + closingTime;
  while (Date.now() < deadline) {
    await sleep(20);
    if (await isClosed(new URL(url), pid)) return true;
  }
  return false;
}

/** Linux says it, and no connection is needed. */
async function isClosed(url: URL, pid: number | null): Promise<boolean> {
  if (pid === null || process.platform !== 'linux') return isRefused(url);
  const ports = await listeningPorts(pid).catch(() => []);
  return !ports.some(({ port }) => port === Number(url.port));
}

/** Nothing listens there. What only fails may still be closing. */
function isRefused({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port),
      timeout: closingTime,
    });
    socket.once('connect', () => socket.destroy()).once('timeout', () => socket.destroy());
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED'));
    socket.once('close', () => resolve(false));
  });
}

/** Of a program that never rests, whose timers never run; Node 20 bears it while code runs. */
async function closeAtOnce({ url, name, route }: Place): Promise<void> {
  try {
    const client = await InspectorClient.connect(url, name, AbortSignal.timeout(closingTime), route);
    // The answer has no way any more.
    const closed = new Promise((resolve) => client.onEnd(resolve));
    await Promise.race([evaluateValue(client, closing).catch(() => {}), closed]);
    await client.close();
  } catch {
    // It has been closed, or nothing reaches the program.
  }
}
