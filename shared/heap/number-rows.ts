// Rows of whole numbers in a JSON list, as a snapshot writes its nodes, edges and locations, read many rows at a time.
// The hot loop of the reader: one pass over the bytes, in integers.
import { space, type ByteWindow } from './byte-window.ts';

const comma = 44;
const closeBracket = 93;
/** Digits that fit a 32-bit integer: with these alone, V8 computes without floating point. */
export const fastDigits = 9;
/** 2 ** 53 has one more. */
const maxDigits = 15;
/** Rows that are read at a time: so few that V8 has seen the end of a loop before it finds it worth compiling. */
export const rowsPerBlock = 128;
/** Bytes that no row exceeds: sixteen numbers with their commas. */
const longestRow = 320;
const zero = 48;
const nine = 57;
const newline = 10;

/** Reads the rows of one list, block by block. */
export class NumberRows {
  /** The numbers of the block that was read last, row by row. */
  readonly values: Float64Array;
  /** Rows read before this block. */
  done = 0;
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
    const { window, values, fields, total } = this;
    const { bytes } = window;
    this.start = window.position;
    const last = this.closed ? -1 : window.lastNumber;
    // The first row has no comma before it: it alone is read with care, and the rest as fast as it goes.
    const isFirst = this.done === 0;
    const lastPlain = isFirst ? -1 : last - longestRow;
    const most = isFirst ? 1 : rowsPerBlock;
    let rows = 0;
    for (; rows < most; rows++) {
      const start = window.position;
      const end = start <= lastPlain ? readPlainRow(bytes, start, values, rows * fields, fields) : -1;
      if (end >= 0) window.position = end;
      else if (!this.readRow(rows, last)) break;
      if (total !== null && this.done + rows >= total)
        window.fail(`There are more ${this.section} than the ${total} of the header`);
    }
    return rows;
  }

  /** Counts rows as read: those of a block, or those that another reader took from the window. */
  pass(rows: number): void {
    this.done += rows;
  }

  /** Reads a row with any white space; false at the end of the list, or where the row is not here as a whole. */
  private readRow(row: number, last: number): boolean {
    const { window, values, fields } = this;
    const { bytes } = window;
    const isFirst = this.done + row === 0;
    let p = window.position;
    for (let field = 0; field < fields; field++) {
      if (bytes[p] <= space) p = window.afterSpace(p);
      if (p > last) return false;
      if (field === 0 && bytes[p] === closeBracket) {
        this.closed = true;
        window.position = p + 1;
        return false;
      }
      if (field > 0 || !isFirst) {
        if (bytes[p] !== comma) this.fail(p);
        p++;
        if (bytes[p] <= space) p = window.afterSpace(p);
        if (p > last) return false;
      }
      const first = p;
      while (bytes[p] >= zero && bytes[p] <= nine) p++;
      if (p === first || p - first > maxDigits) this.fail(first);
      values[row * fields + field] = decimal(bytes, first, p);
    }
    window.position = p;
    return true;
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

  private fail(position: number): never {
    const { window, section } = this;
    window.position = position;
    const found = String.fromCharCode(window.bytes[position]);
    return window.fail(
      `A row of whole numbers of at most ${maxDigits} digits was expected in the ${section}, not "${found}"`,
    );
  }
}

/**
 * Reads a row as V8 writes it: a comma behind the row before, a newline or none around it, and nothing but digits and
 * commas in it. Gives the position behind it, or -1 for anything else. Must be here as a whole.
 */
function readPlainRow(
  bytes: Uint8Array,
  start: number,
  values: Float64Array,
  at: number,
  fields: number,
): number {
  let p = start;
  if (bytes[p] === newline) p++;
  if (bytes[p] !== comma) return -1;
  if (bytes[p + 1] === newline) p++;
  for (let field = 0; field < fields; field++) {
    if (bytes[p] !== comma && field > 0) return -1;
    const first = ++p;
    let value = bytes[p] - zero;
    if (value < 0 || value > 9) return -1;
    for (let byte = bytes[++p]; byte >= zero && byte <= nine; byte = bytes[++p])
      value = (value * 10 + byte - zero) | 0;
    if (p - first > maxDigits) return -1;
    values[at + field] = value;
    if (p - first > fastDigits) values[at + field] = decimal(bytes, first, p);
  }
  return p;
}

function decimal(bytes: Uint8Array, first: number, end: number): number {
  let value = 0;
  for (let p = first; p < end; p++) value = value * 10 + bytes[p] - zero;
  return value;
}
