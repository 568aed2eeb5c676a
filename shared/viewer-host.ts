// Which program can show a window on this machine. Only looks at files and the environment: it starts nothing, so that the
// library can ask it in the middle of a call. Programs are looked for where they are installed, never in the working folder or
// its parents: those may be a stranger's archive.
import { existsSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOnPath, isProgram, isTrustedProgram, whyUntrusted } from './trusted-program.ts';

export interface ViewerHost {
  kind: 'electron' | 'chromium' | 'browser' | 'none';
  /** For people: `Electron`, `Chromium`, `xdg-open`; empty when there is none. */
  name: string;
  /** The program to start; empty when there is none. */
  command: string;
  /** Why there is none, as a sentence without its end; absent when there is one. */
  reason?: string;
}

/** For users who see the viewer in a browser's window. */
export const desktopHint =
  'For the desktop window, install Electron beside objgraph (npm install electron), then start it once (npx electron --version): that downloads it';

const noHost = (reason: string): ViewerHost => ({ kind: 'none', name: '', command: '', reason });
const noScreen = 'there is no screen to show a window on';

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
 * Finds the program that will show the viewer: Electron if it is installed beside this package, else a browser of Chromium's
 * family, else the default browser; none where there is no screen. `OBJGRAPH_VIEWER` (`electron`, `chromium`, `browser`, `none`
 * or the path of a program) decides otherwise. Only programs that no other user can change are found (trusted-program.ts).
 * Never throws: what may not be read (`--permission`) counts as absent.
 * @param ownFolder a folder of this package
 */
export function findViewerHost(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  ownFolder: string = dirname(fileURLToPath(import.meta.url)),
): ViewerHost {
  const wish = env.OBJGRAPH_VIEWER ?? '';
  if (wish === 'none') return noHost('OBJGRAPH_VIEWER=none asks for no window');
  if (!hasScreen(env, platform)) return noHost(noScreen);
  const finders: Record<string, () => ViewerHost | null> = {
    electron: () => findElectron(platform, ownFolder),
    chromium: () => findChromium(env, platform),
    browser: () => findDefaultBrowser(env, platform),
  };
  if (Object.hasOwn(finders, wish))
    return finders[wish]() ?? noHost(`OBJGRAPH_VIEWER=${wish} asks for a program that is not installed here`);
  if (wish !== '') return namedProgram(wish, env);
  return finders.electron() ?? finders.chromium() ?? finders.browser() ?? noHost('no browser was found here');
}

function hasScreen(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

function namedProgram(wish: string, env: NodeJS.ProcessEnv): ViewerHost {
  const path = isAbsolute(wish) ? wish : findOnPath(wish, env);
  if (path === null || !isProgram(path))
    return noHost(
      `OBJGRAPH_VIEWER names ${wish}, which is neither the full path of a program nor on the PATH`,
    );
  const fault = whyUntrusted(path);
  if (fault !== null) return noHost(`OBJGRAPH_VIEWER names ${path}, which ${fault}`);
  const kind = /electron/i.test(basename(path)) ? 'electron' : 'chromium';
  return { kind, name: basename(path), command: path };
}

/** Where Electron's package keeps its binary, which is downloaded separately (getPlatformPath in its install.js). */
const electronBinary = (platform: NodeJS.Platform) =>
  platform === 'darwin'
    ? join('Electron.app', 'Contents', 'MacOS', 'Electron')
    : platform === 'win32'
      ? 'electron.exe'
      : 'electron';

function findElectron(platform: NodeJS.Platform, ownFolder: string): ViewerHost | null {
  const commands = modulesFolders(ownFolder).map((folder) =>
    join(folder, 'electron', 'dist', electronBinary(platform)),
  );
  const command = commands.find(isTrustedProgram);
  return command === undefined ? null : { kind: 'electron', name: 'Electron', command };
}

/** Where a package manager puts what is installed with this package: in it, or beside it in the `node_modules` that holds it. */
function modulesFolders(ownFolder: string): string[] {
  const folders = withParents(ownFolder);
  const packageFolder = folders.find((folder) => existsSync(join(folder, 'package.json')));
  const own = packageFolder === undefined ? [] : [join(packageFolder, 'node_modules')];
  return [...own, ...folders.filter((folder) => basename(folder) === 'node_modules')];
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
    if (isTrustedProgram(command)) return { kind: 'chromium', name, command };
  }
  return null;
}

function findDefaultBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): ViewerHost | null {
  // By its full path: Windows looks for a bare name in the working folder first.
  if (platform === 'win32') {
    const command = `${env.SYSTEMROOT ?? env.SystemRoot ?? 'C:\\Windows'}\\explorer.exe`;
    return { kind: 'browser', name: 'the default browser', command };
  }
  const program = platform === 'darwin' ? 'open' : 'xdg-open';
  const command = findOnPath(program, env);
  return command ? { kind: 'browser', name: 'the default browser', command } : null;
}

function withParents(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...withParents(parent)];
}
