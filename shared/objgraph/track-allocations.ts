// Who allocated objects: V8 notes the stack of each allocation while it is asked to, and a snapshot then has them.
import { allocationStackOf } from '../heap/allocation-traces.ts';
import { entriesOfScripts, reachableOnlyThrough } from '../heap/excluded.ts';
import { scriptNames } from '../heap/scripts.ts';
import { shortPath } from '../heap/short-path.ts';
import { SnapshotReader } from '../heap/snapshot-reader.ts';
import { Inspector } from './inspector.ts';
import { placeByMaps } from './original-names.ts';
import { isOwnScript } from './own-scripts.ts';
import { Snapshot } from './snapshot.ts';
import { workingFolder } from './working-folder.ts';
import type { HeapNode } from './heap-node.ts';

/** Allocations that are being tracked. @beta */
export interface AllocationTracking {
  /**
   * Ends the tracking. @returns a snapshot in which `allocatedBy` knows who made the objects that were allocated meanwhile;
   * null where the process has no inspector
   */
  stop(): Snapshot | null;
}

/**
 * Has V8 track every allocation of this process, which makes it many times slower, until `stop` is called.
 *
 * @example
 * const tracking = trackAllocations();
 * handleRequests();
 * const snapshot = tracking.stop();
 * byType('Session', { snapshot }).map(allocatedBy); // [['login src/session.ts:12', …], …]
 * @beta
 */
export function trackAllocations(): AllocationTracking {
  const inspector = Inspector.open();
  inspector?.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
  let isOver = false;
  return {
    stop() {
      if (isOver || inspector === null) return null;
      isOver = true;
      try {
        return takeTracked(inspector);
      } finally {
        inspector.close();
      }
    },
  };
}

function takeTracked(inspector: Inspector): Snapshot {
  const reader = new SnapshotReader();
  const encoder = new TextEncoder();
  const note = ({ params }: { params: { chunk: string } }): void =>
    reader.write(encoder.encode(params.chunk));
  inspector.session.on('HeapProfiler.addHeapSnapshotChunk', note as (message: object) => void);
  inspector.post('HeapProfiler.stopTrackingHeapObjects', { reportProgress: false });
  inspector.session.off('HeapProfiler.addHeapSnapshotChunk', note as (message: object) => void);
  const heap = reader.end();
  const excluded = reachableOnlyThrough(heap, entriesOfScripts(heap, isOwnScript, scriptNames(heap)));
  placeByMaps(heap);
  return new Snapshot(heap, excluded, null, 'allocations of this process');
}

/**
 * The stack that allocated an object of a snapshot whose allocations V8 tracked, the innermost function first:
 * `['login src/session.ts:12', 'handle src/server.ts:40']`. Empty where it was not tracked.
 * @beta
 */
export function allocatedBy(node: HeapNode): string[] {
  const { heap } = node.snapshot;
  return allocationStackOf(heap, node.ordinal).map(({ functionName, script, scriptId, line, column }) => {
    const place = heap.places?.original({ kind: 'function', name: functionName, scriptId, line, column });
    const name = (place?.name ?? functionName) || '(anonymous)';
    const file = place?.script ?? script;
    if (file === '' || line < 0) return name;
    const at = place ? place.line : line + 1;
    return `${name} ${shortPath(file, workingFolder())}${at === null ? '' : `:${at}`}`;
  });
}
