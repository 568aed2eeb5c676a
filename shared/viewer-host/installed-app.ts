// The desktop app where its packages and its users install it.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { isTrustedProgram } from '../trusted-program.ts';
import { findDesktopEntries } from './desktop-entry.ts';
import { describeMismatch, protocolFile, readAppProtocol, type AppProtocol } from './protocol.ts';
import { installedFolders } from './windows-registry.ts';

export interface InstalledApp {
  command: string;
  /** Null when only the app itself can say: then it does at its door. */
  protocol: AppProtocol | null;
}

/** Where systems keep what they install; a test has others. */
export interface InstallRoots {
  /** Of the packages for Linux. */
  opt: string;
  /** Of all users of a Mac. */
  applications: string;
  /** Windows' registry: the folders that it names. */
  registry: (env: NodeJS.ProcessEnv) => string[];
}

const systemRoots: InstallRoots = {
  opt: '/opt',
  applications: '/Applications',
  registry: installedFolders,
};

export interface FoundApps {
  /** The first that understands us, or that only says so itself. */
  app: InstalledApp | null;
  /** Why another one was passed over, as a sentence without its end. */
  note: string | null;
}

/** Finds the installed app that no other user can change, and that is of our protocol. */
export function findInstalledApp(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  roots: InstallRoots = systemRoots,
): FoundApps {
  let note: string | null = null;
  for (const app of candidates(env, platform, roots)) {
    if (!isTrustedProgram(app.command)) continue;
    const mismatch = app.protocol && describeMismatch(app.protocol, app.command);
    if (!mismatch) return { app, note };
    note ??= mismatch;
  }
  return { app: null, note };
}

function* candidates(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  roots: InstallRoots,
): Generator<InstalledApp> {
  if (platform === 'win32') yield* onWindows(env, roots);
  else if (platform === 'darwin') {
    for (const folder of [roots.applications, join(env.HOME || homedir(), 'Applications')]) {
      const contents = join(folder, 'objgraph.app', 'Contents');
      yield {
        command: join(contents, 'MacOS', 'objgraph'),
        protocol: protocolIn(join(contents, 'Resources')),
      };
    }
  } else yield* onLinux(env, roots);
}

/** The deb and the rpm have the same folder; an entry may name another place, or an AppImage. */
function* onLinux(env: NodeJS.ProcessEnv, { opt }: InstallRoots): Generator<InstalledApp> {
  const folder = join(opt, 'objgraph');
  yield { command: join(folder, 'objgraph'), protocol: protocolIn(join(folder, 'resources')) };
  for (const { command, protocol, version } of findDesktopEntries(env))
    yield {
      command,
      protocol:
        protocol === null
          ? protocolIn(join(dirname(command), 'resources'))
          : { protocol, version: version || 'of unknown version' },
    };
}

/** The installer's own choices first: asking the registry takes a process. */
function* onWindows(env: NodeJS.ProcessEnv, { registry }: InstallRoots): Generator<InstalledApp> {
  const at = (folder: string): InstalledApp => ({
    command: join(folder, 'objgraph.exe'),
    protocol: protocolIn(join(folder, 'resources')),
  });
  const { LOCALAPPDATA, PROGRAMFILES, ProgramFiles } = env;
  if (LOCALAPPDATA) yield at(join(LOCALAPPDATA, 'Programs', 'objgraph'));
  const shared = PROGRAMFILES ?? ProgramFiles;
  if (shared) yield at(join(shared, 'objgraph'));
  for (const folder of registry(env)) yield at(folder);
}

function protocolIn(resources: string): AppProtocol | null {
  try {
    return readAppProtocol(readFileSync(join(resources, protocolFile), 'utf8'));
  } catch {
    return null;
  }
}
