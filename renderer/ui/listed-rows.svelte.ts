// Rows of a table that are all there.
import type { RowSource } from './row-source.ts';

export class ListedRows<Row> implements RowSource<Row> {
  rows = $state.raw<readonly Row[] | null>(null);
  problem = $state<string | null>(null);
  readonly busy = false;
  readonly version = 0;
  readonly #again: () => void;

  /** `again` asks for them once more. */
  constructor(again: () => void) {
    this.#again = again;
  }

  get total(): number | null {
    return this.rows?.length ?? null;
  }

  row(index: number): Row | undefined {
    return this.rows?.[index];
  }

  want(): void {}

  retry(): void {
    this.problem = null;
    this.#again();
  }
}
