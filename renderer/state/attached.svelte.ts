// The process that the window is attached to, and what can be asked of it.
import type { AttachedState, Evaluation, SnapshotEstimate } from '../../shared/protocol/targets.ts';
import type { Connection } from '../host.ts';

export class AttachedTarget {
  readonly #host: Connection;
  /** Null when the window is attached to nothing. */
  state = $state.raw<AttachedState | null>(null);
  /** Why the last request failed, in main's words. */
  failure = $state<string | null>(null);
  /** It can be asked, and a snapshot of it taken. */
  readonly isReady = $derived(this.state?.status === 'attached');

  constructor(host: Connection) {
    this.#host = host;
    let changed = false;
    host.on('target.changed', (state) => {
      changed = true;
      this.state = state;
    });
    void this.#ask(async () => {
      const state = await host.request('target.get', null);
      if (!changed) this.state = state;
    });
  }

  attach = (address: string) => this.#ask(() => this.#host.request('target.attach', { address }));
  detach = () => this.#ask(() => this.#host.request('target.detach', null));
  takeSnapshot = () => this.#ask(() => this.#host.request('target.snapshot', null));
  cancel = () => this.#ask(() => this.#host.request('target.cancel', null));

  /** These tell themselves when they fail. */
  list = () => this.#host.request('target.list', null);
  estimate = (): Promise<SnapshotEstimate> => this.#host.request('target.estimate', null);
  evaluate = (expression: string): Promise<Evaluation> =>
    this.#host.request('target.evaluate', { expression });
  complete = (expression: string) => this.#host.request('target.complete', { expression });
  fields = (snapshot: number, id: number) => this.#host.request('target.fields', { snapshot, id });

  async #ask(request: () => Promise<unknown>): Promise<void> {
    try {
      this.failure = null;
      await request();
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }
}
