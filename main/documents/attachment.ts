// The process that a window is attached to: questions to it, and snapshots of it that go straight into the window's heap. What
// speaks with processes is half a megabyte of code, and loaded by the first window that needs it.
import { EventEmitter } from 'node:events';
import { startInBackground } from '../background.ts';
import { withSample, type MemorySample } from '../../shared/memory-timeline.ts';
import type {
  AttachedState,
  ComparedObject,
  Evaluation,
  LiveDomNode,
} from '../../shared/protocol/targets.ts';
import type { CdpSession } from '../pages/cdp.ts';
import type { Attached } from '../targets/attached.ts';
import { messageOf } from '../../shared/errors.ts';
import type { AllocationTree } from '../../shared/heap/allocation-tree.ts';
import type { WantedClass } from '../allocations/wanted-class.ts';
import type { ClassSites } from '../allocations/sites.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import type { Channel } from '../targets/conversation.ts';
import type { Progress } from '../targets/target.ts';
import { compareFields } from './compare-fields.ts';
import type { HeapDocument } from './heap-document.ts';

const reportInterval = 50;
/** Milliseconds between two looks at the target's memory. */
const sampleInterval = 2000;

/** Objects of a class that are recorded: each costs the target some tenths of a millisecond. */
const mostSites = 500;

class Cancelled extends Error {}

/** Emits `changed` whenever `state` is another one, `sampled` with what the target uses of memory. Failures are in
 * `state.problem`. */
export class Attachment extends EventEmitter<{ changed: []; sampled: [MemorySample] }> {
  state: AttachedState | null = null;
  /** Since the window is attached, the oldest first. */
  memory: MemorySample[] = [];
  #sampling: NodeJS.Timeout | undefined;
  #target: Attached | null = null;
  #running: AbortController | null = null;
  #reported = 0;
  /** It runs on meanwhile, and can be asked. */
  #isRecording = false;
  /** Counts what was wanted: to be attached here, there, or nowhere. */
  #wish = 0;
  /** What has begun, even if it was given up: a target is left in order. */
  #working: Promise<unknown> = Promise.resolve();
  /** The snapshots of this target. */
  readonly #taken = new Set<number>();

  constructor(private readonly heap: HeapDocument) {
    super();
  }

