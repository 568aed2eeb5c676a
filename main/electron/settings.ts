// What the app remembers from one time to the next: lost settings are no harm.
import * as v from 'valibot';
import { readState, writeState } from '../state-file.ts';

const wholeNumber = v.pipe(v.number(), v.safeInteger());

/** What is broken counts as never set. */
const settings = v.object({
  /** Where the last window was, and whether it filled the screen. */
  window: v.fallback(
    v.nullable(
      v.object({
        bounds: v.object({ x: wholeNumber, y: wholeNumber, width: wholeNumber, height: wholeNumber }),
        maximized: v.fallback(v.boolean(), false),
      }),
    ),
    null,
  ),
  /** Where pictures were saved last. */
  folder: v.fallback(v.nullable(v.pipe(v.string(), v.nonEmpty())), null),
});
export type Settings = v.InferOutput<typeof settings>;

const name = 'desktop';
const unset: Settings = { window: null, folder: null };

let known: Settings | null = null;

export function getSettings(): Settings {
  return (known ??= readSettings());
}

export function changeSettings(change: Partial<Settings>): void {
  known = { ...getSettings(), ...change };
  try {
    writeState(name, known);
  } catch {
    // A full or read-only disk: they last until the app ends.
  }
}

/** As they are in their file, or unset. */
export function readSettings(): Settings {
  try {
    return v.parse(v.fallback(settings, unset), readState(name));
  } catch {
    return unset;
  }
}
