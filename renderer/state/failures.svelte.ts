// Work that nothing waits for: its failure is shown in the window, and never lost.
import { messageOf } from '../../shared/errors.ts';

class Failures {
  /** The last one, in words. */
  last = $state<string | null>(null);
}

export const failures = new Failures();

/** Starts work whose end nothing waits for. What reports its own failures never gets here. */
export function inBackground(work: Promise<unknown>): void {
  work.catch((error: unknown) => (failures.last = messageOf(error)));
}
