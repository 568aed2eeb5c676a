// What came and what went between snapshots, class by class.
import type { HeapClass } from '../../shared/heap/classes.ts';
import { snapshotGrowth, type ClassGrowth, type SnapshotGrowth } from '../../shared/heap/snapshot-growth.ts';
import type { GrowthRow, HeapRequests, Page } from '../../shared/protocol/heap.ts';
import { countOwners, passesOwner, type HeapDescriber } from './describe.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { matcher, pageOf, sortedBy } from './pages.ts';

type GrowthParams = Omit<HeapRequests['heap.growth']['params'], 'before' | 'after'>;

const columns = {
  type: ({ type }: GrowthRow) => type,
  count: ({ added, removed }: GrowthRow) => added - removed,
  added: ({ added }: GrowthRow) => added,
  size: ({ addedSize, removedSize }: GrowthRow) => addedSize - removedSize,
  retainedGrowth: ({ retainedGrowth }: GrowthRow) => retainedGrowth,
};

/** @param snapshots from the one before to the one after, with those in between */
export function growthPage(
  snapshots: readonly LoadedSnapshot[],
  params: GrowthParams,
): HeapRequests['heap.growth']['result'] {
  const { matchedBy, rows } = growthRows(snapshots);
  const matches = matcher(params.filter);
  const found = rows.filter((row) => hasChanged(row) && matches(row.type, row.location?.script));
  const wanted = found.filter(({ owner }) => passesOwner(owner, params.only ?? 'all'));
  const sorted = sortedBy(wanted, columns[params.sort], params.direction);
  const page: Page<GrowthRow> = pageOf(sorted, params, (row) => row);
  return { ...page, owners: countOwners(found), matchedBy };
}

/** As many objects of as many bytes that were replaced by others are no growth. */
function hasChanged({ added, removed, addedSize, removedSize, retainedGrowth }: GrowthRow): boolean {
  return added !== removed || addedSize !== removedSize || (retainedGrowth ?? 0) !== 0;
}

/** All rows, those that grew by most bytes first. */
function growthRows(snapshots: readonly LoadedSnapshot[]): {
  matchedBy: 'id' | 'type';
  rows: GrowthRow[];
} {
  const [before, after] = [snapshots[0], snapshots.at(-1)!];
  const hasRetained = [before, after].every(({ ready }) => ready.has('retainedSizes'));
  const key = ['growth', hasRetained, ...snapshots.map(({ number }) => number)].join();
  return after.keep(key, () => {
    const growth = snapshotGrowth(before.analysis, after.analysis);
    const counts = snapshots.map(({ analysis }) => countsByClass(analysis));
    const indices = indicesByClass(after.analysis.classes.list);
    const retained = hasRetained ? [before, after].map(({ analysis }) => retainedByClass(analysis)) : null;
    return { matchedBy: growth.matchedBy, rows: rowsOf(growth, after.describer, counts, indices, retained) };
  });
}

function rowsOf(
  { rows }: SnapshotGrowth,
  describer: HeapDescriber,
  counts: readonly Map<string, number>[],
  indices: Map<string, number>,
  retained: readonly Map<string, number>[] | null,
): GrowthRow[] {
  return rows.map((row: ClassGrowth) => {
    const { added, removed, resizedSize } = row;
    // An object that stayed and grew counts as bytes that came.
    const addedSize = row.addedSize + Math.max(0, resizedSize);
    const removedSize = row.removedSize + Math.max(0, -resizedSize);
    const key = classKey(row);
    return {
      ...describer.class(row),
      index: indices.get(key) ?? null,
      counts: counts.map((count) => count.get(key) ?? 0),
      added,
      removed,
      addedSize,
      removedSize,
      retainedGrowth: retained && (retained[1].get(key) ?? 0) - (retained[0].get(key) ?? 0),
    };
  });
}

/** Those nodes of a snapshot that an earlier one of the same process does not have, or as objects of another class. */
export function newNodes(before: LoadedSnapshot, after: LoadedSnapshot, nodes: Uint32Array): Uint32Array {
  const [old, now] = [before.analysis, after.analysis];
  const key = (list: readonly HeapClass[]) => {
    const keys = new Map<number, string>();
    return (index: number): string => {
      if (!keys.has(index)) keys.set(index, classKey(list[index]));
      return keys.get(index)!;
    };
  };
  const [oldKey, nowKey] = [key(old.classes.list), key(now.classes.list)];
  return nodes.filter((node) => {
    const earlier = before.ids.find(after.graph.nodeIds[node]);
    return (
      earlier < 0 ||
      old.shallowSizes[earlier] === 0 ||
      oldKey(old.classes.ofNode[earlier]) !== nowKey(now.classes.ofNode[node])
    );
  });
}

/** Classes of one name and place are one, in all snapshots. */
function classKey({ name, location }: HeapClass): string {
  if (location === null) return `,${name}`;
  const { script, scriptId, line, column } = location;
  return `${script ?? scriptId},${line},${column},${name}`;
}

function countsByClass({ classes, classCounts }: LoadedSnapshot['analysis']): Map<string, number> {
  const counts = new Map<string, number>();
  classes.list.forEach((heapClass, index) => {
    const key = classKey(heapClass);
    counts.set(key, (counts.get(key) ?? 0) + classCounts.counts[index]);
  });
  return counts;
}

function retainedByClass({ classes, histogram }: LoadedSnapshot['analysis']): Map<string, number> {
  const sizes = new Map<string, number>();
  classes.list.forEach((heapClass, index) => {
    const key = classKey(heapClass);
    sizes.set(key, (sizes.get(key) ?? 0) + histogram.retainedSizes[index]);
  });
  return sizes;
}

function indicesByClass(list: readonly HeapClass[]): Map<string, number> {
  return new Map(list.map((heapClass, index) => [classKey(heapClass), index]));
}