  /** Detaches from the current target, and attaches to another one. */
  async attach(address: string): Promise<void> {
    const left = this.detach();
    const wish = this.#wish;
    await left;
    // Another target was chosen meanwhile, or the window was closed.
    if (wish !== this.#wish) return;
    const nothing = { title: address, pid: null, runtime: 'other', version: null, isInspectable: false };
    const state: AttachedState = {
      address,
      ...nothing,
      startedAt: null,
      status: 'attaching',
      taken: [],
      progress: null,
      problem: null,
    };
    this.memory = [];
    this.#change(state);
    await this.#during(async (signal) => {
      const { attach } = await import('../targets/attached-target.ts');
      const target = await attach(address, signal, (task, done, total) => this.#progress(task, done, total));
      if (signal.aborted) return target.detach();
      this.#target = target;
      target.once('ended', (reason) => this.#ended(target, reason.message));
      const { title, pid, runtime, version, startedAt, isInspectable } = target;
      this.#change({ ...state, title, pid, runtime, version, startedAt, isInspectable, status: 'attached' });
    });
    if (this.#target) startInBackground(this.#sample(this.#target));
    else if (this.state) this.#change({ ...this.state, status: 'ended', progress: null });
  }

  async detach(): Promise<void> {
    this.#wish++;
    this.#running?.abort(new Cancelled());
    const target = this.#target;
    this.#target = null;
    this.#taken.clear();
    clearTimeout(this.#sampling);
    if (target && this.state) this.#change({ ...this.state, status: 'detaching', progress: null });
    await target?.detach();
    await this.#working;
    // The window may have been attached again in the meantime.
    if (!this.#target && this.state?.status !== 'attaching') this.#change(null);
  }

  /**
   * Adds a snapshot to the window's heap; of one that fails or is given up, nothing stays.
   * @param track milliseconds in which V8 tracks every allocation before, so that it has the stacks of objects
   * @returns the id of the snapshot; null when there is none
   */
  async takeSnapshot(track = 0): Promise<number | null> {
    const target = this.requireIdle();
    const name = `${target.title}, ${new Date().toTimeString().slice(0, 8)}`;
    const incoming = this.heap.receive(name, null, target.folder ?? undefined);
    this.#change({ ...this.state!, status: 'snapshot', problem: null });
    const isTaken = await this.#during((signal) =>
      target.takeSnapshot(
        // The chunk is valid only during this call.
        (chunk) => startInBackground(incoming.write(new Uint8Array(chunk))),
        (task, done, total) => this.#progress(task, done, total),
        signal,
        track,
      ),
    );
    if (isTaken) {
      this.#taken.add(incoming.id);
      if (this.state)
        this.#change({ ...this.state, taken: [...this.state.taken, { name, time: Date.now() }] });
    }
    // Maps that are in the memory of the process only: tsx, ts-node, bundlers that serve what they built.
    if (isTaken) await incoming.end(undefined, await target.scripts());
    else await incoming.discard();
    if (this.#target === target) this.#change({ ...this.state!, status: 'attached', progress: null });
    return isTaken ? incoming.id : null;
  }

  /**
   * Samples what the target allocates.
   * @param finish ends it early, and keeps what there is
   * @returns null when it failed, or was given up: the state reports why
   */
  async recordAllocations(
    milliseconds: number,
    interval: number,
    finish: AbortSignal,
  ): Promise<{ tree: AllocationTree; scripts: readonly ScriptRecord[] } | null> {
    const { name, channel } = this.requireInspector();
    const options = { interval, moments: [milliseconds], finish };
    try {
      this.#isRecording = true;
      const { trees, scripts } = await this.#run(async (signal) => {
        const { sampleAllocations } = await import('../allocations/sample.ts');
        return sampleAllocations(
          channel,
          name,
          options,
          (task, done, total) => this.#progress(task, done, total),
          signal,
        );
      });
      return { tree: trees[0], scripts };
    } catch (error) {
      this.#report(error);
      return null;
    } finally {
      this.#isRecording = false;
      this.#endProgress();
    }
  }

  /**
   * Records who makes the objects of a class.
   * @returns null for a class that has no constructor in JavaScript in which its objects can be recorded
   * @throws Error in words
   */
  async recordSites(
    wanted: WantedClass,
    milliseconds: number,
  ): Promise<{ classes: ClassSites[]; notes: string[] } | null> {
    const { name, channel } = this.requireInspector();
    const notes: string[] = [];
    const warn = (sentence: string) => void notes.push(sentence);
    const sites = import('../allocations/sites.ts');
    try {
      const classes = await this.#run(async (signal) => {
        const { recordSites } = await sites;
        const progress: Progress = (task, done, total) => this.#progress(task, done, total);
        const ids = () => this.#classIds(wanted, warn, progress, signal);
        const options = { type: wanted, ids, duration: milliseconds, most: mostSites, warn };
        return recordSites(channel, name, options, progress, signal);
      });
      return { classes, notes };
    } catch (error) {
      if (error instanceof (await sites).NoConstructorError) return null;
      throw error instanceof Cancelled ? new Error('The recording was cancelled') : error;
    } finally {
      this.#endProgress();
    }
  }

