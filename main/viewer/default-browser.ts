// The user's own browser, by the system's program for opening addresses. It is not ours: it is neither watched nor ended, and
// a tab stays until its user closes it.
import { startProgram } from '../../shared/programs.ts';
import type { Browser } from './browser.ts';
import type { WindowSize } from './view-request.ts';

export class DefaultBrowser implements Browser {
  /** Our own part of it is warm. */
  readonly staysWithoutWindows = true;
  readonly #command: string;

  constructor(command: string) {
    this.#command = command;
  }

  prepare(): void {
    // It runs already, or comes up with its first tab.
  }

  open(url: string, _size: WindowSize, failed: (reason: string) => void): void {
    // Detached and silent: where no browser ran yet, this very process may become it.
    const child = startProgram({ name: 'browser', path: this.#command }, [url], {
      stdio: 'ignore',
      detached: true,
    });
    child.once('error', (error) => failed(`${this.#command} could not be started (${error.message})`));
    child.once('exit', (status) => {
      // Windows' explorer ends with 1 whatever comes of it.
      if (status && process.platform !== 'win32') failed(`${this.#command} ended with status ${status}`);
    });
    child.unref();
  }

  onEnded(): void {
    // It is not watched.
  }

  windowOpened(): void {
    // Its process is the browser's.
  }

  closeWindow(): void {
    // A tab among the user's own.
  }

  pathOfGiven(): Promise<null> {
    return Promise.resolve(null);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
