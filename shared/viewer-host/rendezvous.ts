// Where the user's commands, their library and the viewer that runs already find each other: in a folder that only this user can
// enter, by a name for each display, version and kind of host.
import { lstatSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { loadCrypto, process } from '../objgraph/node-modules.ts';
import { temporaryFolder } from '../objgraph/temporary-folder.ts';

/** The user's folder, whether it exists or not. */
export function rendezvousFolder(env: NodeJS.ProcessEnv = process.env): string {
  const user = process.getuid?.();
  const runtime = env.XDG_RUNTIME_DIR;
  const isOwn = runtime && lstatSync(runtime, { throwIfNoEntry: false })?.uid === user;
  return isOwn
    ? join(runtime, 'objgraph')
    : join(temporaryFolder(), `objgraph-${user ?? userInfo().username}`);
}

/** Whether only this user can enter a folder; a symbolic link in its place is not followed. On Windows, where it lies decides. */
export function isPrivate(folder: string): boolean {
  if (process.platform === 'win32') return true;
  const stats = lstatSync(folder);
  return stats.isDirectory() && stats.uid === process.getuid?.() && (stats.mode & 0o077) === 0;
}

/** The name of a viewer. @param version of objgraph: the installed app serves every version */
export function viewerName(kind: string, version: string, env: NodeJS.ProcessEnv = process.env): string {
  const screen = [
    kind === 'app' ? '' : version,
    kind,
    env.DISPLAY,
    env.WAYLAND_DISPLAY,
    userInfo().username,
  ].join('\n');
  return `viewer-${loadCrypto().createHash('sha256').update(screen).digest('hex').slice(0, 12)}`;
}

/** Where a viewer listens: the path of its socket, or the name of its pipe on Windows. */
export function viewerAddress(kind: string, version: string, env: NodeJS.ProcessEnv = process.env): string {
  const name = viewerName(kind, version, env);
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\objgraph-${name}`
    : join(rendezvousFolder(env), `${name}.sock`);
}
