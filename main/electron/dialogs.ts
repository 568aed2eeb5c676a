// The system's own dialogs for files; they begin where the last one ended.
import { dialog, type BrowserWindow, type FileFilter } from 'electron';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openableExtensions, openableFiles, type FileFormat } from '../../shared/file-formats.ts';
import { lastFolder } from '../documents/recent.ts';
import { changeSettings, getSettings } from './settings.ts';

/** Electron writes extensions without the dot. */
const filterOf = ({ name, extensions }: FileFormat): FileFilter => ({
  name,
  extensions: extensions.map((extension) => extension.slice(1)),
});

/** The file that was chosen; null when none was. */
export async function chooseFile(window: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    defaultPath: lastFolder() ?? undefined,
    filters: [
      filterOf({ name: 'Graphs and heaps', extensions: openableExtensions }),
      ...openableFiles.map(filterOf),
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
