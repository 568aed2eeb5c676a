// The allocations of the window as the page knows them: recordings and profiles, which of them is shown, and what main can be asked.
import { messageOf } from '../../shared/errors.ts';
import type { AllocationsState, AllocationSubject, ProfileState } from '../../shared/protocol/allocations.ts';
import type { Connection } from '../host.ts';
import { download } from './download.ts';
import { inBackground } from './failures.svelte.ts';
import type { OpenHeap } from './heap.svelte.ts';

/** Objects that were allocated between two moments of a snapshot's timeline. */
export interface PickedRange {
  after: number;
  last: number;
}

/** A profile by its id; `snapshot` for what V8 tracked of the snapshot that is shown. */
export type AllocationSource = number | 'snapshot';

export class OpenAllocations {
  readonly #host: Connection;
  readonly #heap: OpenHeap;
  state = $state.raw<AllocationsState | null>(null);
  /** Why the last request failed, in main's words. */
  failure = $state<string | null>(null);
  #chosen = $state<AllocationSource | null>(null);
  /** The profile whose bytes are taken off; null shows all. */
  before = $state<number | null>(null);
  /** Of the timeline; null is all of it. */
  range = $state.raw<PickedRange | null>(null);

  readonly profiles = $derived<ProfileState[]>(this.state?.profiles ?? []);
  readonly tracked = $derived.by(() => this.#heap.snapshot?.tracked ?? null);
  /** What is shown: what was chosen, as long as it is there; else the newest. */
  readonly source = $derived.by<AllocationSource | null>(() => {
    const isThere = (source: AllocationSource | null) =>
      source === 'snapshot' ? this.tracked !== null : this.profiles.some(({ id }) => id === source);
    if (isThere(this.#chosen)) return this.#chosen;
    return this.profiles.at(-1)?.id ?? (this.tracked ? 'snapshot' : null);
  });
  readonly earlier = $derived.by(() => {
    const at = this.profiles.findIndex(({ id }) => id === this.source);
    return this.profiles.slice(0, Math.max(0, at));
  });
  readonly subject = $derived.by<AllocationSubject | null>(() => {
    const { source } = this;
    if (source === null) return null;
    if (source === 'snapshot') return { kind: 'snapshot', snapshot: this.#heap.shown, ids: this.range };
    const before = this.earlier.some(({ id }) => id === this.before) ? this.before : null;
    return { kind: 'profile', profile: source, before };
  });

  constructor(host: Connection, heap: OpenHeap) {
    this.#host = host;
    this.#heap = heap;
    let changed = false;
    host.on('allocations.changed', (state) => {
      changed = true;
      // A new recording is what one waited for.
      if ((state?.profiles.length ?? 0) > this.profiles.length) this.#chosen = null;
      this.state = state;
    });
    inBackground(
      this.ask(async () => {
        const state = await host.request('allocations.get', null);
        if (!changed) this.state = state;
      }),
    );
  }

  get request(): Connection['request'] {
    return this.#host.request;
  }

  choose = (source: AllocationSource) => {
    this.#chosen = source;
    this.range = null;
  };

  record = (seconds: number, interval: number) =>
    this.ask(() => this.request('allocations.record', { seconds, interval }));
  finish = () => this.ask(() => this.request('allocations.finish', null));
  remove = (profile: number) => this.ask(() => this.request('allocations.remove', { profile }));
  save = (profile: number, format: 'heapprofile' | 'pb.gz') =>
    this.ask(async () => {
      const { name, data } = await this.request('allocations.save', { profile, format });
      if (data !== null) download(name, data);
    });

  /** Shows why a request failed. */
  async ask(request: () => Promise<unknown>): Promise<void> {
    try {
      this.failure = null;
      await request();
    } catch (error) {
      this.failure = messageOf(error);
    }
  }
}
