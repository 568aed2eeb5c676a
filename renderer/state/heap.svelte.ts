// The heap of the window as the page knows it: its snapshots, what is shown of them, and what main can be asked.
import { messageOf } from '../../shared/errors.ts';
import type {
  HeapAnalysisName,
  HeapPicture,
  HeapRequests,
  HeapState,
  HeapTable,
  SnapshotState,
} from '../../shared/protocol/heap.ts';
import type { Connection } from '../host.ts';
import { download } from './download.ts';
import { inBackground } from './failures.svelte.ts';

export class OpenHeap {
  readonly #host: Connection;
  /** Null in a window of a picture alone. */
  state = $state.raw<HeapState | null>(null);
  /** Why the last request failed, in main's words. */
  failure = $state<string | null>(null);

  readonly snapshots = $derived<SnapshotState[]>(this.state?.snapshots ?? []);
  /** The id of the snapshot whose tables are shown; -1 when there is none. */
  readonly shown = $derived(this.state?.shown ?? -1);
  readonly snapshot = $derived<SnapshotState | null>(
    this.snapshots.find(({ id }) => id === this.shown) ?? null,
  );
  /** The language of the program whose heap is shown. */
  readonly language = $derived(this.snapshot?.language ?? 'javascript');
  /** Those before the one that is shown. */
  readonly earlier = $derived(
    this.snapshot ? this.snapshots.slice(0, this.snapshots.indexOf(this.snapshot)) : [],
  );
  /** Something of the snapshot that is shown can be asked for. */
  readonly isRead = $derived(this.snapshot !== null && this.snapshot.nodes > 0 && !this.snapshot.problem);

  constructor(host: Connection) {
    this.#host = host;
    let changed = false;
    host.on('heap.changed', (state) => {
      changed = true;
      this.state = state;
    });
    inBackground(
      this.ask(async () => {
        const state = await host.request('heap.get', null);
        // An event that came while the answer was on its way is newer than the answer.
        if (!changed) this.state = state;
      }),
    );
  }

  get request(): Connection['request'] {
    return this.#host.request;
  }

  has = (analysis: HeapAnalysisName) => this.snapshot?.ready.includes(analysis) ?? false;

  /** How tables of bytes are sorted at first: by retained size, once it is known. */
  get largestFirst(): { key: 'retainedSize' | 'shallowSize'; direction: 'descending' } {
    return { key: this.has('retainedSizes') ? 'retainedSize' : 'shallowSize', direction: 'descending' };
  }

  show = (snapshot: number) => this.ask(() => this.request('heap.show', { snapshot }));
  cancel = (snapshot: number) => this.ask(() => this.request('heap.cancel', { snapshot }));
  reload = () => this.ask(() => this.request('heap.reload', null));
  remove = (snapshot: number) => this.ask(() => this.request('heap.remove', { snapshot }));
  draw = (picture: HeapPicture, snapshot = this.shown) =>
    this.ask(() => this.request('heap.draw', { snapshot, picture }));

  /** `about` is what the table is of: the params of its request but for the page. */
  export = (table: HeapTable, format: 'csv' | 'json', about: unknown, redacted: boolean) =>
    this.ask(async () =>
      this.#save(
        await this.request('heap.export', {
          table,
          format,
          about,
          redacted,
        } as HeapRequests['heap.export']['params']),
      ),
    );

  report = (id: number, title: string, redacted: boolean) =>
    this.ask(async () =>
      this.#save(await this.request('heap.report', { snapshot: this.shown, id, title, redacted })),
    );

  /** Shows why a request failed. */
  async ask(request: () => Promise<unknown>): Promise<void> {
    try {
      this.failure = null;
      await request();
    } catch (error) {
      this.failure = messageOf(error);
    }
  }

  #save({ name, data }: { name: string; data: string | null }): void {
    if (data !== null) download(name, data);
  }
}
