// The page cannot leave, cannot open anything, is allowed nothing, and nothing but it is ever loaded: whatever a picture from
// a stranger makes of it. After Electron's security checklist.
import { app, session, type WebPreferences } from 'electron';
import { join } from 'node:path';
import { distFolder } from '../package.ts';
import { isOurs } from './page.ts';

/** Of every window. */
export const confined: WebPreferences = {
  preload: join(distFolder, 'preload.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  // Its dictionaries would come from the net.
  spellcheck: false,
  devTools: !app.isPackaged,
};

/** Of a window that only prints a finished picture. */
export const confinedToPrint: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  javascript: false,
  devTools: false,
};

/** For every page that the app ever opens. */
export function confineContents(): void {
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Nothing but writing plain text to the clipboard (Copy label); no address but ours is ever asked, and nothing downloaded. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  const isAllowed = (permission: string) => permission === 'clipboard-sanitized-write';
  defaultSession.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(isAllowed(permission)),
  );
  defaultSession.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  defaultSession.setDevicePermissionHandler(() => false);
  // What the page saves, main writes: where its user says.
  defaultSession.on('will-download', (event) => event.preventDefault());
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isAllowedAddress(url) }));
}

const isAllowedAddress = (url: string) =>
  isOurs(url) || ['data:', 'blob:', 'devtools:'].some((local) => url.startsWith(local));
