// Which program can show a window on this machine. Only looks at files and the environment: it starts nothing, so that the
// library can ask it in the middle of a call.
import { accessSync, constants, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface ViewerHost {
  kind: 'electron' | 'chromium' | 'browser' | 'none';
  /** For people: `Electron`, `Chromium`, `xdg-open`; empty when there is none. */
  name: string;
  /** The program to start; empty when there is none. */
  command: string;
}

/** For those who see the viewer in a browser's window. */
export const desktopHint = 'For the desktop window, install Electron: npx install-electron';

const nothing: ViewerHost = { kind: 'none', name: '', command: '' };

/** Programs of Chromium's family by their name on the PATH, the plainest first. */
const onPath: [command: string, name: string][] = [
  ['chromium', 'Chromium'],
  ['chromium-browser', 'Chromium'],
  ['google-chrome', 'Chrome'],
  ['google-chrome-stable', 'Chrome'],
  ['microsoft-edge', 'Edge'],
  ['microsoft-edge-stable', 'Edge'],
  ['brave-browser', 'Brave'],
  ['brave', 'Brave'],
];

/** Where they are installed on systems that keep programs off the PATH; the variables are Windows' folders. */
const wellKnown: Partial<Record<NodeJS.Platform, [path: string, name: string][]>> = {
  darwin: [
    ['/Applications/Chromium.app/Contents/MacOS/Chromium', 'Chromium'],
    ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'Chrome'],
    ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge', 'Edge'],
    ['/Applications/Brave Browser.app/Contents/MacOS/Brave Browser', 'Brave'],
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((folder): [string, string][] => [
    [`%${folder}%\\Google\\Chrome\\Application\\chrome.exe`, 'Chrome'],
    [`%${folder}%\\Microsoft\\Edge\\Application\\msedge.exe`, 'Edge'],
    [`%${folder}%\\Chromium\\Application\\chrome.exe`, 'Chromium'],
    [`%${folder}%\\BraveSoftware\\Brave-Browser\\Application\\brave.exe`, 'Brave'],
  ]),
};

/**
 * Finds the program that will show the viewer: Electron if its binary is installed, else a browser of Chromium's family,
 * else the default browser; none where there is no screen. `OBJGRAPH_VIEWER` (`electron`, `chromium`, `browser`, `none` or
 * the path of a program) decides otherwise. Never throws: what may not be read (`--permission`) counts as absent.
 * @param folders where to look for the npm package `electron`: in each of them and its parents
 */
export function findViewerHost(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  folders: readonly string[] = [dirname(fileURLToPath(import.meta.url)), process.cwd()],
): ViewerHost {
  const wish = env.OBJGRAPH_VIEWER ?? '';
  if (wish === 'none' || !hasScreen(env, platform)) return nothing;
  const finders: Record<string, () => ViewerHost | null> = {
    electron: () => findElectron(platform, folders),
    chromium: () => findChromium(env, platform),
    browser: () => findDefaultBrowser(env, platform),
  };
  if (wish in finders) return finders[wish]() ?? nothing;
  if (wish !== '') return namedProgram(wish);
  return finders.electron() ?? finders.chromium() ?? finders.browser() ?? nothing;
}

function hasScreen(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

function namedProgram(path: string): ViewerHost {
  if (!isProgram(path)) return nothing;
  const kind = /electron/i.test(basename(path)) ? 'electron' : 'chromium';
  return { kind, name: basename(path), command: path };
}

/** The package alone is not enough: its binary is downloaded separately, and says in path.txt where it lies. */
function findElectron(platform: NodeJS.Platform, folders: readonly string[]): ViewerHost | null {
  const executable = platform === 'win32' ? 'electron.exe' : 'electron';
  for (const folder of folders.flatMap(withParents)) {
    const installed = join(folder, 'node_modules', 'electron');
    const command = join(installed, 'dist', readText(join(installed, 'path.txt')) ?? executable);
    if (isProgram(command)) return { kind: 'electron', name: 'Electron', command };
  }
  return null;
}

/** A browser of Chromium's family, whether there is a screen or not. */
export function findChromium(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): ViewerHost | null {
  for (const [program, name] of onPath) {
    const command = findOnPath(program, env);
    if (command) return { kind: 'chromium', name, command };
  }
  for (const [path, name] of wellKnown[platform] ?? []) {
    const command = path.replace(/%([^%]+)%/, (_whole, variable: string) => env[variable] ?? '');
    if (isProgram(command)) return { kind: 'chromium', name, command };
  }
  return null;
}

function findDefaultBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): ViewerHost | null {
  if (platform === 'win32') return { kind: 'browser', name: 'the default browser', command: 'explorer.exe' };
  const program = platform === 'darwin' ? 'open' : 'xdg-open';
  const command = findOnPath(program, env);
  return command ? { kind: 'browser', name: 'the default browser', command } : null;
}

export function findOnPath(program: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const folders = (env.PATH ?? '').split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, program)).find(isProgram) ?? null;
}

function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
