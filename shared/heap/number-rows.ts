// Rows of whole numbers in a JSON list, as a snapshot writes its nodes, edges and locations, read many rows at a time.
// The hot loop of the reader: one pass over the bytes, in integers.
import { space, type ByteWindow } from './byte-window.ts';

const comma = 44;
const closeBracket = 93;
/** Digits that fit a 32-bit integer: with these alone, V8 computes without floating point. */
const fastDigits = 9;
/** 2 ** 53 has one more. */
const mostDigits = 15;
const rowsPerBlock = 2048;

/** Reads the rows of one list, block by block. */
export class NumberRows {
  /** The numbers of the block that was read last, row by row. */
  readonly values: Float64Array;
  /** Rows before this block. */
  done = 0;
  private rows = 0;
  /** Where the block began. */
  private start = 0;
  private closed = false;

  /**
   * @param section what the list is called in errors
   * @param fields numbers per row
   * @param total rows in the list, or null where the snapshot does not say
   */
  constructor(
    private readonly window: ByteWindow,
    private readonly section: string,
    private readonly fields: number,
    private readonly total: number | null,
  ) {
    this.values = new Float64Array(rowsPerBlock * fields);
  }

  /** Reads the next block into `values`, and says how many rows it has: 0 at the end, or until more bytes come. */
  next(): number {
    const { window, values, fields } = this;
    const { bytes } = window;
    this.done += this.rows;
    this.rows = 0;
    this.start = window.position;
    const last = this.closed ? -1 : window.lastNumber;
    let p = window.position;
    let at = 0;
    while (at < values.length) {
      for (let field = 0; field < fields; field++) {
        if (bytes[p] <= space) p = window.afterSpace(p);
        if (p > last) return this.rows;
        if (bytes[p] === comma && (field > 0 || this.done + this.rows > 0)) {
          p++;
          if (bytes[p] <= space) p = window.afterSpace(p);
          if (p > last) return this.rows;
        } else if (field > 0 || this.done + this.rows > 0 || bytes[p] === closeBracket) {
          if (field > 0 || bytes[p] !== closeBracket) this.fail(p);
          this.closed = true;
          window.position = p + 1;
          return this.rows;
        }
        const first = p;
        let value = bytes[p] - 48;
        if (value < 0 || value > 9) this.fail(p);
        while (bytes[++p] >= 48 && bytes[p] <= 57) value = (value * 10 + bytes[p] - 48) | 0;
        values[at] = value;
        if (p - first > fastDigits) values[at] = this.long(first, p);
        at++;
      }
      // A row that is not here as a whole is read again when it is.
      window.position = p;
      this.rows++;
      if (this.total !== null && this.done + this.rows > this.total)
        window.fail(`There are more ${this.section} than the ${this.total} of the header`);
    }
    return this.rows;
  }

  /** Whether the end of the list was read; throws when rows are missing. */
  get ended(): boolean {
    const { window, section, done, total } = this;
    if (this.closed && total !== null && done < total)
      window.fail(`The header says ${total} ${section}, but only ${done} are there`);
    return this.closed;
  }

  /** Throws a SnapshotError about a row of this block. */
  failAt(row: number, problem: string): never {
    const { bytes } = this.window;
    let p = this.start;
    const isDigit = (at: number): boolean => bytes[at] >= 48 && bytes[at] <= 57;
    for (let numbers = 0; ; p++) {
      if (!isDigit(p)) continue;
      if (numbers++ === row * this.fields) break;
      while (isDigit(p + 1)) p++;
    }
    this.window.position = p;
    return this.window.fail(problem);
  }

  private long(first: number, end: number): number {
    if (end - first > mostDigits) this.fail(first);
    let value = 0;
    for (let p = first; p < end; p++) value = value * 10 + this.window.bytes[p] - 48;
    return value;
  }

  private fail(position: number): never {
    const { window, section } = this;
    window.position = position;
    const found = String.fromCharCode(window.bytes[position]);
    return window.fail(
      `A row of whole numbers of at most ${mostDigits} digits was expected in the ${section}, not "${found}"`,
    );
  }
}
