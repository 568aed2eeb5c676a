// A column of a table, and by which of them the rows are sorted.

export interface Column {
  key: string;
  title: string;
  /** As CSS grid has it: `90px`, `minmax(0, 2fr)`. */
  width: string;
  /** Aligned to the end, as numbers are. */
  end?: boolean;
  sortable?: boolean;
  /** In its tooltip. */
  hint?: string;
  /** In pixels; a narrower table does not show the column. */
  minTableWidth?: number;
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
