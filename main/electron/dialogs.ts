// The system's own dialogs for files; they begin where the last one ended.
import { dialog, type BrowserWindow } from 'electron';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lastFolder } from '../documents/recent.ts';
import { changeSettings, getSettings } from './settings.ts';

/** The file that was chosen; null when none was. */
export async function chooseFile(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    defaultPath: lastFolder() ?? undefined,
    filters: [
      { name: 'Graphs and heaps', extensions: ['gv', 'dot', 'xdot', 'heapsnapshot', 'heaptimeline', 'gz'] },
      { name: 'Graphs', extensions: ['gv', 'dot', 'xdot'] },
      { name: 'Heap snapshots', extensions: ['heapsnapshot', 'heaptimeline', 'gz'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return filePaths[0] ?? null;
}

/** Asks where, and saves; nothing when it was cancelled. */
export async function saveFile(window: BrowserWindow, name: string, data: Uint8Array): Promise<void> {
  const defaultPath = join(getSettings().folder ?? lastFolder() ?? '', name);
  const { filePath } = await dialog.showSaveDialog(window, { defaultPath });
  if (!filePath) return;
  await writeFile(filePath, data);
  changeSettings({ folder: dirname(filePath) });
}
