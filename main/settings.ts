// What a user has chosen for all windows, and finds again in the next one.
import type { Settings } from '../shared/protocol.ts';
import { readState, writeState } from './state-file.ts';

const name = 'settings';
const usual: Settings = { minimap: true };

/** What is broken is as good as nothing. */
export function readSettings(): Settings {
  try {
    const { minimap } = Object(readState(name)) as Record<string, unknown>;
    return { minimap: typeof minimap === 'boolean' ? minimap : usual.minimap };
  } catch {
    return usual;
  }
}

export function writeSettings(settings: Settings): void {
  try {
    writeState(name, settings);
  } catch {
    // A full or read-only disk: the window has what was chosen, the next one has not.
  }
}
