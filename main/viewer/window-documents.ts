// What a window shows: a picture, the heap of which pictures are drawn, and the process that the heap is of.
import { resolve } from 'node:path';
import { startInBackground } from '../background.ts';
import { AllocationDocument } from '../documents/allocation-document.ts';
import { Attachment } from '../documents/attachment.ts';
import { GraphDocument } from '../documents/document.ts';
import { isHeapSnapshot } from '../documents/file-kind.ts';
import { HeapDocument } from '../documents/heap-document.ts';
import { HeapPictures } from '../documents/heap-pictures.ts';
import { isProfileName } from '../../shared/file-formats.ts';
import { addRecent } from '../documents/recent.ts';
import type { ViewRequest } from './view-request.ts';

export interface Documents {
  document: GraphDocument;
  heap: HeapDocument;
  attachment: Attachment;
  /** Pictures of the heap in the document. */
  pictures: HeapPictures;
  allocations: AllocationDocument;
}

export function newDocuments(
  options: Partial<Pick<ViewRequest, 'engine' | 'positioned' | 'mapFolders'>> = {},
): Documents {
  const heap = new HeapDocument(undefined, options.mapFolders);
  const document = new GraphDocument(options);
  const pictures = new HeapPictures(heap, document);
  const attachment = new Attachment(heap);
  const allocations = new AllocationDocument(heap, attachment);
  return { document, heap, attachment, pictures, allocations };
}

/** What a command asked to be shown in a new window. */
export function openRequested(request: ViewRequest): Documents {
  const { path, title, snapshots, attach } = request;
  const documents = newDocuments(request);
  if (path !== null && request.temporary) documents.pictures.openFile(path, title);
  else if (path !== null) startInBackground(openPath(path, documents, title), documents.document.fail);
  for (const file of snapshots) {
    const opening = isProfileName(file)
      ? openProfile(file, documents.allocations)
      : openSnapshot(file, documents.heap);
    startInBackground(opening, documents.document.fail);
  }
  if (attach) startInBackground(documents.attachment.attach(attach), documents.attachment.fail);
  return documents;
}

/** Opens a file in a window, whichever of its documents it is for. */
export async function openPath(
  path: string,
  { document, heap, allocations }: Documents,
  title?: string,
): Promise<void> {
  if (isProfileName(path)) await openProfile(path, allocations);
  else if (await isHeapSnapshot(path)) await openSnapshot(path, heap);
  else await document.openFile(path, title);
}

async function openProfile(path: string, allocations: AllocationDocument): Promise<void> {
  await allocations.open(path);
  if (!allocations.state?.problem) addRecent(resolve(path));
}

async function openSnapshot(path: string, heap: HeapDocument): Promise<void> {
  const file = resolve(path);
  await heap.open(file);
  const snapshot = heap.state?.snapshots.findLast((each) => each.path === file);
  if (snapshot && !snapshot.problem) addRecent(file);
}
