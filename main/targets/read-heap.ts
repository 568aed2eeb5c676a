// From what a user named to a heap graph in memory.
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { SnapshotError } from '../../shared/heap/snapshot-error.ts';
import { SnapshotReader } from '../../shared/heap/snapshot-reader.ts';
import { TargetError, type ReadContext, type Target } from './target.ts';

/**
 * Reads the heap of a target.
 * @throws TargetError with the target's name; the signal's reason when it was aborted
 */
export async function readHeap(target: Target, context: ReadContext): Promise<HeapGraph> {
  const reader = new SnapshotReader();
  try {
    await target.read((chunk) => reader.write(chunk), context);
    return reader.end();
  } catch (error) {
    throw error instanceof SnapshotError ? new TargetError(`${target.name}: ${error.message}`) : error;
  }
}
