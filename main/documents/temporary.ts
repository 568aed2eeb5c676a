// Files that live as long as a window: in a folder of their own (0700, files 0600), removed when the window closes.
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';

/** Writes a file for one window to show. */
export function writeTemporary(name: string, content: Uint8Array): string {
  const file = join(mkdtempSync(join(tmpdir(), 'objgraph-')), name);
  writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
  return file;
}

/** Whether it is such a file, or the library's, by where it is. */
export function isTemporary(file: string): boolean {
  const folder = dirname(file);
  return dirname(folder) === tmpdir() && basename(folder).startsWith('objgraph-');
}

/** Removes such a file, the snapshot beside it, and the folder when nothing else is in it: never more than that. */
export function removeTemporary(file: string): void {
  rmSync(file, { force: true });
  for (const beside of besideOf(file)) rmSync(beside, { force: true });
  try {
    rmdirSync(dirname(file));
  } catch {
    // Somebody put another file there; it is not ours to remove.
  }
}

/** The snapshot beside a picture of the library, and what of it is the library's own. */
export function snapshotBeside(file: string): { snapshot: string; own: string } {
  const [snapshot, own] = besideOf(file);
  return { snapshot, own };
}

function besideOf(file: string): [string, string] {
  const name = file.slice(0, file.length - extname(file).length);
  return [`${name}.heapsnapshot`, `${name}.own`];
}
