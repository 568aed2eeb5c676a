// The files that were opened before, as main remembers them.
import type { RecentFile } from '../../shared/protocol.ts';
import type { Connection } from '../host.ts';
import { inBackground } from './failures.svelte.ts';

export class RecentFiles {
  readonly #host: Connection;
  files = $state.raw<RecentFile[]>([]);

  constructor(host: Connection) {
    this.#host = host;
    inBackground(this.refresh());
    let shown: string | null = null;
    host.on('document.changed', ({ path, busySince }) => {
      if (busySince !== null || path === shown) return;
      shown = path;
      inBackground(this.refresh());
    });
  }

  /** Other windows open files too: the list is asked for whenever it is about to be seen. */
  refresh = async (): Promise<void> => {
    // A list that cannot be had is an empty one: nothing else depends on it.
    this.files = await this.#host.request('recent.list', null).catch(() => []);
  };

  clear = async (): Promise<void> => {
    this.files = [];
    await this.#host.request('recent.clear', null).catch(() => null);
  };
}
