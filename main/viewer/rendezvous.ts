// Where a command finds the viewer that is already running: a socket that only its user can reach, one for each display.
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../shared/errors.ts';
import {
  isPrivate,
  rendezvousFolder,
  viewerAddress,
  viewerName,
} from '../../shared/viewer-host/rendezvous.ts';
import { version } from '../package.ts';
import { temporaryFolder, temporaryProblem } from '../temporary-folder.ts';

/** No process holds the lock longer than it takes to bind a socket. */
const lockTime = 3000;

/** The messages of a connection, a line each, of the pieces in which its text comes. */
export class Lines {
  /** The beginning of a line that has not come whole yet. */
  rest = '';

  /** The lines that are whole with one more piece. */
  add(text: string): string[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    return lines;
  }
}

/** The lines that come, until the connection ends or is lost. (`node:readline` takes longer to load than a running viewer to answer.) */
export async function* linesOf(socket: Socket): AsyncGenerator<string> {
  const lines = new Lines();
  try {
    for await (const text of socket.setEncoding('utf8') as AsyncIterable<string>) yield* lines.add(text);
  } catch {
    // The viewer ended without a farewell.
  }
}

export interface Rendezvous {
  /** The socket of the viewer, or the name of its pipe on Windows. */
  address: string;
  lock: string;
}

/**
 * The meeting place of this user, this display, this version and this kind of host; the installed app serves every version.
 * @throws Error when the folder for it is not the user's own
 */
export function rendezvousOf(kind: string, env: NodeJS.ProcessEnv = process.env): Rendezvous {
  const folder = privateFolder(env);
  const lock = join(folder, `${viewerName(kind, version, env)}.lock`);
  return { address: viewerAddress(kind, version, env), lock };
}

/** The addresses at which viewers of this user may be: of every display, version and kind. */
export function viewerAddresses(env: NodeJS.ProcessEnv = process.env): string[] {
  const isWindows = process.platform === 'win32';
  const folder = isWindows ? '\\\\.\\pipe\\' : privateFolder(env);
  const wanted = isWindows ? /^objgraph-viewer-[0-9a-f]{12}$/ : /^viewer-[0-9a-f]{12}\.sock$/;
  return readdirSync(folder)
    .filter((name) => wanted.test(name))
    .map((name) => (isWindows ? folder + name : join(folder, name)));
}

/** Connects to the running viewer; null when there is none. */
export function meet({ address }: Pick<Rendezvous, 'address'>): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    socket.once('connect', () => resolve(socket));
    const failed = (error: NodeJS.ErrnoException) => {
      // Nothing listens: there was never a viewer, or it ended without clearing up.
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else reject(error);
    };
    // It stays after the meeting, too: a lost connection shows as the socket's end.
    socket.on('error', failed);
  });
}

/** Takes the meeting place; null when another viewer has it. */
export async function attend(place: Rendezvous, visitor: (socket: Socket) => void): Promise<Server | null> {
  await lock(place);
  try {
    const running = await meet(place);
    if (running) {
      running.destroy();
      return null;
    }
    if (process.platform !== 'win32') rmSync(place.address, { force: true });
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      visitor(socket);
    });
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(place.address, resolve));
    return server;
  } finally {
    rmdirSync(place.lock);
  }
}

/** A folder as a lock: making one is atomic everywhere. Two first starts at the same moment take turns by it. */
async function lock({ lock: folder }: Rendezvous): Promise<void> {
  for (;;) {
    try {
      mkdirSync(folder);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const made = lstatSync(folder, { throwIfNoEntry: false });
    // Its owner was killed while it held it.
    if (made && Date.now() - made.mtimeMs > lockTime) rmSync(folder, { recursive: true, force: true });
    else await sleep(20);
  }
}

/** @throws Error in words */
function privateFolder(env: NodeJS.ProcessEnv): string {
  const folder = rendezvousFolder(env);
  makeFolder(folder);
  if (!isPrivate(folder))
    throw new Error(`${folder} is not private to you; remove it, or set XDG_RUNTIME_DIR to a folder that is`);
  return folder;
}

/** @throws Error in words */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // It is there, or something else: what it is, is looked at next.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    if (dirname(folder) === temporaryFolder()) throw temporaryProblem(error);
    throw new Error(
      `${folder} cannot be made (${messageOf(error)}); set XDG_RUNTIME_DIR to a folder of yours`,
      {
        cause: error,
      },
    );
  }
}
