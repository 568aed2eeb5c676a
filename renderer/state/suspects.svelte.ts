// What may be a leak in the snapshot that is shown: asked for once per set of snapshots, for the tab's count, its cards and the
// first picture.
import type { SuspectRow } from '../../shared/protocol/heap.ts';
import type { OpenHeap } from './heap.svelte.ts';

export class Suspects {
  readonly #heap: OpenHeap;
  /** Null as long as they are not known. */
  rows = $state.raw<SuspectRow[] | null>(null);
  problem = $state<string | null>(null);
  /** The snapshots of a recorded loop: those before it have nothing of its rounds. */
  loop = $state.raw<readonly number[]>([]);
  /** The snapshot that is shown, with those of its process before it. */
  readonly snapshots = $derived.by(() => {
    const { state, shown, earlier } = this.#heap;
    if (shown === this.loop.at(-1)) return [...this.loop];
    return state?.sameProcess ? [...earlier.map(({ id }) => id), shown] : [shown];
  });
  #asked = '';

  constructor(heap: OpenHeap) {
    this.#heap = heap;
  }

  /** Asks main, unless it was asked already. */
  ask(): void {
    const asked = this.snapshots.join();
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.rows = null;
    this.problem = null;
    this.#heap.request('heap.suspects', { snapshots: this.snapshots }).then(
      (rows) => {
        if (asked === this.#asked) this.rows = rows;
      },
      (error: Error) => {
        if (asked === this.#asked) this.problem = error.message;
      },
    );
  }

  retry(): void {
    this.#asked = '';
    this.ask();
  }
}