  /** The functions that may be a class: of the last snapshot of this process, else of one that is taken for it. */
  async #classIds(
    wanted: WantedClass,
    warn: (sentence: string) => void,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<readonly number[] | null> {
    const { attached, heap } = this;
    const last = [...this.#taken].findLast((id) => heap.snapshot(id));
    if (last !== undefined && (await attached.hasKnownIds())) {
      const ids = await heap.askThread('classIds', { snapshot: last, wanted });
      // A class may be newer than the snapshot.
      if (ids.length > 0) return ids;
    }
    const [{ classSnapshot }, { classIds }] = await Promise.all([
      import('../allocations/class-snapshot.ts'),
      import('../allocations/classes-in-heap.ts'),
    ]);
    const source = {
      name: attached.name,
      channel: attached.channel!,
      snapshot: (take: (chunk: Uint8Array) => void) => attached.takeSnapshot(take, progress, signal),
    };
    const graph = await classSnapshot(source, warn, progress, signal);
    return graph && classIds(graph, wanted);
  }

  /** Gives up what runs. */
  cancel(): void {
    this.#running?.abort(new Cancelled());
  }

  /** @throws Error in words */
  async evaluate(expression: string): Promise<Evaluation> {
    const value = await this.attached.evaluate(expression);
    return { ...value, inSnapshot: value.id !== null && (await this.#isInSnapshot(value.id)) };
  }

  /**
   * The DOM node of an object, highlighted in its page; null where there is none any more, or where the snapshot is of another
   * process.
   */
  async lookAtNode(snapshot: number, id: number | null): Promise<LiveDomNode | null> {
    const { channel } = this.requireIdle();
    if (!channel || !this.#taken.has(snapshot)) return null;
    const session: CdpSession = {
      send: (method, params) => channel.post(method, params),
      on: () => {},
      off: () => {},
    };
    const { highlightNode, lookAtNode } = await import('../pages/live-node.ts');
    await highlightNode(session, id);
    return id === null ? null : lookAtNode(session, id);
  }

  /** An object of a snapshot, beside what it is now. @throws Error in words */
  async fields(snapshot: number, id: number): Promise<ComparedObject> {
    const { attached, heap } = this;
    if (!this.#taken.has(snapshot))
      throw new Error(
        `${heap.snapshot(snapshot)?.name ?? 'This snapshot'} was not taken while the window was attached to ${attached.title}: take a new snapshot to compare`,
      );
    const before = await heap.ask('heap.fields', { snapshot, id });
    if (before.readability !== 'object') return { state: 'unreadable', what: before.readability };
    const now = await attached.fieldsNow(id);
    if (!now) return { state: 'freed' };
    return { state: 'read', fields: compareFields(before, now), isComplete: now.isComplete };
  }

  /** @throws Error when there is none */
  get attached(): Attached {
    if (!this.#target) throw new Error('The window is not attached to anything');
    return this.#target;
  }

  /** @throws Error when there is none, or it is busy */
  requireIdle(): Attached {
    const target = this.attached;
    if (this.#running) throw new Error(`${target.title} is busy with the last request`);
    return target;
  }

  /** @throws Error where there is no inspector, or it is busy */
  requireInspector(): { name: string; title: string; folder: string | null; channel: Channel } {
    const { name, title, folder, channel } = this.requireIdle();
    if (channel === null)
      throw new Error(`${name} runs Python: who allocates is known of JavaScript programs only`);
    return { name, title, folder, channel };
  }

  /** Shows why work in the background failed. */
  readonly fail = (message: string): void => {
    if (this.state) this.#change({ ...this.state, progress: null, problem: { message } });
  };

  async close(): Promise<void> {
    this.removeAllListeners();
    await this.detach();
  }

  /** Ids mean something only in snapshots of this target, taken since we came. */
  async #isInSnapshot(id: number): Promise<boolean> {
    const shown = this.heap.state?.shown;
    if (shown === undefined || !this.#taken.has(shown)) return false;
    return (await this.heap.ask('heap.object', { snapshot: shown, id })) !== null;
  }

  /** True when the work was completed; otherwise the state reports why not. */
  async #during(work: (signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
    try {
      await this.#run(work);
      return true;
    } catch (error) {
      this.#report(error);
      return false;
    }
  }

  #report(error: unknown): void {
    if (error instanceof Cancelled || !this.state) return;
    this.#change({ ...this.state, progress: null, problem: { message: messageOf(error) } });
  }

  #endProgress(): void {
    if (this.state) this.#change({ ...this.state, progress: null });
  }

  async #run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const running = (this.#running = new AbortController());
    try {
      const working = work(running.signal);
      this.#working = Promise.allSettled([this.#working, working]);
      return await working;
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  /** Looks at the target's memory as long as it is attached to; while it is busy with us, it is left alone. */
  async #sample(target: Attached): Promise<void> {
    clearTimeout(this.#sampling);
    const isBusy = this.#running !== null && !this.#isRecording;
    const sample = isBusy ? null : await target.memory().catch(() => null);
    if (this.#target !== target) return;
    if (sample) {
      this.memory = withSample(this.memory, sample);
      this.emit('sampled', sample);
    }
    this.#sampling = setTimeout(() => startInBackground(this.#sample(target)), sampleInterval);
    this.#sampling.unref();
  }

  #ended(target: Attached, message: string): void {
    if (this.#target !== target) return;
    this.#target = null;
    this.#change({ ...this.state!, status: 'ended', progress: null, problem: { message } });
  }

  #progress(task: string, done: number, total: number | null): void {
    if (!this.state) return;
    const last = this.state.progress;
    const since = last?.task === task ? last.since : Date.now();
    const state = { ...this.state, progress: { task, done, total, since } };
    // It comes with every chunk: more often than it can be read.
    if (since === last?.since && Date.now() - this.#reported < reportInterval) this.state = state;
    else this.#change(state);
  }

  #change(state: AttachedState | null): void {
    this.state = state;
    this.#reported = Date.now();
    this.emit('changed');
  }
}
