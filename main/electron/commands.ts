// Commands that find the app running say through its door what to show, and hear when their window closes.
import { app, BrowserWindow } from 'electron';
import { Door } from '../viewer/door.ts';
import { openWindow } from './windows.ts';

/** An app that a command started, and that nobody asked for a window, ends after this. */
const idleTime = 10_000;

export async function attendCommands(byCommand: boolean): Promise<void> {
  const door = await Door.of('electron', (request, visitor) => {
    const window = openWindow(request);
    window.webContents.ipc.once('protocol', () => visitor.reply({ opened: true }));
    window.once('closed', () => visitor.reply({ closed: true }));
    // The command was stopped (Ctrl-C): its window goes with it.
    visitor.onLeave(() => {
      if (request.attended && !window.isDestroyed()) window.close();
    });
  });
  app.once('quit', () => door?.close());
  if (byCommand) setTimeout(quitIfIdle, idleTime).unref();
}

function quitIfIdle(): void {
  if (BrowserWindow.getAllWindows().length === 0) app.quit();
}
