// Allocations as a window's table and flame graph.
import { groupAllocations, totalBytes, type AllocationTree } from '../../shared/heap/allocation-tree.ts';
import { flameNodes } from '../../shared/heap/flame-graph.ts';
import type { OwnerFilter } from '../../shared/protocol/heap.ts';
import type {
  AllocationGrouping,
  AllocationPlace,
  AllocationQuestions,
  AllocationRow,
  FlameGraph,
} from '../../shared/protocol/allocations.ts';
import { countOwners, passesOwner } from '../heap/describe.ts';
import { matcher, pageOf, sortedBy } from '../heap/pages.ts';
import { groupFrames, groupRow } from './group-frames.ts';
import type { PlacedFrame } from './placed-frames.ts';

export type RowsAsked = Omit<AllocationQuestions['allocations.rows']['params'], 'subject'>;
type RowsPage = AllocationQuestions['allocations.rows']['result'];

/** A tree with what its functions are called. */
export interface PlacedTree {
  tree: AllocationTree;
  /** Per frame of the tree. */
  frames: readonly PlacedFrame[];
}

/** @param folder file names inside it are shown relative to it */
export function allocationPage(placed: PlacedTree, asked: RowsAsked, folder: string): RowsPage {
  return pageOfRows(
    allocationRows(placed, asked.by, asked.only, folder),
    allocationRows(placed, asked.by, 'all', folder),
    totalBytes(placed.tree)[0] ?? 0,
    asked,
  );
}

/** Some rows, sorted and filtered. @param all also those of other owners */
export function pageOfRows(
  rows: readonly AllocationRow[],
  all: readonly AllocationRow[],
  bytes: number,
  { filter, sort, direction, ...part }: RowsAsked,
): RowsPage {
  const matches = matcher(filter);
  const found = rows.filter(({ name, location }) => matches(name, location?.script));
  return {
    ...pageOf(
      sortedBy(found, (row) => row[sort], direction),
      part,
      (row) => row,
    ),
    owners: countOwners(all),
    bytes,
  };
}

function allocationRows(
  { tree, frames }: PlacedTree,
  by: AllocationGrouping,
  only: OwnerFilter,
  folder: string,
): AllocationRow[] {
  if (by === 'class') throw new Error('A profile knows functions, and not the classes of what they made');
  const groups = groupFrames(frames, by, only, folder);
  return groupAllocations(tree, groups.groupOf).map(({ group, selfCount, ...bytes }): AllocationRow => ({
    ...groupRow(groups.rows[group], bytes),
    count: tree.counts === null ? null : selfCount,
  }));
}

/** @param least see `flameNodes` */
export function flameGraphOf({ tree, frames }: PlacedTree, least: number): FlameGraph {
  const places = new Map<number, number>();
  const shown: AllocationPlace[] = [];
  const nodes = flameNodes(tree, least).map(({ frame, self, total, ...node }) => {
    let at = places.get(frame);
    if (at === undefined) places.set(frame, (at = shown.push(frames[frame]) - 1));
    return { ...node, frame: at, self: Math.round(self), total: Math.round(total) };
  });
  return { frames: shown, nodes, isEstimate: tree.isEstimate };
}

/** Whether a row is of an owner that the table shows. */
export const isShown = (row: AllocationRow, only: OwnerFilter): boolean => passesOwner(row.owner, only);
