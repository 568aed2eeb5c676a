// Commands that find the app running ask for windows through its door, and learn when their window closes.
import { app, BrowserWindow } from 'electron';
import { Door } from '../viewer/door.ts';
import { openWindow } from './windows.ts';

/** An app that a command started, and that was asked for no window, ends after this. */
const idleTime = 10_000;

export async function attendCommands(byCommand: boolean): Promise<void> {
  const door = await Door.of(app.isPackaged ? 'app' : 'electron', openWindow);
  app.once('quit', () => door?.close());
  if (byCommand) setTimeout(quitIfIdle, idleTime).unref();
}

function quitIfIdle(): void {
  if (BrowserWindow.getAllWindows().length === 0) app.quit();
}
