// Parts of tables.
import type { Page, SortDirection } from '../../shared/protocol/heap.ts';

/** Which rows are wanted. */
export interface Part {
  offset: number;
  limit: number;
}

/** Some rows of a list, of which only these are made. */
export function pageOf<Item, Row>(
  items: ArrayLike<Item> & { slice(from: number, to: number): ArrayLike<Item> },
  { offset, limit }: Part,
  row: (item: Item) => Row,
): Page<Row> {
  const rows = Array.from(items.slice(offset, offset + limit), (item) => row(item));
  return { offset, total: items.length, rows };
}

/** A list sorted by one column; what is unknown (null) comes last either way. */
export function sortedBy<Row>(
  rows: readonly Row[],
  column: (row: Row) => string | number | null,
  direction: SortDirection,
): Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: column(row) }));
  keyed.sort(({ key: a }, { key: b }) =>
    a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -sign : sign,
  );
  return keyed.map(({ row }) => row);
}

/** Whether a text has another in it, whatever the case. */
export function matcher(filter: string): (...texts: (string | null | undefined)[]) => boolean {
  const wanted = filter.trim().toLowerCase();
  return (...texts) => wanted === '' || texts.some((text) => text?.toLowerCase().includes(wanted));
}
