// Whose rows a table shows: the program's own as long as there are any and nothing else was chosen.
import type { OwnedPage, OwnerFilter } from '../../shared/protocol/heap.ts';

export class OwnedRows {
  #chosen = $state<OwnerFilter | null>(null);
  #noneOfYours = $state(false);
  counts = $state.raw<OwnedPage<unknown>['owners'] | null>(null);

  get only(): OwnerFilter {
    return this.#chosen ?? (this.#noneOfYours ? 'all' : 'yours');
  }

  choose = (only: OwnerFilter) => (this.#chosen = only);

  /**
   * A page of the rows that are shown now; its answer may show that there are none of yours, and then all are asked for.
   * @param isWhole no filter hides some
   */
  async page<P extends Pick<OwnedPage<unknown>, 'owners'>>(
    isWhole: boolean,
    ask: (only: OwnerFilter) => Promise<P>,
  ): Promise<P> {
    const { only } = this;
    const page = await ask(only);
    this.counts = page.owners;
    if (isWhole && only === 'yours') this.#noneOfYours = page.owners.yours === 0;
    return this.only === only ? page : ask(this.only);
  }
}
