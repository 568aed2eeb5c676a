// The snapshot and the value of a picture that goes to the viewer, so that the picture can grow there: written of the graph that was drawn,
// whenever its heap was that and wherever it came from, and private to the user. The viewer removes it with the picture.
import { closeSync, openSync, rmdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HeapAnalysis } from '../heap/analysis.ts';
import { snapshotText } from '../heap/snapshot-text.ts';
import type { Picture } from '../picture/picture.ts';
import { Visibility } from '../heap/visibility.ts';

/** Of a larger heap there is no copy: it would cost more time and disk than a picture is worth. */
const mostBytes = 512 * 2 ** 20;

/** Writes a snapshot beside its picture; false when it did not go: a picture is worth showing without it, too. */
export function writeSnapshotBeside(
  dotFile: string,
  picture: Picture,
  { graph, objects }: HeapAnalysis,
  most = mostBytes,
): boolean {
  const [file, ownFile, pictureFile] = filesBeside(dotFile);
  try {
    if (writePrivate(file, snapshotText(graph), most)) {
      // The viewer shows the library no more than we do.
      const own = objects.visibility.map((visibility) => Number(visibility === Visibility.excluded));
      writeFileSync(ownFile, own, { mode: 0o600, flag: 'wx' });
      writeFileSync(pictureFile, JSON.stringify(picture), { mode: 0o600, flag: 'wx' });
      return true;
    }
  } catch {
    // A full disk, most of all.
  }
  for (const each of [file, ownFile, pictureFile]) rmSync(each, { force: true });
  return false;
}

/** Removes the snapshot of a picture that was removed, and its folder when nothing else is in it. */
export function removeBeside(dotFile: string): void {
  for (const each of filesBeside(dotFile)) rmSync(each, { force: true });
  try {
    rmdirSync(dirname(dotFile));
  } catch {
    // The viewer was first.
  }
}

const filesBeside = (dotFile: string): string[] =>
  ['heapsnapshot', 'own', 'picture.json'].map((ending) => dotFile.replace(/dot$/, ending));

/** False when it would be too much. */
function writePrivate(file: string, pieces: Iterable<Uint8Array>, most: number): boolean {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    let bytes = 0;
    for (const piece of pieces) {
      bytes += piece.length;
      if (bytes > most) return false;
      for (let from = 0; from < piece.length;) from += writeSync(descriptor, piece, from);
    }
    return true;
  } finally {
    closeSync(descriptor);
  }
}
