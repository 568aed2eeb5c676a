// Numbers the places of nodes, each once: a hash table in typed arrays, open addressing, at most half full.

/** The places of closures and constructors of objects in the source. Each is kept once: many objects are of one class. */
export interface Locations {
  /** Per node, the number of its location, counted from 1; 0 where it has none. */
  ofNode: Uint16Array | Uint32Array;
  /** Per location, the first one at 0. */
  scriptIds: Uint32Array;
  /** Counted from 0. */
  lines: Uint32Array;
  columns: Uint32Array;
}

/** Numbers that 16 bits hold: enough for most programs. */
const narrowCount = 2 ** 16;

/** Collects the locations of a heap. */
export class LocationTable {
  private ofNode: Uint16Array | Uint32Array;
  private scriptIds = new Uint32Array(1 << 9);
  private lines = new Uint32Array(1 << 9);
  private columns = new Uint32Array(1 << 9);
  /** Per slot, the number of a location, counted from 1; 0 where there is none. */
  private slots = new Uint32Array(1 << 10);
  private count = 0;

  constructor(nodeCount: number) {
    // The system gives memory only to what is written.
    this.ofNode = new Uint16Array(nodeCount);
  }

  /** Says where a node is. */
  put(node: number, scriptId: number, line: number, column: number): void {
    this.putRows(new Float64Array([node, scriptId, line, column]), 1, [0, 1, 2, 3], 4);
  }

  /**
   * Says where many nodes are: numbers row by row, of which `fields` are node, script, line and column. A loop, and not a call for
   * each of them: that is fast before it is compiled.
   */
  putRows(values: Float64Array, count: number, fields: readonly number[], width: number): void {
    let { ofNode, slots, scriptIds, lines, columns } = this;
    const [nodeField, scriptField, lineField, columnField] = fields;
    for (let row = 0, at = 0; row < count; row++, at += width) {
      const scriptId = values[at + scriptField] >>> 0;
      const line = values[at + lineField] >>> 0;
      const column = values[at + columnField] >>> 0;
      const mask = slots.length - 1;
      let slot = hashOf(scriptId, line, column) & mask;
      let number;
      while ((number = slots[slot]) !== 0) {
        const known = number - 1;
        if (columns[known] === column && lines[known] === line && scriptIds[known] === scriptId) break;
        slot = (slot + 1) & mask;
      }
      if (number === 0) {
        number = slots[slot] = this.add(scriptId, line, column);
        if (number === lines.length) this.grow();
        ({ ofNode, slots, scriptIds, lines, columns } = this);
      }
      ofNode[values[at + nodeField]] = number;
    }
  }

  finish(): Locations {
    const { ofNode, count } = this;
    return {
      ofNode,
      scriptIds: this.scriptIds.slice(0, count),
      lines: this.lines.slice(0, count),
      columns: this.columns.slice(0, count),
    };
  }

  private add(scriptId: number, line: number, column: number): number {
    this.scriptIds[this.count] = scriptId;
    this.lines[this.count] = line;
    this.columns[this.count] = column;
    const number = ++this.count;
    if (number === narrowCount && this.ofNode instanceof Uint16Array)
      this.ofNode = new Uint32Array(this.ofNode);
    return number;
  }

  private grow(): void {
    const { count } = this;
    const larger = (array: Uint32Array) => {
      const grown = new Uint32Array(2 * count);
      grown.set(array);
      return grown;
    };
    this.scriptIds = larger(this.scriptIds);
    this.lines = larger(this.lines);
    this.columns = larger(this.columns);
    const slots = new Uint32Array(4 * count);
    for (let index = 0; index < count; index++) {
      let slot = hashOf(this.scriptIds[index], this.lines[index], this.columns[index]);
      while (slots[slot & (slots.length - 1)] !== 0) slot++;
      slots[slot & (slots.length - 1)] = index + 1;
    }
    this.slots = slots;
  }
}

/** Source: MurmurHash3's mixing of 32 bits. */
function hashOf(scriptId: number, line: number, column: number): number {
  let hash = Math.imul(scriptId, 0x9e3779b1) ^ Math.imul(line, 0x85ebca6b) ^ Math.imul(column, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 2;
}

/** The locations of a heap that has none. */
export const noLocations = (nodeCount: number): Locations => new LocationTable(nodeCount).finish();
