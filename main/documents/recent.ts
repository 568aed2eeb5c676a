// The files that were opened last, of all windows and hosts of this user: one small file in the folder where the system wants
// such things (https://specifications.freedesktop.org/basedir-spec), readable by its user alone.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { RecentFile } from '../../shared/protocol.ts';
import { isTemporary } from './temporary.ts';

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
  rmSync(stateFile(), { force: true });
}

/** Where the last file was opened, if that folder is still there. */
export function lastFolder(): string | null {
  const folder = remembered().map(dirname).at(0);
  return folder !== undefined && statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? folder : null;
}

/** What is in the file may be anybody's: only absolute paths are taken. */
function remembered(): string[] {
  try {
    const files: unknown = JSON.parse(readFileSync(stateFile(), 'utf8'));
    const isPath = (file: unknown): file is string => typeof file === 'string' && isAbsolute(file);
    return Array.isArray(files) ? files.filter(isPath) : [];
  } catch {
    // There is none yet, or it is broken: nothing is remembered.
    return [];
  }
}

/** Written beside and renamed: several viewers may write at the same moment. */
function remember(files: readonly string[]): void {
  const file = stateFile();
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(beside, JSON.stringify(files, null, 2), { mode: 0o600 });
    renameSync(beside, file);
  } catch {
    // A full or read-only disk: then nothing is remembered, and everything else works.
  }
}

function stateFile(): string {
  return join(stateFolder(), 'objgraph', 'recent.json');
}

function stateFolder(): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  // The specification has it that a relative path counts as none.
  return XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : join(homedir(), '.local', 'state');
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
