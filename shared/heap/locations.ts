// Where nodes stand in the source: the `locations` of a snapshot, gathered row by row and looked up by node.

/** Where closures and the constructors of objects stand in the source: one row per located node, sorted by node. */
export interface Locations {
  nodes: Uint32Array;
  scriptIds: Uint32Array;
  /** Counted from 0. */
  lines: Uint32Array;
  columns: Uint32Array;
}

/** Collects rows in the order they come in. */
export class LocationsBuilder {
  private rows = new Uint32Array(4 << 10);
  private count = 0;
  private sorted = true;

  get length(): number {
    return this.count;
  }

  add(node: number, scriptId: number, line: number, column: number): void {
    const at = 4 * this.count;
    if (at === this.rows.length) {
      const larger = new Uint32Array(2 * this.rows.length);
      larger.set(this.rows);
      this.rows = larger;
    }
    if (this.count > 0 && this.rows[at - 4] > node) this.sorted = false;
    this.rows[at] = node;
    this.rows[at + 1] = scriptId;
    this.rows[at + 2] = line;
    this.rows[at + 3] = column;
    this.count++;
  }

  finish(): Locations {
    const { rows, count } = this;
    const order = new Uint32Array(count);
    for (let i = 0; i < count; i++) order[i] = i;
    if (!this.sorted) order.sort((a, b) => rows[4 * a] - rows[4 * b]);
    const columns = [0, 1, 2, 3].map((column) => {
      const values = new Uint32Array(count);
      for (let i = 0; i < count; i++) values[i] = rows[4 * order[i] + column];
      return values;
    });
    return { nodes: columns[0], scriptIds: columns[1], lines: columns[2], columns: columns[3] };
  }
}
