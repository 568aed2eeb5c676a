// The `edges` of a snapshot, row by row into columns.
import type { ByteWindow } from './byte-window.ts';
import { EdgeLabels, headOf } from './edge-labels.ts';
import type { FastRows } from './fast-rows.ts';
import { EdgeType } from './node-types.ts';
import { fastDigits, NumberRows, rowsPerBlock } from './number-rows.ts';
import type { SnapshotHeader } from './snapshot-header.ts';

const comma = 44;
const newline = 10;
const zero = 48;
/** Bytes of a plain row: a newline, three commas, a digit, two numbers. */
const longestPlainRow = 5 + 2 * fastDigits;

/** Reads edges; the columns are those of `HeapGraph`. */
export class EdgeRows {
  readonly edgeLabels: EdgeLabels;
  readonly edgeTargets: Uint32Array;
  /** The largest index of a string so far: whether it exists shows when the strings have come. */
  largestName = -1;
  private readonly rows: NumberRows;

  /** Whether rows have the fields that V8 has always written, in its order. */
  private readonly isUsual: boolean;

  constructor(
    private readonly window: ByteWindow,
    private readonly header: SnapshotHeader,
    largestNodeName: number,
    private readonly fast: FastRows | null,
  ) {
    const { edgeCount, edgeFields, edgeTypes } = header;
    const { count, type, nameOrIndex, toNode } = edgeFields;
    const hasRoom = fast?.hasRoomFor(edgeTypes) ?? true;
    this.isUsual = hasRoom && count === 3 && type === 0 && nameOrIndex === 1 && toNode === 2;
    this.rows = new NumberRows(window, 'edges', edgeFields.count, edgeCount);
    this.edgeLabels = new EdgeLabels(edgeCount, largestNodeName);
    this.edgeTargets = new Uint32Array(edgeCount);
  }

  /** Reads as far as the window allows; true behind the end of the list. */
  read(): boolean {
    const { rows, window } = this;
    let count;
    do {
      // No comma comes before the first row.
      if (this.isUsual && rows.done > 0) {
        this.passPlainRows();
        if (this.fast?.isAtEnd(window) && !window.final) return false;
      }
      count = rows.next();
      this.take(count);
      rows.pass(count);
    } while (count > 0);
    return rows.ended;
  }

  private passPlainRows(): void {
    const { rows } = this;
    const { fast } = this;
    if (fast !== null) for (let count; (count = this.takeFastRows(fast, rows.done)) > 0;) rows.pass(count);
    else for (let count; (count = this.takePlainRows(rows.done)) > 0;) rows.pass(count);
  }

  /** Takes rows as `takePlainRows` does. */
  private takeFastRows(fast: FastRows, from: number): number {
    const count = fast.takeEdges(this.window, this.header, this.header.edgeCount - from);
    this.edgeLabels.putAll(from, fast.types[0], fast.numbers[0], count);
    this.edgeTargets.set(fast.numbers[1].subarray(0, count), from);
    if (count > 0) this.largestName = Math.max(this.largestName, fast.largestName);
    return count;
  }

  /**
   * Takes the edges from `from` on straight from the window, as far as they are written as V8 writes them: `,2,15,4207`,
   * a newline before it or none. Most of a snapshot is its edges, and loops of their own for the two long numbers are
   * twice as fast as one over all fields. Gives how many, a block at most; stops at anything else, valid or not.
   */
  private takePlainRows(from: number): number {
    const { window, edgeTargets } = this;
    const { heads, tails, largestNumber, headMask } = this.edgeLabels;
    const { nodeCount, edgeCount, nodeFields, edgeTypes: types } = this.header;
    const { count: nodeWidth } = nodeFields;
    const { bytes } = window;
    const last = window.lastNumber - longestPlainRow;
    // Of these rows alone: an integer from the start.
    let largestName = 0;
    let { position } = window;
    const end = Math.min(from + rowsPerBlock, edgeCount);
    let edge = from;
    for (; edge < end && position <= last; edge++) {
      let p = position;
      if (bytes[p] === newline) p++;
      if (bytes[p] !== comma) break;
      const kind = bytes[++p] - zero;
      if (kind >>> 0 >= types.length || bytes[++p] !== comma) break;
      let digit;
      let name = 0;
      const nameStart = ++p;
      while ((digit = bytes[p] - zero) >>> 0 <= 9) {
        name = (name * 10 + digit) | 0;
        p++;
      }
      if (digit !== comma - zero || p === nameStart || p - nameStart > fastDigits || name > largestNumber)
        break;
      let row = 0;
      const rowStart = ++p;
      while ((digit = bytes[p] - zero) >>> 0 <= 9) {
        row = (row * 10 + digit) | 0;
        p++;
      }
      if (p === rowStart || p - rowStart > fastDigits) break;
      const target = (row / nodeWidth) | 0;
      if (target * nodeWidth !== row || target >= nodeCount) break;
      const type = types[kind];
      if (name > largestName && type !== EdgeType.element && type !== EdgeType.hidden) largestName = name;
      heads[edge] = headOf(type, name, headMask);
      tails[edge] = name;
      edgeTargets[edge] = target;
      position = p;
    }
    if (largestName > this.largestName) this.largestName = largestName;
    window.position = position;
    return edge - from;
  }

  /** Puts a block into the columns. A function of its own: it is hot as a whole, so that V8 keeps it compiled. */
  private take(count: number): void {
    const { rows, edgeLabels, edgeTargets } = this;
    const { nodeCount, nodeFields, edgeTypes: types } = this.header;
    const { count: fields, type: typeField, nameOrIndex, toNode } = this.header.edgeFields;
    const { values, done } = rows;
    let { largestName } = this;
    for (let row = 0, at = 0; row < count; row++, at += fields) {
      const edge = done + row;
      const kind = values[at + typeField];
      if (kind >= types.length) rows.failAt(row, `Edge ${edge} has the unknown type ${kind}`);
      const type = types[kind];
      const name = values[at + nameOrIndex];
      // A node is named by where its row begins.
      const target = values[at + toNode] / nodeFields.count;
      if (target >= nodeCount || target !== Math.floor(target))
        rows.failAt(row, `Edge ${edge} leads to ${values[at + toNode]}, where no node is`);
      if (name > 0xffffffff) rows.failAt(row, `Edge ${edge} has a name out of range`);
      if (name > largestName && type !== EdgeType.element && type !== EdgeType.hidden) largestName = name;
      edgeLabels.put(edge, type, name);
      edgeTargets[edge] = target;
    }
    this.largestName = largestName;
  }
}
