// What the app remembers from one time to the next, in one small file of its user's: lost settings are no harm.
import { app, type Rectangle } from 'electron';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Settings {
  /** Where the last window was, and whether it filled the screen. */
  window: { bounds: Rectangle; maximized: boolean } | null;
  /** Where pictures were saved last. */
  folder: string | null;
}

const file = () => join(app.getPath('userData'), 'settings.json');

let settings: Settings | null = null;

export function getSettings(): Settings {
  return (settings ??= readSettings(readText(file())));
}

/** Writes beside and renames: a file that is half written is never read. */
export function changeSettings(change: Partial<Settings>): void {
  settings = { ...getSettings(), ...change };
  try {
    mkdirSync(dirname(file()), { recursive: true, mode: 0o700 });
    writeFileSync(`${file()}.new`, JSON.stringify(settings, null, 2), { mode: 0o600 });
    renameSync(`${file()}.new`, file());
  } catch {
    // A full or read-only disk: they last until the app ends.
  }
}

/** Takes what is sound; the rest counts as never set. */
export function readSettings(text: string): Settings {
  const { window, folder } = (parse(text) ?? {}) as Partial<Record<keyof Settings, unknown>>;
  return {
    window: readWindow(window),
    folder: typeof folder === 'string' && folder !== '' ? folder : null,
  };
}

function readWindow(value: unknown): Settings['window'] {
  const { bounds, maximized } = (value ?? {}) as { bounds?: unknown; maximized?: unknown };
  const { x, y, width, height } = (bounds ?? {}) as Record<keyof Rectangle, unknown>;
  if (![x, y, width, height].every(Number.isInteger)) return null;
  return { bounds: { x, y, width, height } as Rectangle, maximized: maximized === true };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
