// Which program can show a window on this machine. Only looks at files, the environment and Windows' registry: it starts no
// host, so that the library can ask it in the middle of a call. Programs are looked for where they are installed, never in the
// working folder or its parents: those may be a stranger's archive.
import { basename, dirname, isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { process } from './objgraph/node-modules.ts';
import { findOnPath, isProgram, whyUntrusted } from './trusted-program.ts';
import { findChromium, findDefaultBrowser } from './viewer-host/browsers.ts';
import { findElectron } from './viewer-host/electron.ts';
import type { ViewerHost } from './viewer-host/host.ts';
import { findInstalledApp, type InstallRoots } from './viewer-host/installed-app.ts';

export type { ViewerHost };

/** For users who see the viewer in a browser's window. */
export const desktopHint =
  'For the desktop window, install the desktop app, or bring Electron with: npx objgraph desktop install';

const noHost = (reason: string): ViewerHost => ({ kind: 'none', name: '', command: '', reason });
const noScreen = 'there is no screen to show a window on';

/**
 * Finds the program that will show the viewer: the installed desktop app, else Electron if it is installed beside this package or
 * by `objgraph desktop install`, else a browser of Chromium's family, else the default browser; none where there is no screen.
 * `OBJGRAPH_VIEWER` (`app`, `electron`, `chromium`, `browser`, `none` or the path of a program) decides otherwise. Only programs
 * that no other user can change are found (trusted-program.ts).
 * Never throws: what may not be read (`--permission`) counts as absent.
 * @param ownFolder a folder of this package
 * @param roots where the system installs apps
 */
export function findViewerHost(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  ownFolder: string = dirname(fileURLToPath(import.meta.url)),
  roots?: InstallRoots,
): ViewerHost {
  const wish = env.OBJGRAPH_VIEWER ?? '';
  if (wish === 'none') return noHost('OBJGRAPH_VIEWER=none asks for no window');
  if (!hasScreen(env, platform)) return noHost(noScreen);
  let note: string | null = null;
  const finders: Record<string, () => ViewerHost | null> = {
    app: () => {
      const found = findInstalledApp(env, platform, roots);
      note = found.note;
      return found.app && appHost(found.app.command);
    },
    electron: () => {
      const command = findElectron(env, platform, ownFolder);
      return command === null ? null : { kind: 'electron', name: 'Electron', command };
    },
    chromium: () => findChromium(env, platform),
    browser: () => findDefaultBrowser(env, platform),
  };
  const withNote = (host: ViewerHost) => (note === null ? host : { ...host, note });
  if (Object.hasOwn(finders, wish))
    return withNote(
      finders[wish]() ?? noHost(`OBJGRAPH_VIEWER=${wish} asks for a program that is not installed here`),
    );
  if (wish !== '') return namedProgram(wish, env);
  for (const find of Object.values(finders)) {
    const host = find();
    if (host) return withNote(host);
  }
  return withNote(noHost('no browser was found here'));
}

/** The host to try when this one cannot show a window: the next in the order, whatever `OBJGRAPH_VIEWER` says. */
export function nextViewerHost(
  failed: ViewerHost,
  find: (env: NodeJS.ProcessEnv) => ViewerHost = findViewerHost,
): ViewerHost {
  const order = ['app', 'electron', 'chromium', 'browser'];
  const rest = order.slice(order.indexOf(failed.kind) + 1);
  const hosts = rest.map((kind) => find({ ...process.env, OBJGRAPH_VIEWER: kind }));
  return hosts.find(({ kind }) => kind !== 'none') ?? noHost('no browser was found here');
}

function hasScreen(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

const appHost = (command: string): ViewerHost => ({ kind: 'app', name: 'the objgraph app', command });

/** What a program is, its name says: `objgraph` and `objgraph-0.1.0-x86_64.AppImage` are the app. */
function namedProgram(wish: string, env: NodeJS.ProcessEnv): ViewerHost {
  const path = isAbsolute(wish) ? wish : findOnPath(wish, env);
  if (path === null || !isProgram(path))
    return noHost(
      `OBJGRAPH_VIEWER names ${wish}, which is neither the full path of a program nor on the PATH`,
    );
  const fault = whyUntrusted(path);
  if (fault !== null) return noHost(`OBJGRAPH_VIEWER names ${path}, which ${fault}`);
  const name = basename(path);
  if (/^objgraph(?:[-_.].*)?$/i.test(name)) return appHost(path);
  const kind = /electron/i.test(name) ? 'electron' : 'chromium';
  return { kind, name, command: path };
}
