// The `edges` of a snapshot, row by row into columns.
import type { ByteWindow } from './byte-window.ts';
import { EdgeType } from './node-types.ts';
import { NumberRows } from './number-rows.ts';
import type { SnapshotHeader } from './snapshot-header.ts';

/** Reads edges; the columns are those of `HeapGraph`. */
export class EdgeRows {
  readonly edgeTypes: Uint8Array;
  readonly edgeNames: Uint32Array;
  readonly edgeTargets: Uint32Array;
  /** The largest index of a string so far: whether it exists shows when the strings have come. */
  largestName = -1;
  private readonly rows: NumberRows;

  constructor(
    window: ByteWindow,
    private readonly header: SnapshotHeader,
  ) {
    const { edgeCount, edgeFields } = header;
    this.rows = new NumberRows(window, 'edges', edgeFields.count, edgeCount);
    this.edgeTypes = new Uint8Array(edgeCount);
    this.edgeNames = new Uint32Array(edgeCount);
    this.edgeTargets = new Uint32Array(edgeCount);
  }

  /** Reads as far as the window allows; true behind the end of the list. */
  read(): boolean {
    const { rows, edgeTypes, edgeNames, edgeTargets } = this;
    const { nodeCount, nodeFields, edgeTypes: types } = this.header;
    const { count: fields, type: typeField, nameOrIndex, toNode } = this.header.edgeFields;
    const { values } = rows;
    let { largestName } = this;
    for (let count = rows.next(); count > 0; count = rows.next()) {
      for (let row = 0, at = 0; row < count; row++, at += fields) {
        const edge = rows.done + row;
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
        edgeTypes[edge] = type;
        edgeNames[edge] = name;
        edgeTargets[edge] = target;
      }
    }
    this.largestName = largestName;
    return rows.ended;
  }
}
