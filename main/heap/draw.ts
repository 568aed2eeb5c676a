// Pictures of a window's heap.
import { writePicture, type WrittenPicture } from '../../shared/dot/write-picture.ts';
import { mergeReferrers } from '../../shared/heap/merge.ts';
import { findPaths } from '../../shared/heap/paths.ts';
import { pictureAround, pictureOfMerged, pictureOfPaths } from '../../shared/picture/draw-picture.ts';
import { wordsOfHeap, type PictureWords } from '../../shared/picture/words.ts';
import type { HeapPicture } from '../../shared/protocol/heap.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';

/** @throws Error in words when there is nothing to draw */
export function drawPicture(snapshot: LoadedSnapshot, picture: HeapPicture): WrittenPicture {
  const { analysis } = snapshot;
  const words = wordsOf(snapshot);
  switch (picture.kind) {
    case 'references':
    case 'referrers': {
      const { kind: direction, maxDepth = 3, tooMany = 10 } = picture;
      const options = { style: 'cards', direction, maxDepth, tooMany, accepts: () => true } as const;
      return writePicture(pictureAround(analysis, nodesOf(snapshot, picture.ids), options, words));
    }
    case 'path': {
      const [node] = nodesOf(snapshot, [picture.id]);
      const { ids = [], edges = [] } = picture.leaveOut ?? {};
      const left = new Set(ids.map((id) => snapshot.ids.find(id)));
      const leftEdges = new Set(edges);
      const accepts = (step: number, edge: number) => !left.has(step) && !leftEdges.has(edge);
      const [path = [{ node, edge: -1 }]] = findPaths(analysis.objects, node, { count: 1, accepts });
      return writePicture(pictureOfPaths(analysis, [path], words, { isHolder: picture.isSuspect }));
    }
    case 'merged':
      return writePicture(mergedPicture(snapshot, picture, words));
  }
}

/** What a picture says, from the snapshot alone; sizes where they are known already. */
export function wordsOf(snapshot: LoadedSnapshot): PictureWords {
  const { analysis, describer, ready } = snapshot;
  const { names, references } = describer;
  return wordsOfHeap({ analysis, names, references, hasSizes: ready.has('retainedSizes') });
}

const nodesOf = (snapshot: LoadedSnapshot, ids: readonly number[]) => [
  ...new Set(ids.map((id) => snapshot.analysis.objects.canonical(snapshot.nodeWithId(id)))),
];

function mergedPicture(
  snapshot: LoadedSnapshot,
  picture: Extract<HeapPicture, { kind: 'merged' }>,
  words: PictureWords,
) {
  const { analysis, folder, isRedacted: redacted } = snapshot;
  const nodes =
    'ids' in picture ? picture.ids.map((id) => snapshot.nodeWithId(id)) : analysis.instances(picture.type);
  if (nodes.length === 0) throw new Error('There are no objects to draw');
  const merged = mergeReferrers(analysis, nodes, { maxDepth: 5, tooMany: 5, folder, redacted });
  return pictureOfMerged(analysis, merged, 'cards', words);
}
