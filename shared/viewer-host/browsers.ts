// Browsers that can show the viewer: those of Chromium's family in a window of the viewer's own, and the user's own one.
import { process } from '../objgraph/node-modules.ts';
import { findOnPath, isTrustedProgram } from '../trusted-program.ts';
import type { ViewerHost } from './host.ts';

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

/** The names of all programs that are looked for on the PATH here. */
export const browserPrograms: readonly string[] = [...onPath.map(([command]) => command), 'xdg-open', 'open'];

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

/** The system's program for opening addresses. */
export function findDefaultBrowser(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): ViewerHost | null {
  // By its full path: Windows looks for a bare name in the working folder first.
  if (platform === 'win32') {
    const command = `${env.SYSTEMROOT ?? env.SystemRoot ?? 'C:\\Windows'}\\explorer.exe`;
    return { kind: 'browser', name: 'the default browser', command };
  }
  const program = platform === 'darwin' ? 'open' : 'xdg-open';
  const command = findOnPath(program, env);
  return command ? { kind: 'browser', name: 'the default browser', command } : null;
}
