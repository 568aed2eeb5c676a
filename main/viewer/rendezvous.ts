// Where a command finds the viewer that is already running: a socket that only its user can reach, one for each display.
import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../shared/errors.ts';
import { version } from '../package.ts';
import { temporaryFolder, temporaryProblem } from '../temporary-folder.ts';

/** Nobody holds the lock longer than it takes to bind a socket. */
const lockTime = 3000;

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
  const screen = [
    kind === 'app' ? '' : version,
    kind,
    env.DISPLAY,
    env.WAYLAND_DISPLAY,
    userInfo().username,
  ].join('\n');
  const name = `viewer-${createHash('sha256').update(screen).digest('hex').slice(0, 12)}`;
  const address =
    process.platform === 'win32' ? `\\\\.\\pipe\\objgraph-${name}` : join(folder, `${name}.sock`);
  return { address, lock: join(folder, `${name}.lock`) };
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
      // Nobody listens: there was never a viewer, or it ended without clearing up.
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

function privateFolder(env: NodeJS.ProcessEnv): string {
  const user = process.getuid?.();
  const runtime = env.XDG_RUNTIME_DIR;
  const own = runtime && lstatSync(runtime, { throwIfNoEntry: false })?.uid === user;
  const folder = own
    ? join(runtime, 'objgraph')
    : join(temporaryFolder(), `objgraph-${user ?? userInfo().username}`);
  makeFolder(folder);
  const { uid, mode, isDirectory } = describe(folder);
  if (process.platform !== 'win32' && (!isDirectory || uid !== user || (mode & 0o077) !== 0)) {
    throw new Error(`${folder} is not private to you; remove it, or set XDG_RUNTIME_DIR to a folder that is`);
  }
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

/** Of the folder itself: a symbolic link of another user is not followed. */
function describe(folder: string): { uid: number; mode: number; isDirectory: boolean } {
  const stats = lstatSync(folder);
  return { uid: stats.uid, mode: stats.mode, isDirectory: stats.isDirectory() };
}
