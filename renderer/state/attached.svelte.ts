// The process that the window is attached to, and what can be asked of it.
import { messageOf } from '../../shared/errors.ts';
import { memoryAdvice, withSample, type MemorySample } from '../../shared/memory-timeline.ts';
import type { AttachedState, Evaluation, SnapshotEstimate } from '../../shared/protocol/targets.ts';
import type { Connection } from '../host.ts';
import { inBackground } from './failures.svelte.ts';

export class AttachedTarget {
  readonly #host: Connection;
  /** Null when the window is attached to nothing. */
  state = $state.raw<AttachedState | null>(null);
  /** Why the last request failed, in main's words. */
  failure = $state<string | null>(null);
  /** What it used of memory since the window is attached, the oldest first. */
  memory = $state.raw<readonly MemorySample[]>([]);
  readonly advice = $derived(memoryAdvice(this.memory));
  /** It can be asked, and a snapshot of it taken. */
  readonly isReady = $derived(this.state?.status === 'attached');

  constructor(host: Connection) {
    this.#host = host;
    let changed = false;
    host.on('target.changed', (state) => {
      changed = true;
      if (state?.status === 'attaching' || state === null) this.memory = [];
      this.state = state;
    });
    host.on('target.sampled', (sample) => (this.memory = withSample(this.memory, sample)));
    inBackground(
      this.#ask(async () => {
        const state = await host.request('target.get', null);
        if (!changed) this.state = state;
        if (state === null) return;
        const memory = await host.request('target.memory', null);
        if (memory.length > this.memory.length) this.memory = memory;
      }),
    );
  }

  attach = (address: string) => this.#ask(() => this.#host.request('target.attach', { address }));
  detach = () => this.#ask(() => this.#host.request('target.detach', null));
  takeSnapshot = () => this.#ask(() => this.#host.request('target.snapshot', null));
  cancel = () => this.#ask(() => this.#host.request('target.cancel', null));

  /** Their callers report failures. */
  list = () => this.#host.request('target.list', null);
  estimate = (): Promise<SnapshotEstimate> => this.#host.request('target.estimate', null);
  evaluate = (expression: string): Promise<Evaluation> =>
    this.#host.request('target.evaluate', { expression });
  complete = (expression: string) => this.#host.request('target.complete', { expression });
  node = (snapshot: number, id: number | null) => this.#host.request('target.node', { snapshot, id });
  fields = (snapshot: number, id: number) => this.#host.request('target.fields', { snapshot, id });

  async #ask(request: () => Promise<unknown>): Promise<void> {
    try {
      this.failure = null;
      await request();
    } catch (error) {
      this.failure = messageOf(error);
    }
  }
}
