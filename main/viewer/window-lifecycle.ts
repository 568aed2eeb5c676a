// What every window goes through, whichever host shows it: its temporary file is adopted, its command learns that it opened
// and that it closed, and takes it along when it is stopped; then the session ends, and the file is removed.
import { setTimeout as sleep } from 'node:timers/promises';
import { debug } from '../debug.ts';
import { adoptTemporary, removeTemporary } from '../documents/temporary.ts';
import { noVisitor, type Visitor } from './door.ts';
import { reportFault } from './last-resort.ts';
import type { Session } from './session.ts';
import type { ViewRequest } from './view-request.ts';

/** Sessions that are detaching from their targets after their windows closed. */
const ending = new Set<Promise<void>>();

export class WindowLifecycle {
  readonly #request: ViewRequest;
  readonly #visitor: Visitor;
  #state: 'starting' | 'open' | 'closed' = 'starting';

  constructor(request: ViewRequest, visitor: Visitor = noVisitor) {
    this.#request = request;
    this.#visitor = visitor;
    debug('viewer', () => 'opening a window');
    if (request.temporary && request.path !== null) adoptTemporary(request.path);
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** Calls `close` when the command that waits for the window is stopped (Ctrl-C). */
  closeWithCommand(close: () => void): void {
    this.#visitor.onLeave(() => {
      if (this.#request.attended && this.#state !== 'closed') close();
    });
  }

  /** The page is there; further calls, after a reload, change nothing. */
  opened(): void {
    if (this.#state !== 'starting') return;
    this.#state = 'open';
    this.#visitor.reply({ opened: true });
  }

  /** The window is gone, or never came: then `failure` says why. */
  closed(session: Session | Promise<Session>, failure: string | null = null): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    debug('viewer', () => `a window ended: ${failure ?? 'closed'}`);
    this.#visitor.reply(failure === null ? { closed: true } : { error: failure });
    const ended = endSession(session).finally(() => ending.delete(ended));
    ending.add(ended);
    if (this.#request.temporary && this.#request.path !== null) removeTemporary(this.#request.path);
  }
}

async function endSession(session: Session | Promise<Session>): Promise<void> {
  try {
    await (await session).dispose();
  } catch (error) {
    reportFault(error);
  }
}

export const sessionsAreEnding = (): boolean => ending.size > 0;

/** Waits until the sessions of closed windows have ended. One that takes longer is left: its target's inspector closes itself. */
export async function sessionsEnded(milliseconds: number): Promise<void> {
  await Promise.race([Promise.allSettled(ending), sleep(milliseconds, undefined, { ref: false })]);
}
