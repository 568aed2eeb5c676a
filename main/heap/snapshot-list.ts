// The snapshots of a window: read one after the other, and analysed step by step in the background. A request for what is
// not there yet gets it first.
import { readFile } from 'node:fs/promises';
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { startInBackground } from '../background.ts';
import { messageOf } from '../../shared/errors.ts';
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { hasDocument } from '../../shared/heap/detached-dom.ts';
import { isSameProcess } from '../../shared/heap/same-process.ts';
import { sumOf } from '../../shared/heap/sizes.ts';
import {
  heapAnalyses,
  unreadSnapshot,
  type HeapAnalysisName,
  type HeapState,
  type SnapshotState,
} from '../../shared/protocol/heap.ts';
import { readHeaps } from '../targets/read-heap.ts';
import type { Target } from '../targets/target.ts';
import { analysisPlans } from './analyses.ts';
import { LoadedSnapshot } from './loaded-snapshot.ts';
import { suspectRows } from './suspect-rows.ts';
import { trackedParts } from './tracked-allocations.ts';

/** What this thread knows of the heap's state: which snapshot is shown, the window knows. */
export type SnapshotListState = Omit<HeapState, 'shown'>;

interface Entry {
  target: Target;
  isQuiet: boolean;
  state: SnapshotState;
  loaded: LoadedSnapshot | null;
  /** Ends what runs now. */
  running: AbortController;
}

/** More would hide the tables. */
const mostNotes = 3;

class Cancelled extends Error {}

export class SnapshotList {
  readonly #entries: Entry[] = [];
  readonly #samePairs = new Map<string, boolean>();
  /** Requests that wait for an answer: the background pauses for them. */
  #asked = 0;
  #working = false;

  /** @param changed called whenever `state` is another one */
  constructor(private readonly changed: () => void) {}

  get state(): SnapshotListState {
    const snapshots = this.#entries.map(({ state }) => state);
    return { snapshots, sameProcess: this.#loadedInOrder().length > 1 && this.#areOfOneProcess() };
  }

  /**
   * Adds a snapshot and reads it. Its state reports what goes wrong.
   *
   * @param id names it from now on
   * @param path null for what is no file
   * @param folder file names inside it are shown relative to it
   * @param own a file that has one byte per node, 1 where the node is never shown
   * @param isQuiet nothing is analysed before it is asked for
   */
  async add(
    target: Target,
    {
      id,
      path,
      folder = '',
      own,
      isQuiet = false,
    }: { id: number; path: string | null; folder?: string; own?: string; isQuiet?: boolean },
  ): Promise<void> {
    const entry: Entry = {
      target,
      isQuiet,
      state: unreadSnapshot(id, target.name, path),
      loaded: null,
      running: new AbortController(),
    };
    this.#entries.push(entry);
    this.#progress(entry, 'Reading', 0, null);
    try {
      const { signal } = entry.running;
      const progress = (_task: string, done: number, total: number | null) =>
        this.#progress(entry, 'Reading', done, total);
      const warn = (sentence: string) => this.#note(entry, sentence);
      const [graph] = await readHeaps(target, { signal, progress, warn });
      const excluded = own === undefined ? null : new Uint8Array(await readFile(own));
      if (excluded && excluded.length !== graph.nodeCount) throw new Error(`${own} is not of ${target.name}`);
      const analysis = new HeapAnalysis(graph, excluded);
      entry.loaded = new LoadedSnapshot(target.name, graph, { folder }, new Set(), analysis);
      const size = sumOf(graph.selfSizes);
      const tracked = trackedParts(graph);
      const language = graph.language.name === 'python' ? { language: graph.language.name } : {};
      this.#change(entry, {
        nodes: graph.nodeCount,
        edges: graph.edgeCount,
        size,
        ...language,
        progress: null,
        hasDom: hasDocument(graph),
        ...tracked,
      });
      startInBackground(this.#work());
    } catch (error) {
      const problem = { message: messageOf(error), ...(path !== null && { file: path }) };
      this.#change(entry, { progress: null, problem });
    }
  }

  /**
   * A snapshot with an analysis.
   * @throws Error in words when it is not there, or when it was given up
   */
  async with(id: number, ...names: HeapAnalysisName[]): Promise<LoadedSnapshot> {
    const entry = this.#entry(id);
    if (!entry.loaded)
      throw new Error(entry.state.problem?.message ?? `${entry.state.name} is still being read`);
    this.#asked++;
    try {
      for (const name of names) await this.#need(entry, entry.loaded, name);
      return entry.loaded;
    } finally {
      this.#asked--;
      if (this.#asked === 0) startInBackground(this.#work());
    }
  }

  /**
   * Several of them, of which those in between are left out when they could not be read.
   * @throws as `with`, for the first and the last
   */
  async among(ids: readonly number[], name: HeapAnalysisName): Promise<LoadedSnapshot[]> {
    const ends = [ids[0], ids.at(-1)];
    const wanted = ids.filter((id) => ends.includes(id) || this.#entry(id).loaded);
    return Promise.all(wanted.map((id) => this.with(id, name)));
  }

  /** The ids of two snapshots and of those between them, the oldest first; without `first`, of all up to `last`. */
  idsBetween(first: number | null, last: number): number[] {
    const ids = this.#entries.map(({ state }) => state.id);
    return ids.slice(first === null ? 0 : ids.indexOf(first), ids.indexOf(last) + 1);
  }

  /** Cancels what runs for a snapshot: reading it, or its remaining analyses. */
  cancel(id: number): void {
    const entry = this.#entry(id);
    entry.running.abort(new Cancelled(`${entry.loaded ? 'The analysis' : 'Reading'} was cancelled`));
    this.#change(entry, { progress: null });
  }

  remove(id: number): void {
    this.#remove(this.#entry(id));
  }

  /** Removes what was added of a target that will not be whole. */
  discard(target: Target): void {
    const entry = this.#entries.find((each) => each.target === target);
    if (entry) this.#remove(entry);
  }

  #remove(entry: Entry): void {
    entry.running.abort(new Cancelled('The snapshot was removed'));
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    this.changed();
  }

  #entry(id: number): Entry {
    const entry = this.#entries.find(({ state }) => state.id === id);
    if (!entry) throw new RangeError(`There is no snapshot ${id}`);
    return entry;
  }

