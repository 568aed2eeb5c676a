// When a page crashes or hangs: its document is here, in main, and is shown again by a new page.
import { dialog, type BrowserWindow, type RenderProcessGoneDetails } from 'electron';
import { startInBackground } from '../background.ts';

const reasons: Partial<Record<RenderProcessGoneDetails['reason'], string>> = {
  oom: 'It ran out of memory.',
  'launch-failed': 'It could not be started.',
  'integrity-failure': 'Its program was changed.',
  killed: 'It was ended from outside.',
};

export function recoverFromCrashes(window: BrowserWindow): void {
  const { webContents } = window;
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') startInBackground(offerReload(window, reasons[reason] ?? 'It crashed.'));
  });
  window.on('unresponsive', () => startInBackground(offerToWait(window)));
}

async function offerReload(window: BrowserWindow, why: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: `The window “${window.getTitle()}” stopped working.`,
    detail: `${why} The document is still open: a reload shows it again.`,
    buttons: ['Reload', 'Close Window'],
    cancelId: 1,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.webContents.reload();
  else window.destroy();
}

/** The question goes away by itself when the page answers again. */
async function offerToWait(window: BrowserWindow): Promise<void> {
  const answering = new AbortController();
  window.once('responsive', () => answering.abort());
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: `The window “${window.getTitle()}” does not answer.`,
    detail: 'It may be busy with a very large picture. The document stays open when the window is reloaded.',
    buttons: ['Wait', 'Reload', 'Close Window'],
    cancelId: 0,
    signal: answering.signal,
  });
  if (window.isDestroyed() || answering.signal.aborted) return;
  if (response === 2) return window.destroy();
  if (response !== 1) return;
  // A page that hangs cannot be asked to reload. Its crash is reported, too: the answer is known already.
  window.webContents.removeAllListeners('render-process-gone');
  window.webContents.once('render-process-gone', () => {
    recoverFromCrashes(window);
    window.webContents.reload();
  });
  window.webContents.forcefullyCrashRenderer();
}
