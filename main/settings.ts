// What a user has chosen for all windows, and finds again in the next one.
import * as v from 'valibot';
import type { Settings } from '../shared/protocol.ts';
import { settings } from '../shared/protocol/window.ts';
import { readState, writeState } from './state-file.ts';

const name = 'settings';

/** What is broken counts as not set, each part by itself. */
const stored = v.fallback(
  v.object({
    minimap: v.fallback(settings.entries.minimap, true),
    modernLook: v.fallback(settings.entries.modernLook, false),
    layout: v.fallback(settings.entries.layout, {}),
  }),
  { minimap: true, modernLook: false, layout: {} },
);

export function readSettings(): Settings {
  try {
    return v.parse(stored, readState(name));
  } catch {
    // The file is no JSON.
    return v.parse(stored, null);
  }
}

export function writeSettings(changed: Partial<Settings>): void {
  try {
    writeState(name, { ...readSettings(), ...changed });
  } catch {
    // A full or read-only disk: this window has what was chosen, the next one has not.
  }
}