  /** Makes the missing analyses, as long as no request waits. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      for (let next = this.#nextTask(); next && this.#asked === 0; next = this.#nextTask())
        await this.#need(next.entry, next.loaded, next.name).catch((error: unknown) =>
          this.#giveUp(next.entry, error),
        );
    } finally {
      this.#working = false;
    }
  }

  /** An analysis may need more memory than there is. */
  #giveUp(entry: Entry, error: unknown): void {
    // `cancel` has ended it already, and another request may have started it again.
    if (error instanceof Cancelled) return;
    entry.running.abort(error);
    const message = `The analysis failed: ${messageOf(error)}`;
    this.#change(entry, { progress: null, problem: { message } });
  }

  /** The first analysis that the last snapshot lacks, then those of earlier ones. */
  #nextTask(): { entry: Entry; loaded: LoadedSnapshot; name: HeapAnalysisName } | null {
    for (const name of heapAnalyses)
      for (const entry of this.#entries.toReversed()) {
        const { loaded, running, isQuiet } = entry;
        if (loaded && !isQuiet && !running.signal.aborted && !loaded.ready.has(name))
          return { entry, loaded, name };
      }
    return null;
  }

  async #need(entry: Entry, loaded: LoadedSnapshot, name: HeapAnalysisName): Promise<void> {
    if (loaded.ready.has(name)) return;
    // A request after it was cancelled starts it again.
    if (this.#asked > 0 && entry.running.signal.aborted) entry.running = new AbortController();
    const { signal } = entry.running;
    const { after, steps } = analysisPlans[name];
    if (after) await this.#need(entry, loaded, after);
    for (const { task, run } of steps) await this.#step(entry, signal, task, () => run(loaded.analysis));
    if (name === 'suspects')
      await this.#step(entry, signal, 'Looking for suspects', () => this.#suspects(entry));
    loaded.ready.add(name);
    const ready = heapAnalyses.filter((known) => loaded.ready.has(known));
    this.#change(entry, { ready, progress: null });
  }

  async #step(entry: Entry, signal: AbortSignal, task: string, run: () => unknown): Promise<void> {
    this.#progress(entry, task, entry.state.ready.length, heapAnalyses.length);
    // Lets messages pass: progress goes out, requests and cancellations come in.
    await yieldToEventLoop();
    signal.throwIfAborted();
    run();
  }

  /** With the earlier snapshots of the same process, as the window asks for them. */
  #suspects(entry: Entry): void {
    const loaded = this.#loadedInOrder();
    const place = loaded.indexOf(entry.loaded!);
    const compared = this.#areOfOneProcess() ? loaded.slice(0, place + 1) : [entry.loaded!];
    suspectRows(compared);
  }

  #loadedInOrder(): LoadedSnapshot[] {
    return this.#entries.flatMap(({ loaded }) => loaded ?? []);
  }

  #areOfOneProcess(): boolean {
    const loaded = this.#loadedInOrder();
    return loaded.every((snapshot, i) => {
      const before = loaded[i - 1];
      return !before || this.#isOfOneProcess(before, snapshot);
    });
  }

  #isOfOneProcess(before: LoadedSnapshot, after: LoadedSnapshot): boolean {
    const pair = `${before.number} ${after.number}`;
    const known = this.#samePairs.get(pair) ?? isSameProcess(before.graph, after.graph);
    this.#samePairs.set(pair, known);
    return known;
  }

  #progress(entry: Entry, task: string, done: number, total: number | null): void {
    const last = entry.state.progress;
    const since = last?.task === task ? last.since : Date.now();
    this.#change(entry, { progress: { task, done, total, since } });
  }

  /** Such as source maps that cannot be used: they are read when a place is first shown. */
  #note(entry: Entry, sentence: string): void {
    const { notes = [] } = entry.state;
    if (notes.length < mostNotes) this.#change(entry, { notes: [...notes, sentence] });
  }

  #change(entry: Entry, change: Partial<SnapshotState>): void {
    entry.state = { ...entry.state, ...change };
    if (this.#entries.includes(entry)) this.changed();
  }
}
