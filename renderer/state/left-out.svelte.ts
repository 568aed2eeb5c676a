// Objects and references that paths to a root may not go through: Retainers and Paths leave them out.
import type { LeftOut } from '../../shared/protocol/heap.ts';

/** One of them, and what to call it. */
export interface LeftOutItem {
  kind: 'object' | 'reference';
  /** A heap object id, or the place of an edge in the snapshot. */
  key: number;
  label: string;
}

export class LeftOutItems {
  items = $state.raw<LeftOutItem[]>([]);
  /** As requests take them. */
  readonly asked = $derived<LeftOut>({
    ids: this.items.filter(({ kind }) => kind === 'object').map(({ key }) => key),
    edges: this.items.filter(({ kind }) => kind === 'reference').map(({ key }) => key),
  });

  add(item: LeftOutItem): void {
    if (!this.items.some((known) => isSame(known, item))) this.items = [...this.items, item];
  }

  includeAgain(item: LeftOutItem): void {
    this.items = this.items.filter((known) => !isSame(known, item));
  }

  includeAll(): void {
    this.items = [];
  }

  /** In another snapshot an edge has another place: only objects are the same. */
  forgetReferences(): void {
    if (this.items.some(({ kind }) => kind === 'reference'))
      this.items = this.items.filter(({ kind }) => kind === 'object');
  }
}

const isSame = (a: LeftOutItem, b: LeftOutItem) => a.kind === b.kind && a.key === b.key;
