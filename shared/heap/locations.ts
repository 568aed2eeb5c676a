// The places of nodes in the source: the `locations` of a snapshot, gathered row by row and looked up by node.
import type { ByteWindow } from './byte-window.ts';
import { NumberRows } from './number-rows.ts';
import type { SnapshotHeader } from './snapshot-header.ts';

/** The places of closures and constructors of objects in the source: one row per located node, sorted by node. */
export interface Locations {
  nodes: Uint32Array;
  scriptIds: Uint16Array | Uint32Array;
  /** Counted from 0. */
  lines: Uint16Array | Uint32Array;
  columns: Uint16Array | Uint32Array;
}

/** Reads locations, which come in no order. */
export class LocationRows {
  /** Node, script, line and column of each. */
  private found: Uint32Array;
  private readonly rows: NumberRows;

  constructor(
    window: ByteWindow,
    private readonly header: SnapshotHeader,
  ) {
    this.rows = new NumberRows(window, 'locations', header.locationFields.count, null);
    // The snapshot does not say how many there are: seldom more than one of each node. The system gives memory as it is used.
    this.found = new Uint32Array(4 * header.nodeCount);
  }

  /** Reads as far as the window allows; true behind the end of the list. */
  read(): boolean {
    const { rows } = this;
    for (let count; (count = rows.next()) > 0; rows.pass(count)) this.take(count);
    return rows.ended;
  }

  private take(count: number): void {
    const { values, done } = this.rows;
    const { nodeCount, nodeFields, locationFields: field } = this.header;
    while (4 * (done + count) > this.found.length) this.grow();
    const { found } = this;
    for (let row = 0, from = 0, to = 4 * done; row < count; row++, from += field.count, to += 4) {
      const node = values[from + field.objectIndex] / nodeFields.count;
      if (node >= nodeCount || node !== Math.floor(node))
        this.rows.failAt(row, `Location ${done + row} is of no node`);
      found[to] = node;
      found[to + 1] = values[from + field.scriptId];
      found[to + 2] = values[from + field.line];
      found[to + 3] = values[from + field.column];
    }
  }

  /** The locations, sorted by node; of a node that comes twice, the last counts. */
  finish(): Locations {
    const { found } = this;
    const { done } = this.rows;
    const places = new NodeSet(this.header.nodeCount);
    for (let row = 0; row < done; row++) places.add(found[4 * row]);
    const count = places.rank();
    const nodes = new Uint32Array(count);
    const [scriptIds, lines, columns] = [1, 2, 3].map((field) => this.column(field, count));
    for (let at = 0; at < 4 * done; at += 4) {
      const place = places.rankOf(found[at]);
      nodes[place] = found[at];
      scriptIds[place] = found[at + 1];
      lines[place] = found[at + 2];
      columns[place] = found[at + 3];
    }
    return { nodes, scriptIds, lines, columns };
  }

  /** An array for one number of each location: 16 bits are enough for most heaps. */
  private column(field: number, count: number): Uint16Array | Uint32Array {
    let largest = 0;
    for (let at = field; at < 4 * this.rows.done; at += 4) largest = Math.max(largest, this.found[at]);
    return largest < 2 ** 16 ? new Uint16Array(count) : new Uint32Array(count);
  }

  private grow(): void {
    const larger = new Uint32Array(Math.max(4 << 10, 2 * this.found.length));
    larger.set(this.found);
    this.found = larger;
  }
}

/** Some of the nodes, a bit for each, and how many of them come before one. */
class NodeSet {
  private readonly bits: Uint32Array;
  /** Per word of bits, how many nodes come before it. */
  private readonly before: Uint32Array;

  constructor(nodeCount: number) {
    this.bits = new Uint32Array((nodeCount >>> 5) + 1);
    this.before = new Uint32Array(this.bits.length);
  }

  add(node: number): void {
    this.bits[node >>> 5] |= 1 << (node & 31);
  }

  /** To be called when all nodes were added; gives how many they are. */
  rank(): number {
    let count = 0;
    for (let word = 0; word < this.bits.length; word++) {
      this.before[word] = count;
      count += bitCount(this.bits[word]);
    }
    return count;
  }

  /** How many nodes of the set come before one. */
  rankOf(node: number): number {
    const word = node >>> 5;
    return this.before[word] + bitCount(this.bits[word] & ((1 << (node & 31)) - 1));
  }
}

/** How many bits of a word are set. Source: Warren, "Hacker's Delight", 5-1. */
function bitCount(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The locations of a snapshot that has none. */
export const noLocations: Locations = {
  nodes: new Uint32Array(0),
  scriptIds: new Uint32Array(0),
  lines: new Uint32Array(0),
  columns: new Uint32Array(0),
};
