// Pictures of a heap as DOT, as the library draws them.
import { pictureAround, type PictureWords } from '../../shared/dot/heap-picture.ts';
import { writeMergedDot } from '../../shared/dot/write-merged.ts';
import { writeDot } from '../../shared/dot/write.ts';
import { findPaths } from '../../shared/heap/paths.ts';
import { mergeReferrers } from '../../shared/heap/merge.ts';
import type { HeapPicture, LeftOut } from '../../shared/protocol/heap.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';

/** Ways in which an object is held that one picture shows. */
const pathsDrawn = 3;

/** @throws Error in words when there is nothing to draw */
export function drawPicture(snapshot: LoadedSnapshot, picture: HeapPicture): string {
  switch (picture.kind) {
    case 'references':
    case 'referrers': {
      const nodes = picture.ids.map((id) => snapshot.nodeWithId(id));
      const { kind: direction, maxDepth = 3, tooMany = 10 } = picture;
      const bounds = { direction, maxDepth, tooMany, accepts: () => true };
      return writeDot(
        pictureAround(snapshot.analysis.objects, canonical(snapshot, nodes), bounds, wordsOf(snapshot)),
      );
    }
    case 'path':
      return drawPaths(snapshot, snapshot.nodeWithId(picture.id), picture.leaveOut ?? { ids: [], edges: [] });
    case 'merged':
      return drawMerged(snapshot, picture);
  }
}

/** What a picture says, from the snapshot alone. */
export function wordsOf({ describer: { names, references } }: LoadedSnapshot): PictureWords {
  return {
    lines: (node) => [names.type(node), names.describe(node)].filter((line, i) => i === 0 || line !== ''),
    reference: (owner, edge) => references.of(owner, edge),
  };
}

const canonical = ({ analysis: { objects } }: LoadedSnapshot, nodes: readonly number[]) => [
  ...new Set(nodes.map((node) => objects.canonical(node))),
];

/** The shortest ways from a root; of nothing that holds it, the object alone. */
function drawPaths(snapshot: LoadedSnapshot, node: number, { ids, edges }: LeftOut): string {
  const { analysis, graph } = snapshot;
  const { objects } = analysis;
  const left = new Set(ids.map((id) => graph.nodeWithId(id)));
  const leftEdges = new Set(edges);
  const paths = findPaths(objects, node, {
    count: pathsDrawn,
    accepts: (step, edge) => !left.has(step) && !leftEdges.has(edge),
  });
  const steps = new Set(paths.flatMap((path) => path.map((link) => link.node)));
  const picture = pictureAround(
    objects,
    canonical(snapshot, [node]),
    {
      direction: 'referrers',
      maxDepth: Math.max(0, ...paths.map((path) => path.length - 1)),
      tooMany: Infinity,
      accepts: (step, edge) => steps.has(step) && !leftEdges.has(edge),
    },
    wordsOf(snapshot),
  );
  return writeDot(picture);
}

function drawMerged(snapshot: LoadedSnapshot, picture: Extract<HeapPicture, { kind: 'merged' }>): string {
  const { analysis, folder, graph, isRedacted: redacted } = snapshot;
  const nodes =
    'ids' in picture ? picture.ids.map((id) => snapshot.nodeWithId(id)) : analysis.instances(picture.type);
  if (nodes.length === 0) throw new Error('There are no objects to draw');
  const merged = mergeReferrers(analysis, nodes, { maxDepth: 5, tooMany: 5, folder, redacted });
  return writeMergedDot(merged, (node) => graph.nodeIds[node]);
}
