// The section `descriptions` of a snapshot of another language than JavaScript: rows of a node and the string that distinguishes it
// apart from its like. docs/heap-format.md describes it.
import type { ByteWindow } from './byte-window.ts';
import { NumberRows } from './number-rows.ts';
import type { SnapshotHeader } from './snapshot-header.ts';

export class DescriptionRows {
  /** Per node, the index of its text in the strings; 0 for none. */
  readonly ofNode: Uint32Array;
  /** The largest index of a string so far. */
  largestName = -1;
  private readonly rows: NumberRows;

  constructor(window: ByteWindow, header: SnapshotHeader) {
    this.rows = new NumberRows(window, 'descriptions', 2, null);
    this.ofNode = new Uint32Array(header.nodeCount);
  }

  /** Reads as far as the window allows; true behind the end of the list. */
  read(): boolean {
    const { rows, ofNode } = this;
    for (let count; (count = rows.next()) > 0; rows.pass(count))
      for (let row = 0; row < count; row++) {
        const node = rows.values[2 * row];
        const name = rows.values[2 * row + 1];
        if (node >= ofNode.length)
          rows.failAt(row, `A description is of node ${node}, but there are ${ofNode.length} nodes`);
        ofNode[node] = name;
        this.largestName = Math.max(this.largestName, name);
      }
    return rows.ended;
  }
}
