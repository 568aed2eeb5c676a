// Draws what objects refer to in both ways: by a walk over the live objects, and of V8's snapshot. Bundled for the programs of
// walked-heap.test.ts, which run on several versions of Node.
import { isList, startObjects } from '../../../../shared/objgraph/arguments.ts';
import { locate } from '../../../../shared/objgraph/chains.ts';
import { wordsOf } from '../../../../shared/objgraph/live-words.ts';
import { placeByMaps } from '../../../../shared/objgraph/original-names.ts';
import { reachableObjects } from '../../../../shared/objgraph/reachable-objects.ts';
import { Snapshot } from '../../../../shared/objgraph/snapshot.ts';
import { walkHeap } from '../../../../shared/objgraph/walked-heap.ts';
import { pictureAround } from '../../../../shared/picture/draw-picture.ts';
import type { Picture, PictureStyle } from '../../../../shared/picture/picture.ts';

interface Options {
  maxDepth?: number;
  tooMany?: number;
  style?: PictureStyle;
}

/** What is equal in both, or should be; null for what a walk refuses. */
export function walkedPicture(objects: unknown, options: Options = {}): unknown {
  const { maxDepth = 3, style = 'cards' } = options;
  const walked = walkHeap(startObjects('test', objects), maxDepth, style === 'classic');
  if (walked === null) return null;
  placeByMaps(walked.heap);
  return draw(new Snapshot(walked.heap, null, walked, 'this process', 0), walked.starts, options);
}

export function wholePicture(objects: unknown, options: Options = {}): unknown {
  const list = isList(objects) ? objects : [objects];
  const values = reachableObjects(list, options.maxDepth ?? 3) ?? 'few';
  const { snapshot, nodes } = locate('test', objects, undefined, values);
  return draw(snapshot, nodes, options);
}

function draw(snapshot: Snapshot, starts: readonly number[], options: Options): unknown {
  const { maxDepth = 3, tooMany = 10, style = 'cards' } = options;
  const selection = { style, direction: 'references' as const, maxDepth, tooMany, accepts: () => true };
  return comparable(pictureAround(snapshot.analysis, starts, selection, wordsOf(snapshot, style, false)));
}

/** Without what only V8 can number: the heap's ids and edges, and the marks of finalizers, which a walk cannot see. */
function comparable({ boxes, edges, ...rest }: Picture): unknown {
  const names = new Map(boxes.map(({ name }, i) => [name, `box ${i}`]));
  const nameOf = (name: string) => names.get(name) ?? name;
  return {
    ...rest,
    boxes: boxes.map((box) => ({
      ...box,
      name: nameOf(box.name),
      ...('id' in box && { id: 0 }),
      ...('of' in box && { of: nameOf(box.of) }),
      ...('like' in box && { like: '' }),
      ...('hasFinalizer' in box && { hasFinalizer: false }),
    })),
    edges: edges.map((edge) => ({
      ...edge,
      tail: nameOf(edge.tail),
      head: nameOf(edge.head),
      edge: edge.edge === null ? null : 0,
    })),
  };
}
