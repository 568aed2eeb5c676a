// Work that its caller does not wait for. Its failure is always reported: a rejection without a handler would end the
// process, and with it every window.
import { messageOf } from '../shared/errors.ts';
import { notify } from './terminal.ts';

/** Starts work, and reports its failure: into a state where there is one, on standard error otherwise. */
export function startInBackground(
  work: Promise<unknown>,
  report: (message: string) => void = logFailure,
): void {
  work.catch((error: unknown) => {
    report(messageOf(error));
  });
}

function logFailure(message: string): void {
  notify(...`objgraph: ${message}`.split('\n'));
}
