// A column of a table, and by which of them the rows are sorted.

export interface Column {
  key: string;
  title: string;
  /** As CSS grid has it: `90px`, `minmax(0, 2fr)`. */
  width: string;
  /** Numbers stand at the end of their column. */
  end?: boolean;
  sortable?: boolean;
  /** More about it, beside the pointer. */
  hint?: string;
  /** In a table narrower than so many pixels there is no room for it. */
  least?: number;
}

/** It has what the others leave. */
export const isFlexible = ({ width }: Column): boolean => width.includes('fr');

/** Remembers the widths of columns, in pixels. */
export interface ColumnWidths {
  number(name: string): number | null;
  /** Null forgets it. */
  set(name: string, width: number | null): void;
}

/** The context by which tables find where widths are remembered. */
export const columnWidths = Symbol('column widths');

export interface Sort {
  key: string;
  direction: 'ascending' | 'descending';
}
