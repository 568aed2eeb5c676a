// The files that were opened last, of all windows and hosts of this user.
import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute } from 'node:path';
import type { RecentFile } from '../../shared/protocol.ts';
import { readState, removeState, writeState } from '../state-file.ts';
import { isTemporary } from './temporary.ts';

const name = 'recent';
const most = 12;

/** The latest first; those that are gone are left out. */
export function recentFiles(): RecentFile[] {
  return remembered()
    .filter(isFile)
    .map((path) => ({ path, name: basename(path), folder: dirname(path) }));
}

/** Files that were written for one window are not worth remembering. */
export function addRecent(path: string): void {
  const files = remembered();
  if (isTemporary(path) || files[0] === path) return;
  remember([path, ...files.filter((file) => file !== path)].slice(0, most));
}

export function clearRecent(): void {
  removeState(name);
}

/** Where the last file was opened, if that folder is still there. */
export function lastFolder(): string | null {
  const folder = remembered().map(dirname).at(0);
  return folder !== undefined && statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? folder : null;
}

/** Only absolute paths are taken; what is broken is as good as nothing. */
function remembered(): string[] {
  try {
    const files = readState(name);
    const isPath = (file: unknown): file is string => typeof file === 'string' && isAbsolute(file);
    return Array.isArray(files) ? files.filter(isPath) : [];
  } catch {
    return [];
  }
}

function remember(files: readonly string[]): void {
  try {
    writeState(name, files);
  } catch {
    // A full or read-only disk: then nothing is remembered, and everything else works.
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
