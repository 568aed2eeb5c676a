// A picture that grows: neighbours of its objects are added to it, so that what was there stays as it was, and Graphviz finds it a
// place near its old one.
import { writePicture, type WrittenPicture } from '../../shared/dot/write-picture.ts';
import type { Direction } from '../../shared/heap/selection.ts';
import { PictureBuilder } from '../../shared/picture/build-picture.ts';
import { nameOfObject, type Picture } from '../../shared/picture/picture.ts';
import type { PictureGrowth } from '../../shared/protocol/heap.ts';
import { wordsOf } from './draw.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';

/** A picture of more objects is hard to read, and Graphviz takes long for it. */
export const maxObjects = 300;
/** Neighbours that one step adds to an object. */
const step = 10;

export interface Grown extends WrittenPicture {
  /** Objects. */
  added: number;
  /** Something was left out, because the picture is as large as it may be. */
  isFull: boolean;
}

/** @throws Error in words when the picture is not of this heap, or has no such box */
export function growPicture(snapshot: LoadedSnapshot, picture: Picture, growth: PictureGrowth): Grown {
  const nodeWithId = (id: number) => snapshot.nodeWithId(id);
  const { analysis } = snapshot;
  const builder = new PictureBuilder(analysis, wordsOf(snapshot), picture, maxObjects, nodeWithId);
  const before = builder.objectCount;
  switch (growth.kind) {
    case 'more':
      openBox(builder, growth.box, nodeWithId);
      break;
    case 'references':
    case 'referrers':
      builder.expand(nameOfObject(growth.id), growth.kind, { limit: step });
      break;
    case 'deeper':
      expandAll(builder, growth.direction);
  }
  const added = builder.objectCount - before;
  return { ...writePicture(builder.finish()), added, isFull: builder.isFull };
}

function openBox(builder: PictureBuilder, name: string, nodeWithId: (id: number) => number): void {
  const box = builder.boxes.find((each) => each.name === name);
  if (box?.kind === 'run') builder.unfold(box, nodeWithId);
  else if (box?.kind === 'stack' || box?.kind === 'rest')
    builder.expand(box.of, box.direction, { limit: step, opened: box });
  else throw new Error(`There is no ${name} in the picture`);
}

/** Every object that was not expanded yet; back references end at roots. */
function expandAll(builder: PictureBuilder, direction: Direction): void {
  for (const name of builder.objectNames())
    if (builder.isWorthExpanding(builder.nodeOf(name), direction) && !builder.hasWaiting(name, direction))
      builder.expand(name, direction, { limit: step });
}
