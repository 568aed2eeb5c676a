// How the library, which cannot wait for a socket, requests a window from the viewer that runs already: by a file in a folder of
// that viewer. The viewer takes a request by removing its file; the library withdraws it in the same way. Only one of them can,
// so that no picture is lost, and none is shown twice (docs/decisions/24-a-request-by-file.md).
import { existsSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { loadCrypto, process } from '../objgraph/node-modules.ts';
import { viewerProtocol } from './protocol.ts';
import { isPrivate, rendezvousFolder, viewerAddress, viewerName } from './rendezvous.ts';

/** A picture of the library, to be shown in a window of its own. */
export interface PictureRequest {
  /** Absolute; the viewer removes the file, and what lies beside it, when the window closes. */
  path: string;
  /** The command of the editor for source files; null leaves the choice to the viewer's environment. */
  editor: string | null;
}

/** The ending of a request that is complete; it has another one while it is written. */
export const requestEnding = '.request';

/** Milliseconds from one look to the next, 100 in all. A viewer that has nothing else to do takes a request within two. */
const looks = [...Array<number>(20).fill(1), ...Array<number>(16).fill(5)];

/** The folder of a viewer's requests, which exists while the viewer takes them. It is one for each protocol, as nothing is agreed by it. */
export const requestFolder = (kind: string, version: string, env: NodeJS.ProcessEnv = process.env): string =>
  join(rendezvousFolder(env), `${viewerName(kind, version, env)}.requests-${viewerProtocol}`);

/** Requests a window; false when no viewer has taken the request, and none will. Never throws. */
export function requestPicture(
  kind: string,
  version: string,
  request: PictureRequest,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  let file: string;
  try {
    const folder = requestFolder(kind, version, env);
    if (!existsSync(folder) || !isPrivate(dirname(folder))) return false;
    const draft = join(folder, loadCrypto().randomUUID());
    writeFileSync(draft, JSON.stringify(request), { mode: 0o600, flag: 'wx' });
    file = draft + requestEnding;
    renameSync(draft, file);
  } catch {
    // The viewer ends at this moment, the disk is full, or this process may not write there.
    return false;
  }
  waitUntilTaken(file);
  return !withdraw(file);
}

function waitUntilTaken(file: string): void {
  try {
    const nothing = new Int32Array(new SharedArrayBuffer(4));
    for (const milliseconds of looks) {
      if (!existsSync(file)) return;
      Atomics.wait(nothing, 0, 0, milliseconds);
    }
  } catch {
    // A thread that may not wait, such as a page of Electron.
  }
}

/** False when it was taken before. */
function withdraw(file: string): boolean {
  try {
    unlinkSync(file);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** Whether a viewer listens, or has left its socket behind. */
export function isViewerFound(kind: string, version: string, env: NodeJS.ProcessEnv = process.env): boolean {
  try {
    return existsSync(viewerAddress(kind, version, env));
  } catch {
    // A folder that may not be read: a command will say why.
    return true;
  }
}

/**
 * Reads a request that came from another process.
 * @throws TypeError that says what is wrong
 */
export function readPictureRequest(text: string): PictureRequest {
  const { path, editor } = Object(JSON.parse(text)) as Record<keyof PictureRequest, unknown>;
  if (typeof path !== 'string' || !isAbsolute(path) || path.includes('\0') || basename(path) === '')
    throw new TypeError('Not a request for a picture: its path is not absolute');
  if (editor !== null && typeof editor !== 'string')
    throw new TypeError('Not a request for a picture: its editor is no command');
  return { path, editor };
}

/** The command that the environment names; null where it names none. */
export const editorOfEnvironment = (env: NodeJS.ProcessEnv = process.env): string | null =>
  env.OBJGRAPH_EDITOR?.trim() || env.VISUAL?.trim() || null;
