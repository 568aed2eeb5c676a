// Files that live as long as a window: in a folder of their own (0700, files 0600), removed when the window closes.
import { lstatSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import {
  makeTemporaryFolder,
  temporaryFolder,
  temporaryNames,
  temporaryProblem,
} from '../temporary-folder.ts';

/** Writes a file for one window to show; nothing stays behind when it cannot. @throws Error in words */
export function writeTemporary(name: string, content: Uint8Array): string {
  const folder = makeTemporaryFolder('objgraph-');
  const file = join(folder, name);
  try {
    writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
    return file;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw temporaryProblem(error);
  }
}

/** Whether it is such a file, or the library's, by where it is. */
export function isTemporary(file: string): boolean {
  const folder = dirname(file);
  return dirname(folder) === temporaryFolder() && basename(folder).startsWith('objgraph-');
}

/** Says that this process removes such a file: when it is killed first, the next viewer does. */
export function adoptTemporary(file: string): void {
  if (!isTemporary(file) || !isOwnFolder(dirname(file))) return;
  try {
    writeFileSync(markOf(file, process.pid), basename(file), { mode: 0o600, flag: 'wx' });
  } catch {
    // A full disk, or the same file in two windows: it is removed all the same when its window closes.
  }
}

/**
 * Removes such a file, the snapshot beside it, and the folder when nothing else is in it: never more than that. A file that does
 * not lie in a private folder of ours is kept, even when a request calls it temporary.
 */
export function removeTemporary(file: string): void {
  const folder = dirname(file);
  if (basename(folder).startsWith('objgraph-') && isOwnFolder(folder)) remove(file, process.pid);
}

/** Removes what viewers that were killed have left. */
export function sweepTemporary(): void {
  for (const name of temporaryNames()) {
    const folder = join(temporaryFolder(), name);
    if (!name.startsWith('objgraph-') || !isOwnFolder(folder)) continue;
    try {
      sweep(folder);
    } catch {
      // Another viewer is just as tidy at the same moment.
    }
  }
}

function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, file, pid] = /^(.+)\.viewer-(\d+)$/.exec(name) ?? [];
    if (file !== undefined && !isRunning(Number(pid))) remove(join(folder, file), Number(pid));
  }
}

/** A folder itself, not a link in its place, and owned by this user: what is in it is ours to remove. */
export function isOwnFolder(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return false;
  return process.platform === 'win32' || (stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0);
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A process that has ended, and whose parent has not asked for its status: in many containers the first process never does. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.charAt(stat.lastIndexOf(')') + 2) === 'Z';
  } catch {
    // Not Linux, or it has ended meanwhile.
    return false;
  }
}

const markOf = (file: string, pid: number) => `${file}.viewer-${pid}`;

function remove(file: string, pid: number): void {
  for (const each of [file, markOf(file, pid), ...besideOf(file)]) rmSync(each, { force: true });
  try {
    rmdirSync(dirname(file));
  } catch {
    // Another program put another file there; it is not ours to remove.
  }
}

/** What lies beside a picture of the library: its snapshot, what of it is the library's own, and the picture as a value. */
export function filesBeside(file: string): { snapshot: string; own: string; picture: string } {
  const [snapshot, own, picture] = besideOf(file);
  return { snapshot, own, picture };
}

function besideOf(file: string): [string, string, string] {
  const name = file.slice(0, file.length - extname(file).length);
  return [`${name}.heapsnapshot`, `${name}.own`, `${name}.picture.json`];
}
