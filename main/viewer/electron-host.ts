// A window of Electron with its session. The page is ours, comes by our own protocol, is sandboxed, and cannot leave.
import { BrowserWindow, dialog, ipcMain, protocol, shell, type IpcMainEvent } from 'electron';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastFolder } from '../documents/recent.ts';
import { removeTemporary } from '../documents/temporary.ts';
import { distFolder } from '../package.ts';
import { contentSecurityPolicy, readPageFile } from './page-files.ts';
import { Session } from './session.ts';
import { pageQuery, type ViewRequest } from './view-request.ts';
import { openRequested } from './window-documents.ts';

const scheme = 'objgraph';
const pageUrl = `${scheme}://viewer/`;

/** Before the app is ready: our scheme counts as a secure origin of its own. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the page's files, under the same policy as the loopback server does. */
export function servePage(): void {
  protocol.handle(scheme, async (request) => {
    const file = await readPageFile(new URL(request.url).pathname);
    if (!file) return new Response('No such file.', { status: 404 });
    const headers = {
      'Content-Type': file.type,
      'Content-Security-Policy': contentSecurityPolicy("'self'"),
      'X-Content-Type-Options': 'nosniff',
    };
    return new Response(new Uint8Array(file.content), { headers });
  });
}

/** Opens one window on one file. */
export function openWindow(request: ViewRequest): BrowserWindow {
  const window = new BrowserWindow({
    width: request.width,
    height: request.height,
    title: request.title,
    show: false,
    webPreferences: {
      preload: join(distFolder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  const session = openSession(window, request);
  keepInside(window);
  window.once('ready-to-show', () => window.show());
  window.once('closed', () => {
    void session.dispose();
    if (request.temporary && request.path !== null) removeTemporary(request.path);
  });
  void window.loadURL(pageUrl + pageQuery(request));
  return window;
}

function openSession(window: BrowserWindow, request: ViewRequest): Session {
  const { webContents } = window;
  const session = new Session(openRequested(request), {
    send: (message) => {
      if (!webContents.isDestroyed()) webContents.send('protocol', message);
    },
    openLink: (url) => shell.openExternal(url),
    chooseFile: () => chooseFile(window),
    saveFile: (name, data) => saveFile(window, name, data),
    openWindow: (another) => void openWindow(another),
    closeWindow: () => window.close(),
  });
  const receive = (event: IpcMainEvent, message: unknown) => {
    // Only this window's own page: not a frame in it, not another page, not another window.
    if (event.sender !== webContents || event.senderFrame !== webContents.mainFrame) return;
    if (!event.senderFrame?.url.startsWith(pageUrl)) return;
    session.receive(message).catch(() => window.destroy());
  };
  ipcMain.on('protocol', receive);
  window.once('closed', () => ipcMain.off('protocol', receive));
  return session;
}

function keepInside({ webContents }: BrowserWindow): void {
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  // Writing plain text to the clipboard (Copy label) and nothing else.
  webContents.session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(permission === 'clipboard-sanitized-write'),
  );
}

async function chooseFile(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    defaultPath: lastFolder() ?? undefined,
    filters: [
      { name: 'Graphs', extensions: ['gv', 'dot', 'xdot'] },
      { name: 'Heap snapshots', extensions: ['heapsnapshot', 'heaptimeline', 'gz'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return filePaths[0] ?? null;
}

async function saveFile(window: BrowserWindow, name: string, data: Uint8Array): Promise<void> {
  const { filePath } = await dialog.showSaveDialog(window, { defaultPath: name });
  if (filePath) await writeFile(filePath, data);
}
