// Windows, each with its page, its session and its document.
import { app, BrowserWindow, shell, type IpcMainEvent } from 'electron';
import { startInBackground } from '../background.ts';
import type { MainMessage } from '../../shared/protocol.ts';
import { noVisitor, type Visitor } from '../viewer/door.ts';
import { Linger } from '../viewer/linger.ts';
import { MessageBudget } from '../viewer/message-budget.ts';
import { Session } from '../viewer/session.ts';
import { emptyWindow, pageQuery, type ViewRequest } from '../viewer/view-request.ts';
import { openRequested } from '../viewer/window-documents.ts';
import { sessionsAreEnding, sessionsEnded, WindowLifecycle } from '../viewer/window-lifecycle.ts';
import { confined } from './confine.ts';
import { chooseFile, saveFile } from './dialogs.ts';
import { pageUrl } from './page.ts';
import { setPageActions } from './page-actions.ts';
import { printPdf } from './print-pdf.ts';
import { reportRecent } from './recent.ts';
import { recoverFromCrashes } from './recovery.ts';
import { placeOf, rememberPlace } from './window-place.ts';

/** So long the app waits at its end for sessions that detach from busy processes. */
const detachTime = 2000;

export function openWindows(requests: readonly ViewRequest[]): void {
  for (const request of requests) openWindow(request);
}

/** The time without windows, in which the app is not seen. */
export const linger = new Linger(() => app.quit());

/** On macOS an app stays without windows, unless it was only there for a command. */
export function quitWithLastWindow(byCommand: boolean): void {
  app.on('window-all-closed', () => {
    if (process.platform === 'darwin' && !byCommand) return;
    app.dock?.hide();
    linger.start();
  });
  let waited = false;
  app.on('will-quit', (event) => {
    if (waited || !sessionsAreEnding()) return;
    event.preventDefault();
    waited = true;
    startInBackground(sessionsEnded(detachTime).then(() => app.quit()));
  });
  app.on('activate', (_event, hasVisibleWindows) => {
    if (!hasVisibleWindows) openWindow(emptyWindow);
  });
}

/** Shows a message in every window. */
export function notifyWindows(message: string): void {
  for (const { webContents } of BrowserWindow.getAllWindows())
    webContents.send('protocol', { event: 'viewer.fault', data: { message } } satisfies MainMessage);
}

/** Opens one window on one file. */
export function openWindow(request: ViewRequest, visitor: Visitor = noVisitor): BrowserWindow {
  linger.stop();
  startInBackground(Promise.resolve(app.dock?.show()));
  const lifecycle = new WindowLifecycle(request, visitor);
  const { maximized, ...place } = placeOf(request.size);
  const window = new BrowserWindow({
    ...place,
    title: request.title,
    show: false,
    // Its toolbar has the same; Alt shows the menu where it is not on top of the screen.
    autoHideMenuBar: true,
    webPreferences: confined,
  });
  const session = openSession(window, request);
  rememberPlace(window);
  recoverFromCrashes(window);
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  lifecycle.closeWithCommand(() => window.close());
  window.webContents.ipc.once('protocol', () => lifecycle.opened());
  window.once('closed', () => lifecycle.closed(session));
  startInBackground(window.loadURL(pageUrl + pageQuery(request)));
  return window;
}

function openSession(window: BrowserWindow, request: ViewRequest): Session {
  const documents = openRequested(request);
  const { webContents } = window;
  const session = new Session(documents, {
    send: (message) => {
      if (!webContents.isDestroyed()) webContents.send('protocol', message);
    },
    editor: request.editor,
    openLink: (url) => shell.openExternal(url),
    chooseFile: () => chooseFile(window),
    saveFile: (name, data) => saveFile(window, name, data),
    printPdf,
    openWindow: (another) => void openWindow(another),
    closeWindow: () => window.close(),
    setActions: setPageActions,
  });
  const budget = new MessageBudget();
  const receive = (message: unknown) => session.receive(message);
  webContents.ipc.on('protocol', (event: IpcMainEvent, text: unknown) => {
    if (isFromPage(event, window)) budget.pass(String(text), receive).catch(() => window.destroy());
  });
  let known: string | null = null;
  documents.document.on('changed', () => {
    const { path, problem, scene } = documents.document.state;
    if (path === known || path === null || problem || !scene) return;
    known = path;
    window.setRepresentedFilename(path);
    if (!request.temporary) reportRecent(path);
  });
  for (const snapshot of request.snapshots) reportRecent(snapshot);
  return session;
}

/** Only the page itself: not a frame in it, not another page, not another window. */
function isFromPage({ sender, senderFrame }: IpcMainEvent, { webContents }: BrowserWindow): boolean {
  if (sender !== webContents || senderFrame === null) return false;
  return senderFrame === webContents.mainFrame && senderFrame.url.startsWith(pageUrl);
}
