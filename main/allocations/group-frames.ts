// The functions of a tree by function, file or package.
import type { OwnerFilter, OwnerName } from '../../shared/protocol/heap.ts';
import { shortPath } from '../../shared/heap/short-path.ts';
import { passesOwner } from '../heap/describe.ts';
import { ownerLabel, type PlacedFrame } from './placed-frames.ts';

export const groupings = ['function', 'file', 'package'] as const;
export type Grouping = (typeof groupings)[number];

export interface FrameGroups {
  /** Per frame, its group; -1 for one that the filter leaves out: it counts for its caller. */
  groupOf: Int32Array;
  rows: {
    name: string;
    /** The function itself, when functions are the groups. */
    frame: PlacedFrame | null;
    owner: OwnerName;
    package: string | null;
  }[];
}

/**
 * Functions whose name and original place are the same are one row, whatever scripts they run in.
 * @param folder files inside it are named relative to it
 */
export function groupFrames(
  frames: readonly PlacedFrame[],
  by: Grouping,
  only: OwnerFilter,
  folder = process.cwd(),
): FrameGroups {
  const rows: FrameGroups['rows'] = [];
  const known = new Map<string, number>();
  const groupOf = Int32Array.from(frames, (frame) => {
    const { function: name, location, owner, package: packageName } = frame;
    if (!passesOwner(owner, only) || name === '(root)') return -1;
    const file = location === null ? ownerLabel(frame) : shortPath(location.script ?? '', folder);
    const label = { function: name, file, package: ownerLabel(frame) }[by];
    const place = by === 'function' && location !== null ? `${file}:${location.line}:${location.column}` : '';
    const key = `${label} ${place}`;
    let group = known.get(key);
    if (group === undefined) {
      group = rows.length;
      known.set(key, group);
      rows.push({ name: label, frame: by === 'function' ? frame : null, owner, package: packageName });
    }
    return group;
  });
  return { groupOf, rows };
}

/** A group with its bytes, as tables and JSON have it. */
export function groupRow(
  { name, frame, owner, package: packageName }: FrameGroups['rows'][number],
  { selfBytes, totalBytes }: { selfBytes: number; totalBytes: number },
) {
  return {
    name,
    location: frame?.location ?? null,
    ...(frame?.generated && { generated: frame.generated }),
    owner,
    package: packageName,
    selfBytes: Math.round(selfBytes),
    totalBytes: Math.round(totalBytes),
  };
}
