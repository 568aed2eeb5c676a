// What may be a leak, in words to act on.
import { findSuspects } from '../../shared/heap/suspects/index.ts';
import type { SuspectRow } from '../../shared/protocol/heap.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';

/** More snapshots than before, during and after say nothing more. */
const mostCompared = 3;

/**
 * Suspects of the last snapshot.
 *
 * @param snapshots of one process, the oldest first; of more than three, the first, the last but one and the last count
 */
export function suspectRows(snapshots: readonly LoadedSnapshot[]): SuspectRow[] {
  const compared = snapshots.length > mostCompared ? [snapshots[0], ...snapshots.slice(-2)] : snapshots;
  const now = compared.at(-1)!;
  const key = ['suspects', ...compared.map(({ number }) => number)].join();
  return now.keep(key, () =>
    findSuspects(
      compared.map(({ analysis }) => analysis),
      { folder: now.folder, redacted: now.isRedacted },
    ).map(({ node, className, bytes, ...finding }) => ({
      ...finding,
      type: className,
      retainedSize: bytes,
      id: now.graph.nodeIds[node],
    })),
  );
}
