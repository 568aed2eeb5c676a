// Opens a file in a window, whichever of its documents it is for.
import { resolve } from 'node:path';
import type { GraphDocument } from '../documents/document.ts';
import { isHeapSnapshot } from '../documents/file-kind.ts';
import { addRecent } from '../documents/recent.ts';
import type { HeapDocument } from '../documents/heap-document.ts';
import type { ViewRequest } from './view-request.ts';

export async function openPath(
  path: string,
  document: GraphDocument,
  heap: HeapDocument,
  title?: string,
): Promise<void> {
  if (await isHeapSnapshot(path)) await openSnapshot(path, heap);
  else await document.openFile(path, title);
}

async function openSnapshot(path: string, heap: HeapDocument): Promise<void> {
  const file = resolve(path);
  await heap.open(file);
  const snapshot = heap.state?.snapshots.findLast((each) => each.path === file);
  if (snapshot && !snapshot.problem) addRecent(file);
}

/** What a command asked to be shown in a new window. */
export function openRequested(
  { path, title, snapshots }: ViewRequest,
  document: GraphDocument,
  heap: HeapDocument,
): void {
  if (path !== null) void openPath(path, document, heap, title);
  for (const snapshot of snapshots) void openSnapshot(snapshot, heap);
}
