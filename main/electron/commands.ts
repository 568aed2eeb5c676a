// Commands that find the app running ask for windows through its door, and learn when their window closes.
import { app, BrowserWindow } from 'electron';
import { Door } from '../viewer/door.ts';
import { linger, openWindow } from './windows.ts';

/** An app that a command started, and that was asked for no window, ends after this. */
const idleTime = 10_000;

export async function attendCommands(byCommand: boolean): Promise<void> {
  const door = await Door.of(app.isPackaged ? 'app' : 'electron', {
    open: openWindow,
    status: () => ({ windows: BrowserWindow.getAllWindows().length, secondsLeft: linger.secondsLeft }),
    quit: () => app.quit(),
  });
  app.once('quit', () => door?.close());
  if (byCommand) setTimeout(quitIfIdle, idleTime).unref();
}

function quitIfIdle(): void {
  if (BrowserWindow.getAllWindows().length === 0 && linger.secondsLeft === null) app.quit();
}
