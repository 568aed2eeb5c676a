// Pictures that grow, in both styles: the classic one as the one in cards.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wordsOf } from '../../../main/heap/draw.ts';
import { growPicture } from '../../../main/heap/grow-picture.ts';
import { LoadedSnapshot } from '../../../main/heap/loaded-snapshot.ts';
import { writePicture } from '../../../shared/dot/write-picture.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { pictureAround } from '../../../shared/picture/draw-picture.ts';
import type { Box, Picture, PictureStyle } from '../../../shared/picture/picture.ts';

let folder: string;
let snapshot: LoadedSnapshot;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-grow-'));
  const file = join(folder, 'users.heapsnapshot');
  execFileSync(process.execPath, [
    '-e',
    `class User { constructor(id) { this.name = 'user ' + id; this.tags = [{ id }]; } }
     class Users { list = Array.from({ length: 25 }, (_, id) => new User(id)); }
     globalThis.users = new Users();
     require('node:v8').writeHeapSnapshot(${JSON.stringify(file)})`,
  ]);
  const reader = new SnapshotReader();
  reader.write(readFileSync(file));
  snapshot = new LoadedSnapshot('users', reader.end(), {}, new Set(['counts']));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pictureIn(style: PictureStyle): Picture {
  const { analysis } = snapshot;
  const { classes } = analysis;
  const type = classes.list.findIndex(({ name }) => name === 'Users');
  const options = { style, direction: 'references', maxDepth: 2, tooMany: 10, accepts: () => true } as const;
  return writePicture(pictureAround(analysis, [...analysis.instances(type)], options, wordsOf(snapshot)))
    .picture;
}
const users = ({ boxes }: Picture) => boxes.filter((box) => box.kind === 'object' && box.type === 'User');
const open = (picture: Picture, kind: Box['kind']) =>
  growPicture(snapshot, picture, {
    kind: 'more',
    box: picture.boxes.find((box) => box.kind === kind)!.name,
  });

it.each([
  ['cards', 'stack', [3, 13, 23, 25]],
  ['classic', 'rest', [10, 20, 25]],
] as const)('in %s a %s opens, ten objects at a time', (style, kind, counts) => {
  let picture = pictureIn(style);
  const seen = [users(picture).length];
  while (picture.boxes.some((box) => box.kind === kind)) {
    const grown = open(picture, kind);
    expect(grown.added).toBe(users(grown.picture).length - users(picture).length);
    expect(grown.picture.style).toBe(style);
    picture = grown.picture;
    seen.push(users(picture).length);
  }
  expect(seen).toEqual(counts);
  const deeper = growPicture(snapshot, picture, { kind: 'deeper', direction: 'references' });
  expect(deeper.added).toBeGreaterThanOrEqual(25);
  // What was drawn before stays, in the look that it had.
  const names = deeper.picture.boxes.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(picture.boxes.map(({ name }) => name)));
  expect(deeper.dot.includes('<TABLE')).toBe(style === 'cards');
  if (style === 'classic') expect(deeper.dot).toMatch(/label="User\\n\{name, tags\}"/);
});
