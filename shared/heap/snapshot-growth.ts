// What came and what went between two snapshots, class by class: object by object where both are of one process, by
// numbers alone otherwise. Source of the first: DevTools, HeapSnapshot.ts (calculateSnapshotDiff).
import type { Classes, HeapClass } from './classes.ts';
import type { HeapGraph } from './heap-graph.ts';
import { IdIndex } from './id-index.ts';
import { isSameProcess } from './same-process.ts';
import type { Sizes } from './sizes.ts';

/** What growth is made of: see `HeapAnalysis`. */
export interface GrowthInput {
  graph: HeapGraph;
  classes: Classes;
  shallowSizes: Sizes;
}

export interface ClassGrowth extends HeapClass {
  /** Objects that are new, and those that are gone. Without ids, one of the two is the difference, the other 0. */
  added: number;
  removed: number;
  /** Shallow bytes of these. */
  addedSize: number;
  removedSize: number;
  /**
   * Shallow bytes by which objects that stayed became larger: tables, arrays, buffers. With the two above, the sum over all
   * rows is the difference of the two heaps. Without ids, 0.
   */
  resizedSize: number;
}

export interface SnapshotGrowth {
  /** `id`: object by object; `type`: only the numbers of each class are compared. */
  matchedBy: 'id' | 'type';
  /** The classes in which something changed; those that grew by most bytes first. */
  rows: ClassGrowth[];
}

/**
 * Compares two snapshots.
 *
 * @param matchBy how; by default by id if both are of one process (see `isSameProcess`)
 * @example
 * for (const { name, added, removed } of snapshotGrowth(before, after).rows) console.log(name, added - removed);
 */
export function snapshotGrowth(
  before: GrowthInput,
  after: GrowthInput,
  matchBy?: 'id' | 'type',
): SnapshotGrowth {
  const byId = matchBy === undefined ? isSameProcess(before.graph, after.graph) : matchBy === 'id';
  const ids = byId ? new IdIndex(before.graph) : null;
  // A snapshot that lists its scripts numbers them in the order in which it met them.
  const table = new GrowthTable(byId, byId && after.graph.scripts === null);
  const rowsBefore = table.rowsOf(before.classes);
  const rowsAfter = table.rowsOf(after.classes);
  const stays = new Uint8Array(before.graph.nodeCount);
  for (let node = 0; node < after.graph.nodeCount; node++) {
    const size = after.shallowSizes[node];
    if (size === 0) continue;
    const row = rowsAfter[after.classes.ofNode[node]];
    const earlier = ids?.find(after.graph.nodeIds[node]) ?? -1;
    // Something that has another class, or bytes of its own for the first time, is new for that class.
    if (
      earlier >= 0 &&
      before.shallowSizes[earlier] !== 0 &&
      rowsBefore[before.classes.ofNode[earlier]] === row
    ) {
      stays[earlier] = 1;
      table.resize(row, size - before.shallowSizes[earlier]);
    } else table.add(row, size);
  }
  for (let node = 0; node < before.graph.nodeCount; node++)
    if (!stays[node] && before.shallowSizes[node] !== 0)
      table.remove(rowsBefore[before.classes.ofNode[node]], before.shallowSizes[node]);
  return { matchedBy: byId ? 'id' : 'type', rows: table.finish() };
}

/** Shallow bytes by which a class grew. */
export const sizeChange = (row: Pick<ClassGrowth, 'addedSize' | 'removedSize' | 'resizedSize'>): number =>
  row.addedSize - row.removedSize + row.resizedSize;

/** The classes of both snapshots, and what changed in each. */
class GrowthTable {
  private readonly rows: ClassGrowth[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly byId: boolean,
    private readonly byScriptId: boolean,
  ) {}

  /** For each class, its row. */
  rowsOf({ list }: Classes): number[] {
    return list.map(({ name, location, file, generated }) => {
      // V8's script ids, too, mean the same in one process only.
      const place = generated ?? location;
      const script = this.byScriptId ? place?.scriptId : (place?.script ?? place?.scriptId);
      const key = place ? `${script},${place.line},${place.column},${generated?.name ?? name}` : `,${name}`;
      const known = this.numbers.get(key);
      if (known !== undefined) return known;
      this.numbers.set(key, this.rows.length);
      return (
        this.rows.push({
          name,
          location,
          file,
          generated,
          added: 0,
          removed: 0,
          addedSize: 0,
          removedSize: 0,
          resizedSize: 0,
        }) - 1
      );
    });
  }

  add(row: number, size: number): void {
    this.rows[row].added++;
    this.rows[row].addedSize += size;
  }

  remove(row: number, size: number): void {
    this.rows[row].removed++;
    this.rows[row].removedSize += size;
  }

  resize(row: number, by: number): void {
    this.rows[row].resizedSize += by;
  }

  finish(): ClassGrowth[] {
    if (!this.byId) for (const row of this.rows) leaveDifference(row);
    return this.rows
      .filter(
        ({ added, removed, addedSize, removedSize, resizedSize }) =>
          added + removed + addedSize + removedSize > 0 || resizedSize !== 0,
      )
      .sort((a, b) => sizeChange(b) - sizeChange(a));
  }
}

function leaveDifference(row: ClassGrowth): void {
  const count = Math.min(row.added, row.removed);
  const size = Math.min(row.addedSize, row.removedSize);
  row.added -= count;
  row.removed -= count;
  row.addedSize -= size;
  row.removedSize -= size;
}
