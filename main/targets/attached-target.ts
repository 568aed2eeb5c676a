// A process, page or worker thread that one stays attached to: several snapshots with the same ids, and questions in between.
import { EventEmitter } from 'node:events';
import type { MemorySample } from '../../shared/memory-timeline.ts';
import type { SnapshotEstimate, TargetRow } from '../../shared/protocol/targets.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import type { Attached, TakenSnapshot } from './attached.ts';
import type { Connection } from './connection.ts';
import type { Channel } from './conversation.ts';
import { describeTarget, type TargetDescription } from './describe-target.ts';
import { IdSentinel } from './id-sentinel.ts';
import { AttachedPython } from './python/attached-python.ts';
import { PythonTarget } from './python/python-target.ts';
import { findLiveTarget } from './kinds.ts';
import { memoryUse } from './memory-use.ts';
import { completions, evaluate, fieldsOf, type LiveFields, type LiveValue } from './live-expression.ts';
import { scriptsWithMaps } from './scripts.ts';
import { SnapshotCost } from './snapshot-cost.ts';
import { TargetError, type Progress } from './target.ts';
import { untilAborted, whileWanted } from './while-wanted.ts';

/**
 * Attaches to a target: `4242`, `4242#1` (a worker thread), `127.0.0.1:9229`, `ws://…`.
 * @param signal gives up while it attaches; afterwards, there is `detach`
 * @throws TargetError that says what to do; the signal's reason
 */
export async function attach(
  address: string,
  signal: AbortSignal,
  progress: Progress = () => {},
): Promise<Attached> {
  const target = findLiveTarget(address);
  if (target instanceof PythonTarget) return AttachedPython.attach(address, target, signal);
  const connection = await target.open(signal, progress);
  try {
    const description = await untilAborted(describeTarget(connection), signal);
    return new AttachedTarget(address, connection, description);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** Milliseconds that a user who clicked waits at most. */
const lookTimeout = 5000;

/** Calls `ended` once, with the reason, when the target has gone without being detached from. */
export class AttachedTarget extends EventEmitter<{ ended: [Error] }> implements Attached {
  readonly isInspectable = true;
  readonly #connection: Connection;
  readonly #ids: IdSentinel;
  readonly #cost: SnapshotCost;
  /** V8 takes one snapshot after the other; one that was given up is still taken. */
  #taking: Promise<unknown> = Promise.resolve();
  #isAttached = true;

  constructor(
    readonly address: string,
    connection: Connection,
    readonly description: TargetDescription,
  ) {
    super();
    this.#connection = connection;
    this.#ids = new IdSentinel(connection.channel);
    this.#cost = new SnapshotCost(connection.channel);
    for (const channel of [connection.client, connection.channel])
      channel.onEnd((reason) => this.#end(reason as Error));
  }

  get channel(): Channel {
    return this.#connection.channel;
  }

  /** What messages call it: `process 4242`. */
  get name(): string {
    return this.#connection.name;
  }

  get title(): string {
    return this.description.title;
  }

  get pid(): number | null {
    return this.description.pid;
  }

  get runtime(): TargetRow['runtime'] {
    return this.description.runtime;
  }

  get folder(): string | null {
    return this.description.folder;
  }

  get version(): string | null {
    return this.description.version;
  }

  get startedAt(): number | null {
    return this.description.startedAt;
  }

  /** What it uses now. @throws TargetError */
  memory(): Promise<MemorySample> {
    return memoryUse(this.#connection.channel);
  }

  /** Bytes of its heap, and what a snapshot will cost it: from what the last one did, if there was one. */
  estimate(): Promise<SnapshotEstimate> {
    return this.#cost.estimate();
  }

  /**
   * Gives the snapshot's bytes, in any chunks; a chunk is only good until `take` returns, and what it throws ends the
   * reading. One that is given up is finished by the target all the same, which answers nothing until then.
   * @param track milliseconds in which V8 tracks every allocation before
   * @throws TargetError; the signal's reason; what `take` throws
   */
  async takeSnapshot(
    take: (chunk: Uint8Array) => void,
    progress: Progress,
    signal: AbortSignal,
    track = 0,
  ): Promise<TakenSnapshot> {
    return whileWanted(take, signal, (takeOrFail, isOver) => {
      const tell: Progress = (...state) => {
        if (!isOver.aborted) progress(...state);
      };
      const taking = this.#taking.then(async () => {
        isOver.throwIfAborted();
        const read = () =>
          track > 0
            ? this.#connection.trackedSnapshot(takeOrFail, tell, track, isOver)
            : this.#cost.measure(() => this.#connection.snapshot(takeOrFail, tell));
        return { idsKept: await this.#ids.during(read) };
      });
      this.#taking = taking.catch(() => {});
      return taking;
    });
  }

  /** The scripts that have source maps; none where the target does not say. */
  scripts(): Promise<ScriptRecord[]> {
    return scriptsWithMaps(this.#connection.channel);
  }

  /** Runs an expression of the user in the target, for ten seconds at most. What it throws is a value as well. */
  evaluate(expression: string): Promise<LiveValue> {
    return evaluate(this.#connection.channel, expression);
  }

  /** Names that complete the last word of an expression; nothing of the target runs for it. */
  completions(expression: string): Promise<string[]> {
    return completions(this.#connection.channel, expression);
  }

  /**
   * The fields that an object of a snapshot has now, without running getters; null when it is gone.
   * @param id its heap object id
   * @throws TargetError when the ids of the snapshots mean nothing any more, or it takes too long
   */
  fieldsNow(id: number): Promise<LiveFields | null> {
    return this.#within(lookTimeout, 'its fields could not be read', this.#fieldsNow(id));
  }

  async hasKnownIds(): Promise<boolean> {
    return (await this.#ids.areKept()) !== false;
  }

  async #fieldsNow(id: number): Promise<LiveFields | null> {
    const fields = await fieldsOf(this.#connection.channel, id);
    // Not before: another client may go while we look.
    if (!(await this.hasKnownIds()))
      throw new TargetError(
        `the objects of ${this.name} have new ids, because another client detached from it: take a new snapshot`,
      );
    return fields;
  }

  /** Leaves the target as it was. Never throws; again, it does nothing. */
  async detach(): Promise<void> {
    if (!this.#isAttached) return;
    this.#isAttached = false;
    await this.#connection.close();
  }

  async #within<T>(milliseconds: number, failure: string, work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      const message = `${failure} within ${milliseconds / 1000} seconds: ${this.name} is busy, or they are too many. Try again`;
      timer = setTimeout(() => reject(new TargetError(message)), milliseconds);
    });
    return Promise.race([work, tooLong]).finally(() => clearTimeout(timer));
  }

  #end(reason: Error): void {
    if (!this.#isAttached) return;
    this.#isAttached = false;
    this.emit('ended', reason);
  }
}
