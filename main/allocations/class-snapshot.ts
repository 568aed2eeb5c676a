// A class of a live program, found in a snapshot of it: the program is left as it was, but for a pause.
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { SnapshotReader } from '../../shared/heap/snapshot-reader.ts';
import { inBytes } from '../../shared/quantities.ts';
import { placeBySourceMaps } from '../source-maps/place-graph.ts';
import { readScopes } from '../source-maps/scopes.ts';
import type { Connection } from '../targets/connection.ts';
import type { Channel } from '../targets/conversation.ts';
import { scriptsWithMaps } from '../targets/scripts.ts';
import { SnapshotCost } from '../targets/snapshot-cost.ts';
import type { Progress } from '../targets/target.ts';
import { whileWanted } from '../targets/while-wanted.ts';

/** A larger heap would be paused for seconds. */
const largestHeap = 128e6;

/** A thread of which snapshots are taken. */
export interface SnapshotSource {
  name: string;
  channel: Channel;
  snapshot: (take: (chunk: Uint8Array) => void, progress: Progress) => Promise<unknown>;
}

export const snapshotSource = (connection: Connection): SnapshotSource => ({
  name: connection.name,
  channel: connection.channel,
  snapshot: (take, progress) => connection.snapshot(take, progress),
});

/**
 * A snapshot in which `classIds` finds classes whose objects the target still has by the same ids; null, with a warning, where the
 * heap is too large for it.
 * @throws TargetError; the signal's reason
 */
export async function classSnapshot(
  { name, channel, snapshot }: SnapshotSource,
  warn: (sentence: string) => void,
  progress: Progress,
  signal: AbortSignal,
): Promise<HeapGraph | null> {
  const { heapUsed } = await new SnapshotCost(channel).estimate();
  if (heapUsed > largestHeap) {
    warn(
      `${name} has a heap of ${inBytes(heapUsed)}: to find the class, V8 lists all functions, and forgets which types its code ` +
        'has seen. A busy program needs up to half as much again of the processor, for minutes.',
    );
    return null;
  }
  const reader = new SnapshotReader();
  await whileWanted(
    (chunk) => reader.write(chunk),
    signal,
    (take) => snapshot(take, progress),
  );
  const graph = reader.end();
  const records = await scriptsWithMaps(channel);
  // What is wrong with a map is said when the stacks are placed.
  placeBySourceMaps(graph, records, readScopes);
  return graph;
}
