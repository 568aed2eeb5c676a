// The `nodes` of a snapshot, row by row into columns.
import type { ByteWindow } from './byte-window.ts';
import { NumberRows } from './number-rows.ts';
import type { SnapshotHeader } from './snapshot-header.ts';

/** Reads nodes; the columns are those of `HeapGraph`. */
export class NodeRows {
  readonly nodeTypes: Uint8Array;
  readonly nodeNames: Uint32Array;
  readonly nodeIds: Uint32Array;
  readonly selfSizes: Float64Array;
  readonly detachedness: Uint8Array;
  readonly firstEdges: Uint32Array;
  /** The largest index of a string so far: whether it exists shows when the strings have come. */
  largestName = -1;
  private edges = 0;
  private readonly rows: NumberRows;

  constructor(
    private readonly window: ByteWindow,
    private readonly header: SnapshotHeader,
  ) {
    const { nodeCount, nodeFields } = header;
    this.rows = new NumberRows(window, 'nodes', nodeFields.count, nodeCount);
    this.nodeTypes = new Uint8Array(nodeCount);
    this.nodeNames = new Uint32Array(nodeCount);
    this.nodeIds = new Uint32Array(nodeCount);
    this.selfSizes = new Float64Array(nodeCount);
    this.detachedness = new Uint8Array(nodeCount);
    this.firstEdges = new Uint32Array(nodeCount + 1);
  }

  /** Reads as far as the window allows; true behind the end of the list. */
  read(): boolean {
    const { rows, window, firstEdges } = this;
    const { edgeCount } = this.header;
    for (let count; (count = rows.next()) > 0; rows.pass(count)) this.take(count);
    if (!rows.ended) return false;
    firstEdges[rows.done] = this.edges;
    if (this.edges !== edgeCount)
      window.fail(`The nodes have ${this.edges} edges, the header says ${edgeCount}`);
    return true;
  }

  /** Puts a block into the columns. A function of its own: it is hot as a whole, so that V8 keeps it compiled. */
  private take(count: number): void {
    const { rows, nodeTypes, nodeNames, nodeIds, selfSizes, detachedness, firstEdges } = this;
    const { nodeTypes: types, edgeCount, nodeFields } = this.header;
    const { count: fields, type, name, id, selfSize, edgeCount: ownEdges } = nodeFields;
    const { detachedness: detached } = nodeFields;
    const { values, done } = rows;
    let { largestName, edges } = this;
    for (let row = 0, at = 0; row < count; row++, at += fields) {
      const node = done + row;
      const kind = values[at + type];
      const string = values[at + name];
      if (kind >= types.length) rows.failAt(row, `Node ${node} has the unknown type ${kind}`);
      if (string > 0xffffffff || values[at + id] > 0xffffffff)
        rows.failAt(row, `Node ${node} has a number out of range`);
      if (string > largestName) largestName = string;
      nodeTypes[node] = types[kind];
      nodeNames[node] = string;
      nodeIds[node] = values[at + id];
      selfSizes[node] = values[at + selfSize];
      if (detached >= 0) detachedness[node] = values[at + detached];
      firstEdges[node] = edges;
      edges += values[at + ownEdges];
      if (edges > edgeCount)
        rows.failAt(row, `Node ${node}: the nodes have more edges than the ${edgeCount} of the header`);
    }
    this.largestName = largestName;
    this.edges = edges;
  }
}
