// The heap of a window: snapshots that a thread of its own reads and analyses. Here is only what is shown of it.
import { EventEmitter } from 'node:events';
import { basename, join, resolve } from 'node:path';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import { startInBackground } from '../background.ts';
import type { WrittenPicture } from '../../shared/dot/write-picture.ts';
import type { Picture } from '../../shared/picture/picture.ts';
import {
  unreadSnapshot,
  type HeapPicture,
  type HeapState,
  type PictureGrowth,
  type SnapshotState,
} from '../../shared/protocol/heap.ts';
import type { ExportedTable } from '../heap/export-table.ts';
import { distFolder } from '../package.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import type {
  HeapCalls,
  HeapQuestion,
  HeapWorkerData,
  HeapWorkerEvent,
  OpenedFile,
} from '../workers/heap-calls.ts';
import { WorkerClient } from '../workers/rpc.ts';

type Client = WorkerClient<HeapCalls, HeapWorkerEvent>;

/** Bytes of JavaScript values that the thread may hold: strings of a million names, not the heap itself. */
const usualLimits = { maxOldGenerationSizeMb: 8192 };

/** A snapshot that comes in pieces. */
export interface Incoming {
  readonly id: number;
  /** Resolves when there is room for more. The piece is gone afterwards: its memory moves. */
  write(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Resolves when it is read, or is not: see the state. `failure` says that no more comes, and why. */
  end(failure?: string, scripts?: readonly ScriptRecord[]): Promise<void>;
  /** It will not be whole: nothing of it stays. */
  discard(): Promise<void>;
}

/**
 * Emits `changed` whenever `state` is another one, `removed` with the id of a snapshot, and `forgotten` when the thread has lost all
 * that it had. The state of a snapshot reports what goes wrong with it.
 */
export class HeapDocument extends EventEmitter<{
  changed: [];
  removed: [snapshot: number];
  forgotten: [];
}> {
  state: HeapState | null = null;
  #worker: Worker | null = null;
  #client: Client | null = null;
  /** The id of the next snapshot: they are counted, so that none is ever another one's. */
  #nextId = 0;
  #isClosed = false;
  /** What the thread was asked to read, until it is read or is not. */
  readonly #asked = new Map<number, SnapshotState>();
  /** Snapshots whose work was cancelled, until the thread has confirmed it. */
  readonly #cancelled = new Set<number>();

  /**
   * @param limits what the thread may use
   * @param mapFolders where source maps are that no script names
   */
  constructor(
    private readonly limits: ResourceLimits = usualLimits,
    private readonly mapFolders: readonly string[] = [],
  ) {
    super();
  }

  /** Reads a file. Resolves with the id of its snapshot when it is read, or is not. */
  async open(path: string, options: Omit<Partial<OpenedFile>, 'path'> = {}): Promise<number> {
    const { id = this.#nextId++ } = options;
    // The window was closed while its file was looked at.
    if (this.#isClosed) return id;
    const file = resolve(path);
    const opened = { name: basename(file), ...options, id, path: file };
    await this.#added(opened, (client) => client.call('open', opened));
    return id;
  }

  /**
   * Takes a snapshot in pieces.
   *
   * @param size in bytes, where it is known
   * @param folder file names inside it are shown relative to it
   */
  receive(name: string, size: number | null, folder?: string): Incoming {
    const client = this.#start();
    const id = this.#nextId++;
    const read = this.#added({ id, name, path: null }, (to) =>
      to.call('receive', { id, name, size, folder }),
    );
    return {
      id,
      write: (data) => ignoreFailure(client.call('piece', { id, data }, [data.buffer])),
      end: async (failure, scripts) => {
        await ignoreFailure(client.call('end', { id, failure: failure ?? null, scripts }));
        await read;
      },
      discard: () => ignoreFailure(client.call('discard', { id })),
    };
  }

  /** Asks what the page asked. @throws Error in words */
  ask<M extends HeapQuestion>(method: M, params: HeapCalls[M]['params']): Promise<HeapCalls[M]['result']> {
    return this.#running().call(method, params);
  }

  /** Asks the thread what concerns no snapshot: it is started when there is none. @throws Error in words */
  askThread<M extends keyof HeapCalls>(
    method: M,
    params: HeapCalls[M]['params'],
  ): Promise<HeapCalls[M]['result']> {
    if (this.#isClosed) return Promise.reject(new Error('The window was closed'));
    return this.#start().call(method, params);
  }

  /** A whole table as a file. @throws Error in words */
  export(exported: ExportedTable, format: 'csv' | 'json', redacted: boolean): Promise<Uint8Array> {
    return this.#running().call('export', { exported, format, redacted });
  }

  /** What a report says of an object, but for its picture. @throws Error in words */
  finding(snapshot: number, id: number, redacted: boolean): Promise<HeapCalls['finding']['result']> {
    return this.#running().call('finding', { snapshot, id, redacted });
  }

  /** @throws Error in words */
  draw(snapshot: number, picture: HeapPicture, redacted = false): Promise<WrittenPicture> {
    return this.#running().call('draw', { snapshot, picture, redacted });
  }

  /** A picture with more in it. @throws Error in words */
  async grow(
    snapshot: number,
    picture: Picture,
    growth: PictureGrowth,
  ): Promise<HeapCalls['grow']['result']> {
    return this.#running().call('grow', { snapshot, picture, growth });
  }

  /** Undefined when there is none of this id. */
  snapshot(id: number): SnapshotState | undefined {
    return this.state?.snapshots.find((each) => each.id === id);
  }

  /** @throws Error when there is no such snapshot */
  show(snapshot: number): void {
    if (!this.state || !this.snapshot(snapshot)) throw new RangeError(`There is no snapshot ${snapshot}`);
    this.#change({ ...this.state, shown: snapshot });
  }

  /** An analysis is over for the window at once; the thread learns of it behind the step that it is in. */
  async cancel(snapshot: number): Promise<void> {
    const client = this.#running();
    this.#cancelled.add(snapshot);
    try {
      if (this.state)
        this.#change({ ...this.state, snapshots: this.#withoutCancelled(this.state.snapshots) });
      await client.call('cancel', { snapshot });
    } finally {
      this.#cancelled.delete(snapshot);
    }
  }

  async remove(snapshot: number): Promise<void> {
    await this.#running().call('remove', { snapshot });
    this.emit('removed', snapshot);
  }

  /** Reads all again that are files, by a thread of their own; the others are gone. */
  async reload(): Promise<void> {
    const { snapshots = [] } = this.state ?? {};
    this.#forget();
    for (const { id, path } of snapshots) if (path === null) this.emit('removed', id);
    this.#change(null);
    for (const { id, path } of snapshots) if (path !== null) await this.open(path, { id });
  }

  close(): void {
    this.#isClosed = true;
    this.removeAllListeners();
    this.#forget();
  }

  #running(): Client {
    if (!this.#client) throw new Error('There is no snapshot in this window');
    return this.#client;
  }

  async #added(
    { id, name, path }: Pick<SnapshotState, 'id' | 'name' | 'path'>,
    add: (client: Client) => Promise<null>,
  ): Promise<void> {
    this.#asked.set(id, unreadSnapshot(id, name, path));
    await ignoreFailure(add(this.#start()));
    this.#asked.delete(id);
  }

  #start(): Client {
    if (this.#client) return this.#client;
    const worker = new Worker(join(distFolder, 'heap-worker.js'), {
      resourceLimits: this.limits,
      workerData: { mapFolders: this.mapFolders } satisfies HeapWorkerData,
    });
    this.#worker = worker;
    return (this.#client = new WorkerClient(
      worker,
      (event) => this.#take(event),
      (reason) => this.#ended(worker, reason),
    ));
  }

  #take({ snapshots: reported, sameProcess }: HeapWorkerEvent): void {
    const snapshots = this.#withoutCancelled(reported);
    this.#change(snapshots.length === 0 ? null : { snapshots, sameProcess, shown: this.#shownOf(snapshots) });
  }

  /** Without the progress of analyses that were cancelled: what the thread reports until it learns of that is of no interest. */
  #withoutCancelled(snapshots: readonly SnapshotState[]): SnapshotState[] {
    return snapshots.map((each) =>
      this.#cancelled.has(each.id) && each.nodes > 0 ? { ...each, progress: null } : each,
    );
  }

  /** A new snapshot is shown at once, and what follows one that was removed in its place. */
  #shownOf(snapshots: readonly SnapshotState[]): number {
    const { shown, snapshots: before = [] } = this.state ?? {};
    const last = snapshots[snapshots.length - 1].id;
    if (shown === undefined || !before.some(({ id }) => id === last)) return last;
    if (snapshots.some(({ id }) => id === shown)) return shown;
    return snapshots[before.findIndex(({ id }) => id === shown)]?.id ?? last;
  }

  /** All that was read has gone with the thread. It may have ended before it reported anything. */
  #ended(worker: Worker, reason: Error): void {
    if (this.#worker !== worker) return;
    this.#forget();
    const { snapshots: reported = [], ...rest } = this.state ?? {};
    const unreported = [...this.#asked.values()].filter(({ id }) => !reported.some((each) => each.id === id));
    const lost = [...reported, ...unreported];
    if (lost.length === 0) return;
    const { code } = reason as NodeJS.ErrnoException;
    const message =
      code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? 'There is not enough memory for this snapshot'
        : `The heap's thread ended (${reason.message})`;
    const snapshots = lost.map((snapshot) => ({ ...snapshot, progress: null, problem: { message } }));
    this.#change({ sameProcess: true, ...rest, snapshots, shown: this.#shownOf(snapshots), isLost: true });
  }

  #forget(): void {
    this.emit('forgotten');
    const worker = this.#worker;
    this.#worker = null;
    this.#client = null;
    if (worker) startInBackground(worker.terminate());
  }

  #change(state: HeapState | null): void {
    this.state = state;
    this.emit('changed');
  }
}

/** The state reports the end of the thread already. */
async function ignoreFailure(call: Promise<null>): Promise<void> {
  await call.catch(() => {});
}
