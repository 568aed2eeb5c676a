// From what a user named to heap graphs in memory.
import { setFlagsFromString } from 'node:v8';
import { FastRows } from '../../shared/heap/fast-rows.ts';
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { SnapshotError } from '../../shared/heap/snapshot-error.ts';
import { SnapshotReader } from '../../shared/heap/snapshot-reader.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import { placeBySourceMaps } from '../source-maps/place-graph.ts';
import { TargetError, type ReadContext, type Target } from './target.ts';

// A loop over millions of nodes goes on in slow code until another thread has compiled it, which takes longest where the machine is
// busy. To wait for that is quicker: a heap of 30 MB needs a seventh less of the processor's time, one of 500 MB 4 %.
setFlagsFromString('--no-concurrent-osr');

/**
 * Reads the heap of a target: several times, if `again` says so and it is a process.
 * @throws TargetError with the target's name; the signal's reason when it was aborted
 */
export async function readHeaps(target: Target, context: ReadContext): Promise<HeapGraph[]> {
  const heaps: HeapGraph[] = [];
  const records: ScriptRecord[] = [];
  const scripts = (found: readonly ScriptRecord[]) => void records.push(...found);
  let reader = new SnapshotReader(FastRows.create());
  const again = async () => {
    if (!(await context.again?.())) return false;
    heaps.push(reader.end());
    reader = new SnapshotReader(FastRows.create());
    return true;
  };
  try {
    await target.read((chunk) => reader.write(chunk), { ...context, again, scripts });
    heaps.push(reader.end());
    const { namesVariables = true } = context;
    const readScopes = namesVariables ? (await import('../source-maps/scopes.ts')).readScopes : null;
    for (const graph of heaps) placeBySourceMaps(graph, records, readScopes, context.warn);
    return heaps;
  } catch (error) {
    throw error instanceof SnapshotError ? new TargetError(`${target.name}: ${error.message}`) : error;
  }
}
