// Electron itself, which runs the app that is in this package: beside it in node_modules, or brought by `objgraph desktop install`.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { isTrustedProgram } from '../trusted-program.ts';

/** The version that is tested, and that `objgraph desktop install` brings: package.json has the same. */
export const electronVersion = '45.4.1';

/** Where Electron keeps its binary (getPlatformPath in its package's install.js). */
export const electronBinary = (platform: NodeJS.Platform): string =>
  platform === 'darwin'
    ? join('Electron.app', 'Contents', 'MacOS', 'Electron')
    : platform === 'win32'
      ? 'electron.exe'
      : 'electron';

/** @param ownFolder a folder of this package */
export function findElectron(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
  ownFolder: string,
): string | null {
  const folders = [
    ...modulesFolders(ownFolder).map((folder) => join(folder, 'electron', 'dist')),
    ownElectronFolder(env, platform),
  ];
  return folders.map((folder) => join(folder, electronBinary(platform))).find(isTrustedProgram) ?? null;
}

/** Where `objgraph desktop install` puts it. */
export const ownElectronFolder = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string =>
  join(dataFolder(env, platform), 'electron', electronVersion);

/** The folder of our user for what can be brought again (https://specifications.freedesktop.org/basedir-spec). */
export function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = env.HOME || homedir();
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'objgraph');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'objgraph');
  const { XDG_DATA_HOME } = env;
  const data = XDG_DATA_HOME && isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : join(home, '.local', 'share');
  return join(data, 'objgraph');
}

/** Where a package manager puts what is installed with this package: in it, or beside it in the `node_modules` that holds it. */
function modulesFolders(ownFolder: string): string[] {
  const folders = withParents(ownFolder);
  const packageFolder = folders.find((folder) => existsSync(join(folder, 'package.json')));
  const own = packageFolder === undefined ? [] : [join(packageFolder, 'node_modules')];
  return [...own, ...folders.filter((folder) => basename(folder) === 'node_modules')];
}

function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}
