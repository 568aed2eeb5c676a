// In which window of runs each object was made: V8 and Blink keep an object's id from snapshot to snapshot of one session.
import type { HeapGraph } from '../heap-graph.ts';

/** The window of objects that were there before the first one. */
export const beforeAll = 255;

/** The ids of a snapshot in ascending order: four bytes for each object, so that the snapshot itself need not stay. */
export function sortedIds({ nodeIds }: HeapGraph): Uint32Array {
  return nodeIds.slice().sort();
}

/**
 * Per node of the last snapshot, the window in which it was made, or `beforeAll`.
 *
 * @param earlier ids of the snapshots before each window, the oldest first
 */
export function birthWindows(graph: HeapGraph, earlier: readonly Uint32Array[]): Uint8Array {
  const windows = new Uint8Array(graph.nodeCount).fill(earlier.length - 1);
  for (let node = 0; node < graph.nodeCount; node++) {
    const id = graph.nodeIds[node];
    const first = earlier.findIndex((ids) => includes(ids, id));
    if (first >= 0) windows[node] = first === 0 ? beforeAll : first - 1;
  }
  return windows;
}

/** Whether an id is among some in ascending order. */
export function includes(ids: Uint32Array, id: number): boolean {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (ids[middle] === id) return true;
    if (ids[middle] < id) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
