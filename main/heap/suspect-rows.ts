// What may be a leak, in words to act on: the rows of the window, which are those of `objgraph suspects --json`.
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import type { SourcePlace } from '../../shared/heap/places.ts';
import type { Finding } from '../../shared/heap/suspects/finding.ts';
import { findSuspects } from '../../shared/heap/suspects/index.ts';
import type { SuspectRow } from '../../shared/protocol/heap.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { pathsTo } from './object-details.ts';

/**
 * Suspects of the last snapshot.
 *
 * @param snapshots the oldest first; of one process, or of one program
 */
export function suspectRows(snapshots: readonly LoadedSnapshot[]): SuspectRow[] {
  const now = snapshots.at(-1)!;
  const key = ['suspects', ...snapshots.map(({ number }) => number)].join();
  return now.keep(key, () =>
    findSuspects(
      snapshots.map(({ analysis }) => analysis),
      { folder: now.folder, redacted: now.isRedacted },
    )
      .map((finding) => ({
        ...suspectRow(now.graph, finding),
        path: pathsTo(now, finding.node, 1, { ids: [], edges: [] })[0] ?? [],
      }))
      // What is both large and certain comes first.
      .sort((a, b) => b.retainedSize * b.confidence - a.retainedSize * a.confidence),
  );
}

/** @param graph of the last snapshot */
export function suspectRow(graph: HeapGraph, finding: Finding): Omit<SuspectRow, 'path'> {
  const { node, className, place, bytes, growth, consequences, ...rest } = finding;
  return {
    ...rest,
    ...placeEntries(place),
    type: className,
    retainedSize: bytes,
    id: graph.nodeIds[node],
    growth: growth.map(({ count, bytes: size }) => ({ count, size })),
    consequences: consequences.map((one) => ({
      type: one.className,
      ...placeEntries(one.place),
      count: one.count,
    })),
  };
}

type PlaceEntries = Pick<SuspectRow, 'place' | 'location' | 'generated'>;

function placeEntries(place: SourcePlace | null): PlaceEntries {
  if (place === null) return { place: null, location: null };
  const { text, location, generated } = place;
  return { place: text, location, ...(generated && { generated }) };
}
