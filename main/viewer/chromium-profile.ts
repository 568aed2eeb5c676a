// The profile of our Chromium: a temporary folder of its own, which goes with the viewer. Chromium makes some twenty databases in a new one,
// and waits for the disk, so that it lies in memory where there is plenty: that is a fourteenth to a sixth of a first start.
import {
  accessSync,
  constants,
  mkdirSync,
  readlinkSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastFolder } from '../documents/recent.ts';
import { isOwnFolder, isRunning } from '../documents/temporary.ts';
import {
  makeTemporaryFolder,
  temporaryFolder,
  temporaryNames,
  temporaryProblem,
} from '../temporary-folder.ts';

/** Names the viewer of a profile that a command made, as the target of a link: by it a later one knows whether anybody uses it. */
const viewerLink = 'objgraph-viewer';

/** The file system of Linux that is in memory, open to all users as the temporary folder is. */
const memoryFolder = '/dev/shm';
/** From statfs(2). */
const typeOfTmpfs = 0x01021994;
/** Bytes. A profile has some 10 MB; containers have 64 MB there, which Chromium needs for its own processes. */
const plenty = 256 * 2 ** 20;

/** Where profiles are: what TMPDIR says, if it says anything. */
const profileFolders = (): string[] =>
  process.platform === 'linux' && !process.env.TMPDIR
    ? [memoryFolder, temporaryFolder()]
    : [temporaryFolder()];

function folderOfNewProfile(): string {
  const [folder] = profileFolders();
  if (folder !== memoryFolder) return folder;
  try {
    accessSync(folder, constants.W_OK);
    const { type, bavail, bsize } = statfsSync(folder);
    return type === typeOfTmpfs && bavail * bsize >= plenty ? folder : temporaryFolder();
  } catch {
    return temporaryFolder();
  }
}

/** Its dialogs begin in the folder where the last file was opened. @throws Error in words */
export function makeProfile(): string {
  const profile = makeTemporaryFolder(`objgraph-browser-${process.pid}-`, folderOfNewProfile());
  const preferences = JSON.stringify({ selectfile: { last_directory: lastFolder() ?? homedir() } });
  try {
    mkdirSync(join(profile, 'Default'), { mode: 0o700 });
    writeFileSync(join(profile, 'Default', 'Preferences'), preferences, { mode: 0o600 });
    return profile;
  } catch (error) {
    removeProfile(profile, null);
    throw temporaryProblem(error);
  }
}

/** From now on this process removes a profile that another one made. */
export function adoptProfile(profile: string): void {
  symlinkSync(String(process.pid), join(profile, viewerLink));
}

/** The viewer that has adopted a profile; null where none has. */
export function viewerOfProfile(profile: string): number | null {
  const viewer = linkIn(profile, viewerLink);
  return viewer === null ? null : Number(viewer);
}

/** A browser that is just ending may still write: it is tried again. */
export function removeProfile(folder: string, socketFolder: string | null): void {
  if (socketFolder) rmSync(socketFolder, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** The browser keeps the socket of its profile in another temporary folder, which stays when it is killed. */
export function socketFolderOf(profile: string): string | null {
  const folder = dirname(linkIn(profile, 'SingletonSocket') ?? '');
  return dirname(folder) === temporaryFolder() && isOwnFolder(folder) ? folder : null;
}

/** Of viewers that were killed: nothing else would remove them. Their browsers are ending, and write until they have. */
export async function removeAbandonedProfiles(): Promise<void> {
  const folders = profileFolders().flatMap((parent) =>
    temporaryNames(parent).map((name) => join(parent, name)),
  );
  for (const folder of folders) {
    const maker = Number(/^objgraph-browser-(\d+)-/.exec(basename(folder))?.[1]);
    if (!maker || !isOwnFolder(folder)) continue;
    const viewer = viewerOfProfile(folder) ?? maker;
    if (isRunning(viewer)) continue;
    const socketFolder = socketFolderOf(folder);
    const browser = Number(linkIn(folder, 'SingletonLock')?.split('-').at(-1));
    for (let tries = 0; tries < 50 && browser && isRunning(browser); tries++) await sleep(100);
    removeProfile(folder, socketFolder);
  }
}

function linkIn(folder: string, name: string): string | null {
  try {
    return readlinkSync(join(folder, name));
  } catch {
    return null;
  }
}
