// The `nodes` of a snapshot, row by row into columns.
import type { ByteWindow } from './byte-window.ts';
import type { FastRows } from './fast-rows.ts';
import { fastDigits, NumberRows, rowsPerBlock } from './number-rows.ts';
import { largestNarrowSize, type Sizes } from './sizes.ts';
import type { SnapshotHeader } from './snapshot-header.ts';

const comma = 44;
const newline = 10;
const zero = 48;
/** The numbers of a node that may be long, before those of one digit. */
const longFields = 5;
/** Bytes of a plain row: a newline, the long numbers and a few digits with their commas. */
const longestPlainRow = 1 + longFields * (fastDigits + 1) + 2 * 2 + 1;

/** Reads nodes; the columns are those of `HeapGraph`. */
export class NodeRows {
  readonly nodeTypes: Uint8Array;
  readonly nodeNames: Uint32Array;
  readonly nodeIds: Uint32Array;
  selfSizes: Sizes;
  readonly detachedness: Uint8Array;
  readonly firstEdges: Uint32Array;
  /** Per node, the id of the stack that allocated it; null where V8 did not track allocations. */
  readonly traceIds: Uint32Array | null;
  /** The largest index of a string so far: whether it exists shows when the strings have come. */
  largestName = -1;
  private edges = 0;
  private readonly rows: NumberRows;
  /** Whether rows have the fields of V8 since Node 18, in its order. */
  private readonly isUsual: boolean;

  constructor(
    private readonly window: ByteWindow,
    private readonly header: SnapshotHeader,
    private readonly fast: FastRows | null,
  ) {
    const { nodeCount, nodeFields } = header;
    this.rows = new NumberRows(window, 'nodes', nodeFields.count, nodeCount);
    const { type, name, id, selfSize, edgeCount, detachedness, count } = nodeFields;
    this.traceIds = header.hasTraces && nodeFields.traceNodeId >= 0 ? new Uint32Array(nodeCount) : null;
    const isInOrder = [type, name, id, selfSize, edgeCount].every((field, place) => field === place);
    const hasRoom = fast?.hasRoomFor(header.nodeTypes) ?? true;
    this.isUsual =
      hasRoom &&
      this.traceIds === null &&
      isInOrder &&
      (count === 6 || count === 7) &&
      detachedness === count - 1;
    this.nodeTypes = new Uint8Array(nodeCount);
    this.nodeNames = new Uint32Array(nodeCount);
    this.nodeIds = new Uint32Array(nodeCount);
    this.selfSizes = new Uint32Array(nodeCount);
    this.detachedness = new Uint8Array(nodeCount);
    this.firstEdges = new Uint32Array(nodeCount + 1);
  }

  /** Reads as far as the window allows; true behind the end of the list. */
  read(): boolean {
    const { rows, window, firstEdges } = this;
    const { edgeCount } = this.header;
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
    if (!rows.ended) return false;
    firstEdges[rows.done] = this.edges;
    if (this.edges !== edgeCount)
      window.fail(`The nodes have ${this.edges} edges, the header says ${edgeCount}`);
    return true;
  }

  private passPlainRows(): void {
    const { rows } = this;
    const { fast } = this;
    if (fast !== null) for (let count; (count = this.takeFastRows(fast, rows.done)) > 0;) rows.pass(count);
    else for (let count; (count = this.takePlainRows(rows.done)) > 0;) rows.pass(count);
  }

  /** Takes rows as `takePlainRows` does. */
  private takeFastRows(fast: FastRows, from: number): number {
    const { nodeCount } = this.header;
    const count = fast.takeNodes(this.window, this.header, nodeCount - from, this.edges);
    const [names, ids, sizes, firstEdges] = fast.numbers;
    this.nodeTypes.set(fast.types[0].subarray(0, count), from);
    this.nodeNames.set(names.subarray(0, count), from);
    this.nodeIds.set(ids.subarray(0, count), from);
    this.selfSizes.set(sizes.subarray(0, count), from);
    this.firstEdges.set(firstEdges.subarray(0, count), from);
    // Nearly always 0, as it is already: memory that nothing is written to takes none.
    if (fast.hasStates) this.detachedness.set(fast.types[1].subarray(0, count), from);
    if (count > 0) this.largestName = Math.max(this.largestName, fast.largestName);
    this.edges = fast.edges;
    return count;
  }

