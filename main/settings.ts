// What a user has chosen for all windows, and finds again in the next one.
import type { Settings } from '../shared/protocol.ts';
import { readState, writeState } from './state-file.ts';

const name = 'settings';
/** A window has some dozens of these. */
const mostNames = 300;
const longestText = 200;

/** What is broken counts as not set. */
export function readSettings(): Settings {
  try {
    const { minimap, modernLook, layout } = Object(readState(name)) as Record<string, unknown>;
    return {
      minimap: typeof minimap === 'boolean' ? minimap : true,
      modernLook: modernLook === true,
      layout: layoutIn(layout),
    };
  } catch {
    return { minimap: true, modernLook: false, layout: {} };
  }
}

export function writeSettings(changed: Partial<Settings>): void {
  try {
    writeState(name, { ...readSettings(), ...changed });
  } catch {
    // A full or read-only disk: this window has what was chosen, the next one has not.
  }
}

/** The part of an arrangement that can be one. */
function layoutIn(value: unknown): Settings['layout'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const isValid = (part: unknown): part is string | number | boolean =>
    typeof part === 'boolean' ||
    (typeof part === 'number' && Number.isFinite(part)) ||
    (typeof part === 'string' && part.length <= longestText);
  const parts = Object.entries(value as Record<string, unknown>).slice(0, mostNames);
  return Object.fromEntries(
    parts.filter(
      (part): part is [string, string | number | boolean] => part[0].length <= 100 && isValid(part[1]),
    ),
  );
}
