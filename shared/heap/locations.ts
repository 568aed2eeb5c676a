// The places of nodes in the source: the `locations` of a snapshot, gathered row by row and looked up by node.
import type { ByteWindow } from './byte-window.ts';
import { LocationTable, type Locations } from './location-table.ts';
import { NumberRows } from './number-rows.ts';
import type { SnapshotHeader } from './snapshot-header.ts';

/** Reads locations, which come in no order; of a node that comes twice, the last counts. */
export class LocationRows {
  private readonly table: LocationTable;
  private readonly rows: NumberRows;

  constructor(
    window: ByteWindow,
    private readonly header: SnapshotHeader,
  ) {
    this.rows = new NumberRows(window, 'locations', header.locationFields.count, null);
    this.table = new LocationTable(header.nodeCount);
  }

  /** Reads as far as the window allows; true behind the end of the list. */
  read(): boolean {
    const { rows } = this;
    for (let count; (count = rows.next()) > 0; rows.pass(count)) this.take(count);
    return rows.ended;
  }

  private take(count: number): void {
    const { values, done } = this.rows;
    const { nodeCount, nodeFields, locationFields } = this.header;
    const { count: fields, objectIndex, scriptId, line, column } = locationFields;
    const { count: nodeWidth } = nodeFields;
    for (let row = 0, at = objectIndex; row < count; row++, at += fields) {
      const node = values[at] / nodeWidth;
      if (node >= nodeCount || node !== Math.floor(node))
        this.rows.failAt(row, `Location ${done + row} is of no node`);
      values[at] = node;
    }
    this.table.putRows(values, count, [objectIndex, scriptId, line, column], fields);
  }

  finish(): Locations {
    return this.table.finish();
  }
}
