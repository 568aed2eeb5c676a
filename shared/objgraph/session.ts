// The inspector session of the library: open for one question, or kept open while ids must stay what they are.
// V8 numbers objects, and follows them when they move, from the first snapshot until a session disconnects. That
// makes allocation several times slower, so it ends with the question unless somebody holds on to ids.
import { Inspector } from './inspector.ts';

let kept: Inspector | null = null;

/** Runs `use` with a session; null where the process has none. Afterwards allocation is as fast as before. */
export function withInspector<T>(use: (inspector: Inspector | null) => T): T {
  if (kept) {
    try {
      return use(kept);
    } finally {
      kept.releaseHandles();
    }
  }
  const inspector = Inspector.open();
  try {
    return use(inspector);
  } finally {
    inspector?.close();
  }
}

/** Keeps ids stable from now on; false where the process has no inspector (there, nothing ever resets them). */
export function keepIds(): boolean {
  kept ??= Inspector.open();
  return kept !== null;
}

/** Whether ids are being kept. */
export function keepsIds(): boolean {
  return kept !== null;
}

/**
 * Lets V8 forget the ids given out by `id`, `getNewIds` and `takeSnapshot`, so that allocation is at full speed again.
 * The next question numbers the objects anew.
 */
export function forgetIds(): void {
  kept?.close();
  kept = null;
}
