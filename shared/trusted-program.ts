// Which programs may be started. A program that another user of the machine can replace would run with our user's rights, so
// it and every folder and link on the way to it belong to us or to root and cannot be changed by anyone else, which is what
// ssh requires of its files (safe_path in OpenSSH's misc.c). Folders with the sticky bit protect the entries of each user.
import { accessSync, constants, lstatSync, readFileSync, readlinkSync, statSync, type Stats } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, dirname, isAbsolute, join, parse, sep } from 'node:path';
import { process } from './objgraph/node-modules.ts';

/** As many links as Linux follows in one path (path_resolution(7)). */
const maxLinks = 40;
const writableByGroup = 0o020;
const writableByOthers = 0o002;
const sticky = 0o1000;

/**
 * Finds a program on the PATH. Relative folders, and those in which anyone may put a program, are skipped.
 * @returns its path; null when there is none that may be started
 */
export function findOnPath(program: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder) && !isOpen(folder));
  return folders.map((folder) => join(folder, program)).find(isTrustedProgram) ?? null;
}

/** Whether a path leads to a program that may be started. */
export function isTrustedProgram(path: string): boolean {
  return isProgram(path) && whyUntrusted(path) === null;
}

/** Whether there is a program that may be executed, no matter who can change it. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Why a program may not be started, as the end of a sentence that begins with its path; null when it may be.
 * Windows keeps its permissions elsewhere: there only the place of a program is checked, by its callers.
 */
export function whyUntrusted(path: string): string | null {
  if (!isAbsolute(path)) return 'is not an absolute path';
  if (process.platform === 'win32') return null;
  try {
    return firstFault(path);
  } catch (error) {
    return `cannot be checked (${(error as NodeJS.ErrnoException).code ?? String(error)})`;
  }
}

/** Walks the path as the system does, entry by entry, through links. */
function firstFault(path: string): string | null {
  const { root } = parse(path);
  let links = 0;
  let at: string = root;
  const rest = path.slice(root.length).split(sep);
  const fault = faultOf(root, lstatSync(root));
  if (fault) return fault;
  while (rest.length > 0) {
    const name = rest.shift()!;
    if (name === '' || name === '.') continue;
    // Only what a link says has such steps left in it after its links were followed.
    if (name === '..') {
      at = dirname(at);
      continue;
    }
    const entry = join(at, name);
    const stats = lstatSync(entry);
    const fault = faultOf(entry, stats);
    if (fault) return fault;
    if (!stats.isSymbolicLink()) {
      at = entry;
      continue;
    }
    if (++links > maxLinks) return 'leads through too many links';
    const target = readlinkSync(entry);
    rest.unshift(...target.split(sep));
    if (isAbsolute(target)) at = root;
  }
  return null;
}

function faultOf(path: string, stats: Stats): string | null {
  if (stats.uid !== 0 && stats.uid !== process.getuid?.()) return `may be changed by the owner of ${path}`;
  // The permissions of a link are never asked for.
  if (stats.isSymbolicLink() || (stats.isDirectory() && (stats.mode & sticky) !== 0)) return null;
  if ((stats.mode & writableByOthers) !== 0)
    return `may be changed by everyone: see the permissions of ${path}`;
  if ((stats.mode & writableByGroup) !== 0 && !isOwnGroup(stats.gid))
    return `may be changed by a group: see the permissions of ${path}`;
  return null;
}

/** A folder of the PATH in which anyone may put a program. */
function isOpen(folder: string): boolean {
  try {
    return process.platform !== 'win32' && (statSync(folder).mode & writableByOthers) !== 0;
  } catch {
    return true;
  }
}

const ownGroups = new Map<number, boolean>();

/**
 * Whether a group has no member but us and root. Many systems give each user such a group, with a umask by which it may write.
 * The administrators of macOS (80), who own its applications, may become root anyway.
 */
function isOwnGroup(gid: number): boolean {
  if (gid === 0 || (process.platform === 'darwin' && gid === 80)) return true;
  const known = ownGroups.get(gid);
  if (known !== undefined) return known;
  const own = hasNoOtherMember(gid);
  ownGroups.set(gid, own);
  return own;
}

/** A group that these files do not know (of a directory service) may have any members. */
function hasNoOtherMember(gid: number): boolean {
  try {
    const group = rowsOf('/etc/group').find(([, , number]) => number === String(gid));
    if (!group) return false;
    const primary = rowsOf('/etc/passwd').filter(([, , , number]) => number === String(gid));
    const members = [...(group[3] ?? '').split(','), ...primary.map(([name]) => name)].filter(Boolean);
    const self = userInfo().username;
    return members.every((name) => name === 'root' || name === self);
  } catch {
    return false;
  }
}

const rowsOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(':'));
