// Where a table's rows come from: a part at a time, as they come into view.

export interface RowSource<Row> {
  /** Null as long as it is not known. */
  readonly total: number | null;
  /** An answer is being waited for, so that what is shown may not be what was asked for. */
  readonly busy: boolean;
  readonly problem: string | null;
  /** Another number: these are rows of something else, to be seen from the first on. */
  readonly version: number;
  /** Undefined as long as the row is not there. */
  row(index: number): Row | undefined;
  /** These rows are in view. */
  want(first: number, last: number): void;
  retry(): void;
}

/** The place of a row in a tree. */
export interface Branch {
  /** From 1. */
  level: number;
  /** Null when nothing is below it. */
  expanded: boolean | null;
  /** The index of the row above it in the tree; -1 at the top. */
  parent: number;
  /** Among the rows of the same parent, from 1. */
  position: number;
  siblings: number;
  /** How many rows that are not loaded yet this one represents; 0 for a row itself. */
  more: number;
}

export interface TreeSource<Row> extends RowSource<Row> {
  branch(index: number): Branch;
  /** Opens or closes a row, or brings more of them. */
  toggle(index: number): void;
}
