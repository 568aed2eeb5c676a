// From what a user named to heap graphs in memory.
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { SnapshotError } from '../../shared/heap/snapshot-error.ts';
import { SnapshotReader } from '../../shared/heap/snapshot-reader.ts';
import { TargetError, type ReadContext, type Target } from './target.ts';

/**
 * Reads the heap of a target: several times, if `again` says so and it is a process.
 * @throws TargetError with the target's name; the signal's reason when it was aborted
 */
export async function readHeaps(target: Target, context: ReadContext): Promise<HeapGraph[]> {
  const heaps: HeapGraph[] = [];
  let reader = new SnapshotReader();
  const again = async () => {
    if (!(await context.again?.())) return false;
    heaps.push(reader.end());
    reader = new SnapshotReader();
    return true;
  };
  try {
    await target.read((chunk) => reader.write(chunk), { ...context, again });
    heaps.push(reader.end());
    return heaps;
  } catch (error) {
    throw error instanceof SnapshotError ? new TargetError(`${target.name}: ${error.message}`) : error;
  }
}
