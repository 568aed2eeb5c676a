// Rows of nodes and edges read by WebAssembly, which is quick from the first row on, and takes eight digits at a time:
// build/wasm/row-code.mjs. What it does not take (other fields, white space, numbers of more than nine digits, mistakes)
// NodeRows and EdgeRows read themselves.
import { windowBytes, type ByteWindow } from './byte-window.ts';
import { rowCode, rowPlaces, rowsPerCall } from './row-code.ts';
import type { SnapshotHeader } from './snapshot-header.ts';

/** Its functions take a position of the memory and the last one at which a row may begin, and give how many rows they took. */
interface Exports {
  memory: WebAssembly.Memory;
  edges(start: number, last: number, most: number, kinds: number, width: number, nodes: number): number;
  nodes(
    start: number,
    last: number,
    most: number,
    kinds: number,
    short: number,
    edges: number,
    edgeCount: number,
  ): number;
}

/** Bytes of a row that is taken: two newlines, seven numbers of nine digits with their commas. */
const longestRow = 2 + 7 * 10;

/** The memory of the module: the bytes of a window, and columns of the rows that were taken last. */
export class FastRows {
  /** For a `ByteWindow`. */
  readonly bytes: Uint8Array;
  /** Columns of edges: `types[0]`, `numbers[0]` names, `numbers[1]` targets. Of nodes: `types[0]`, `types[1]` detachedness, and
   * `numbers` of names, ids, sizes and first edges. */
  readonly types: readonly Uint8Array[];
  readonly numbers: readonly Uint32Array[];
  private readonly exports: Exports;
  private readonly results: Uint32Array;
  private readonly typeTable: Uint8Array;

  private constructor() {
    const code = Uint8Array.from(atob(rowCode), (letter) => letter.charCodeAt(0));
    this.exports = new WebAssembly.Instance(new WebAssembly.Module(code)).exports as unknown as Exports;
    const { buffer } = this.exports.memory;
    this.bytes = new Uint8Array(buffer, rowPlaces.window, windowBytes);
    this.types = rowPlaces.narrow.map((place) => new Uint8Array(buffer, place, rowsPerCall));
    this.numbers = rowPlaces.wide.map((place) => new Uint32Array(buffer, place, rowsPerCall));
    this.results = new Uint32Array(buffer, 0, 4);
    this.typeTable = new Uint8Array(buffer, rowPlaces.types, 256);
  }

  /** Null where the engine has no WebAssembly (`--jitless`), or no room for its memory. */
  static create(): FastRows | null {
    try {
      return new FastRows();
    } catch {
      return null;
    }
  }

  /** Whether there is room for so many types of nodes or edges. */
  hasRoomFor(types: Uint8Array): boolean {
    return types.length <= this.typeTable.length;
  }

  /** Whether all rows that can be taken were: what is left is the beginning of the next, or the end of the input. */
  isAtEnd(window: ByteWindow): boolean {
    return window.position > lastStart(window);
  }

  /** Takes edges off the window into the columns, `most` of them at most; gives how many. */
  takeEdges(window: ByteWindow, header: SnapshotHeader, most: number): number {
    const { edgeTypes, nodeFields, nodeCount } = header;
    const { count: width } = nodeFields;
    this.typeTable.set(edgeTypes);
    const [start, last] = placesIn(window);
    const rows = this.exports.edges(
      start,
      last,
      Math.min(most, rowsPerCall),
      edgeTypes.length,
      width,
      nodeCount,
    );
    return this.pass(window, rows);
  }

  /** Takes nodes likewise. @param edges of the nodes before them */
  takeNodes(window: ByteWindow, header: SnapshotHeader, most: number, edges: number): number {
    const { nodeTypes, nodeFields, edgeCount } = header;
    this.typeTable.set(nodeTypes);
    const [start, last] = placesIn(window);
    const short = nodeFields.count - 5;
    const kinds = nodeTypes.length;
    const rows = this.exports.nodes(start, last, Math.min(most, rowsPerCall), kinds, short, edges, edgeCount);
    return this.pass(window, rows);
  }

  private pass(window: ByteWindow, rows: number): number {
    window.position = this.results[0] - rowPlaces.window;
    return rows;
  }

  /** The largest index of a string in the rows that were taken last; 0 where they have none. */
  get largestName(): number {
    return this.results[1];
  }

  /** How many edges the nodes have, with the last that were taken. */
  get edges(): number {
    return this.results[2];
  }

  /** Whether one of the nodes that were taken last is attached to a document, or detached from it. */
  get hasStates(): boolean {
    return this.results[3] !== 0;
  }
}

const lastStart = (window: ByteWindow): number => window.lastNumber - longestRow;

/** Where the window is, and where its last row may begin, in the memory. */
const placesIn = (window: ByteWindow): [number, number] => [
  rowPlaces.window + window.position,
  rowPlaces.window + lastStart(window),
];