  /**
   * Takes the nodes from `from` on straight from the window, as far as they are written as V8 writes them:
   * `,3,15,1043,32,4,0,0`, a newline before it or none. A loop for each long number: see `EdgeRows`. Gives how many, a
   * block at most; stops at anything else, valid or not.
   */
  private takePlainRows(from: number): number {
    const { window, nodeTypes, nodeNames, nodeIds, selfSizes, detachedness, firstEdges } = this;
    const { nodeTypes: types, nodeCount, edgeCount, nodeFields } = this.header;
    const digits = nodeFields.count - longFields;
    const { bytes } = window;
    const last = window.lastNumber - longestPlainRow;
    let { edges } = this;
    // Of these rows alone: an integer from the start.
    let largestName = 0;
    let { position } = window;
    const end = Math.min(from + rowsPerBlock, nodeCount);
    let node = from;
    for (; node < end && position <= last; node++) {
      let p = position;
      if (bytes[p] === newline) p++;
      if (bytes[p] !== comma) break;
      let digit;
      const kindStart = ++p;
      let kind = 0;
      while ((digit = bytes[p] - zero) >>> 0 <= 9) {
        kind = (kind * 10 + digit) | 0;
        p++;
      }
      if (digit !== comma - zero || p === kindStart || p - kindStart > fastDigits) break;
      const nameStart = ++p;
      let name = 0;
      while ((digit = bytes[p] - zero) >>> 0 <= 9) {
        name = (name * 10 + digit) | 0;
        p++;
      }
      if (digit !== comma - zero || p === nameStart || p - nameStart > fastDigits) break;
      const idStart = ++p;
      let id = 0;
      while ((digit = bytes[p] - zero) >>> 0 <= 9) {
        id = (id * 10 + digit) | 0;
        p++;
      }
      if (digit !== comma - zero || p === idStart || p - idStart > fastDigits) break;
      const sizeStart = ++p;
      let size = 0;
      while ((digit = bytes[p] - zero) >>> 0 <= 9) {
        size = (size * 10 + digit) | 0;
        p++;
      }
      if (digit !== comma - zero || p === sizeStart || p - sizeStart > fastDigits) break;
      const countStart = ++p;
      let count = 0;
      while ((digit = bytes[p] - zero) >>> 0 <= 9) {
        count = (count * 10 + digit) | 0;
        p++;
      }
      if (digit !== comma - zero || p === countStart || p - countStart > fastDigits) break;
      // What follows is 0, 1 or 2: a trace of the allocation, where one was kept, and the state of DOM nodes.
      let left = digits;
      while (left > 0 && bytes[p] === comma && (digit = bytes[p + 1] - zero) >>> 0 <= 9) {
        p += 2;
        left--;
      }
      if (left > 0 || (bytes[p] - zero) >>> 0 <= 9) break;
      if (kind >= types.length || edges + count > edgeCount) break;
      if (name > largestName) largestName = name;
      nodeTypes[node] = types[kind];
      nodeNames[node] = name;
      nodeIds[node] = id;
      selfSizes[node] = size;
      // Nearly always 0, as it is already: memory that nothing is written to takes none.
      if (digit !== 0) detachedness[node] = digit;
      firstEdges[node] = edges;
      edges += count;
      position = p;
    }
    if (largestName > this.largestName) this.largestName = largestName;
    this.edges = edges;
    window.position = position;
    return node - from;
  }

  /** Puts a block into the columns. A function of its own: it is hot as a whole, so that V8 keeps it compiled. */
  private take(count: number): void {
    const { rows, nodeTypes, nodeNames, nodeIds, detachedness, firstEdges } = this;
    const { nodeTypes: types, edgeCount, nodeFields } = this.header;
    const { count: fields, type, name, id, selfSize, edgeCount: ownEdges } = nodeFields;
    const { detachedness: detached, traceNodeId } = nodeFields;
    const { traceIds } = this;
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
      this.setSize(node, values[at + selfSize]);
      if (detached >= 0) detachedness[node] = values[at + detached];
      if (traceIds !== null) traceIds[node] = values[at + traceNodeId];
      firstEdges[node] = edges;
      edges += values[at + ownEdges];
      if (edges > edgeCount)
        rows.failAt(row, `Node ${node}: the nodes have more edges than the ${edgeCount} of the header`);
    }
    this.largestName = largestName;
    this.edges = edges;
  }

  private setSize(node: number, bytes: number): void {
    if (bytes > largestNarrowSize && this.selfSizes instanceof Uint32Array)
      this.selfSizes = Float64Array.from(this.selfSizes);
    this.selfSizes[node] = bytes;
  }
}
