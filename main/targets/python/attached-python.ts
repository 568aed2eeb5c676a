// A Python process that a window is attached to. Between two snapshots nothing of ours is in it: each is taken by a visit of its
// own, and objects keep their ids from the first to the last.
import { EventEmitter } from 'node:events';
import { readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import type { MemorySample } from '../../../shared/memory-timeline.ts';
import type { SnapshotEstimate } from '../../../shared/protocol/targets.ts';
import type { Attached, TakenSnapshot } from '../attached.ts';
import type { TargetDescription } from '../describe-target.ts';
import { scriptOf, titleOf } from '../processes/command-line.ts';
import { python } from '../runtimes/python.ts';
import { TargetError, type Progress } from '../target.ts';
import {
  commandLineOf,
  isPythonProcess,
  pythonProcess,
  residentMemoryOf,
  startOf,
} from './python-process.ts';
import { estimateInPlace, type PythonTarget } from './python-target.ts';

const lookInterval = 1000;
/** What a fork costs the process (CPython 3.11, 2.4 million objects in 400 MB: 48 ms). */
const pausePerMegabyte = 0.12;
const leastPause = 10;
/** The child's tables take twice what the objects do; and each object that it counts a reference to is copied with its page. */
const memoryOfByte = 3;

export class AttachedPython extends EventEmitter<{ ended: [Error] }> implements Attached {
  readonly runtime = python.name;
  readonly isInspectable = false;
  readonly channel = null;
  readonly #looking: NodeJS.Timeout;
  #hasSnapshot = false;

  private constructor(
    readonly address: string,
    private readonly target: PythonTarget,
    readonly description: TargetDescription,
  ) {
    super();
    this.#looking = setInterval(() => this.#look(), lookInterval);
    this.#looking.unref();
  }

  /** Python runs what was written. */
  scripts(): Promise<[]> {
    return Promise.resolve([]);
  }

  /** @throws TargetError when an obstacle prevents it; the signal's reason */
  static async attach(address: string, target: PythonTarget, signal: AbortSignal): Promise<AttachedPython> {
    await target.check();
    const { pid } = target;
    const [{ version }, args, startedAt, folder] = await Promise.all([
      pythonProcess(pid),
      commandLineOf(pid),
      startOf(pid),
      readlink(`/proc/${pid}/cwd`).catch(() => null),
    ]);
    signal.throwIfAborted();
    const script = scriptOf(python.name, args);
    const title = script === null ? titleOf(python.name, args, args[0]) : basename(script);
    return new AttachedPython(address, target, {
      title,
      pid,
      runtime: python.name,
      version,
      folder,
      startedAt,
    });
  }

  get name(): string {
    return this.target.name;
  }

  get pid(): number {
    return this.target.pid;
  }

  get title(): string {
    return this.description.title;
  }

  get version(): string | null {
    return this.description.version;
  }

  get folder(): string | null {
    return this.description.folder;
  }

  get startedAt(): number | null {
    return this.description.startedAt;
  }

  /** The system reports the memory of the whole process only; to ask Python would take a visit. */
  async memory(): Promise<MemorySample> {
    const rss = await residentMemoryOf(this.pid);
    return { time: Date.now(), heapUsed: null, heapTotal: null, external: null, rss };
  }

  /** A forked child writes the snapshot; pages that either changes meanwhile are there twice. */
  async estimate(): Promise<SnapshotEstimate> {
    if (this.target.waits) return estimateInPlace(this.pid);
    const heapUsed = await residentMemoryOf(this.pid);
    return {
      heapUsed,
      pause: leastPause + (pausePerMegabyte * heapUsed) / 1e6,
      memory: memoryOfByte * heapUsed,
    };
  }

  async takeSnapshot(
    take: (chunk: Uint8Array) => void,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<TakenSnapshot> {
    const idsKept = this.#hasSnapshot ? true : null;
    const isExpected = this.target.waits;
    const before = ({ pause }: SnapshotEstimate) => {
      if (isExpected) return Promise.resolve();
      const seconds = Math.max(1, Math.round(pause / 1000));
      throw new TargetError(
        `${this.name} cannot fork (its Python has no ctypes): it would wait about ${seconds} s for its snapshot. Take the snapshot again to go on`,
      );
    };
    await this.target.read(take, { signal, progress, before });
    this.#hasSnapshot = true;
    return { idsKept };
  }

  evaluate(): Promise<never> {
    return this.#refuse('no expression can be run in it');
  }

  completions(): Promise<string[]> {
    return Promise.resolve([]);
  }

  hasKnownIds(): Promise<boolean> {
    return Promise.resolve(true);
  }

  fieldsNow(): Promise<never> {
    return this.#refuse('the fields of its objects are read from snapshots only');
  }

  detach(): Promise<void> {
    clearInterval(this.#looking);
    return Promise.resolve();
  }

  #refuse(what: string): Promise<never> {
    return Promise.reject(new TargetError(`${this.name} runs Python: ${what}`));
  }

  #look(): void {
    if (isPythonProcess(this.pid)) return;
    clearInterval(this.#looking);
    this.emit('ended', new TargetError(`${this.name} ended`));
  }
}
