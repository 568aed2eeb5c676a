// The viewer's process where there is no Electron: it serves the pages, starts the browser, keeps one session a window, and
// hears from other commands what else to open. Without a window it stays for a while (linger.ts).
import { startInBackground } from '../background.ts';
import { messageOf } from '../../shared/errors.ts';
import type { ViewerHost } from '../../shared/viewer-host.ts';
import { warmLayout } from '../documents/layout.ts';
import { sweepTemporary } from '../documents/temporary.ts';
import type { Browser } from './browser.ts';
import { Door, noVisitor, type Visitor } from './door.ts';
import { keepWindowsThroughFaults } from './last-resort.ts';
import { Linger, lingerSeconds } from './linger.ts';
import { LoopbackServer, type Page } from './loopback.ts';
import { openLink } from './open-link.ts';
import type { Session } from './session.ts';
import type { SessionHost } from './session-host.ts';
import { defaultSize, pageQuery, type ViewRequest } from './view-request.ts';
import { sessionsEnded, WindowLifecycle } from './window-lifecycle.ts';

/** A viewer that was asked for no window ends after this. */
const idleTime = 10_000;

/** So long the viewer waits at its end for sessions that detach from busy processes. */
const detachTime = 3000;

/**
 * Runs the viewer in this process until it has had no window for a while; false when another one runs already.
 * @param browser comes up already: it takes longest
 * @param first its first window; null when a command requests it
 */
export async function runViewer(
  host: ViewerHost,
  browser: Browser,
  first: ViewRequest | null = null,
): Promise<boolean> {
  const viewer = new Viewer(host, browser);
  keepWindowsThroughFaults((message) => viewer.notify(message));
  if (!(await viewer.start(first))) return false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => startInBackground(viewer.end()));
  await viewer.ended;
  return true;
}

class Viewer {
  readonly ended: Promise<void>;
  readonly #host: ViewerHost;
  readonly #browser: Browser;
  readonly #windows = new Set<Page>();
  #end!: () => void;
  #door: Door | null = null;
  #pages!: LoopbackServer;
  readonly #linger: Linger;
  #idle: NodeJS.Timeout | undefined;

  constructor(host: ViewerHost, browser: Browser) {
    this.#host = host;
    this.#browser = browser;
    browser.onEnded(() => this.#browserEnded());
    this.#linger = new Linger(
      () => startInBackground(this.end()),
      this.#browser.staysWithoutWindows ? lingerSeconds() : 0,
    );
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  async start(first: ViewRequest | null): Promise<boolean> {
    // All is ready before the door opens: the first command waits in front of it.
    this.#pages = await LoopbackServer.start();
    this.#door = await Door.of(this.#host.kind, {
      open: (request, visitor) => this.#open(request, visitor),
      status: () => ({ windows: this.#windows.size, secondsLeft: this.#linger.secondsLeft }),
      quit: () => startInBackground(this.end()),
    });
    if (!this.#door) {
      this.#pages.close();
      await this.#browser.close();
      return false;
    }
    if (first) this.#open(first);
    else this.#idle = setTimeout(() => startInBackground(this.end()), idleTime);
    sweepTemporary();
    return true;
  }

  /** Closes every window, the browser and the door, and removes what was temporary. */
  async end(): Promise<void> {
    if (!this.#door) return;
    const door = this.#door;
    this.#door = null;
    clearTimeout(this.#idle);
    this.#linger.stop();
    // The commands that wait learn that their windows close.
    for (const window of [...this.#windows]) window.close();
    door.close();
    this.#pages.close();
    await this.#browser.close();
    await sessionsEnded(detachTime);
    this.#end();
  }

  /** Shows a message in every window. */
  notify(message: string): void {
    for (const window of this.#windows) window.send({ event: 'viewer.fault', data: { message } });
  }

  /** Its user has quit it, or its display has gone: nothing of it is left to stay for. */
  #browserEnded(): void {
    if (this.#windows.size === 0) startInBackground(this.end());
  }

  #open(request: ViewRequest, visitor: Visitor = noVisitor): void {
    clearTimeout(this.#idle);
    this.#linger.stop();
    const lifecycle = new WindowLifecycle(request, visitor);
    let failure: string | null = null;
    const page = this.#pages.expect(
      {
        receive: async (message) => {
          if (!lifecycle.isOpen) this.#browser.windowOpened(page.url);
          lifecycle.opened();
          await (await session).receive(message);
        },
        closed: (reason) => {
          if (reason === 'never came') failure = `${this.#host.name} did not show the window`;
          this.#windows.delete(page);
          lifecycle.closed(session, failure);
          this.#browser.closeWindow(page.url);
          if (this.#windows.size === 0 && this.#door) this.#linger.start();
        },
        firstPicture: () => firstPicture,
      },
      pageQuery(request),
    );
    this.#windows.add(page);
    lifecycle.closeWithCommand(() => page.close());
    // Before all else, before our own code is even loaded: it takes longest to come up. Graphviz is the next.
    const failed = (reason: string) => {
      if (lifecycle.isOpen) return;
      failure = reason;
      page.close();
    };
    try {
      this.#browser.open(page.url, request.size ?? defaultSize, failed);
    } catch (error) {
      // Its program was changed since it was found. The session below is awaited by the page's end.
      setImmediate(failed, messageOf(error));
    }
    warmLayout();
    const session = newSession(request, {
      send: (message) => page.send(message),
      editor: request.editor,
      openLink,
      chooseFile: () => Promise.resolve(null),
      openWindow: (another) => this.#open(another),
      pathOfGiven: (index) => this.#browser.pathOfGiven(page.url, index),
      closeWindow: () => page.close(),
    });
    // Drawn before the browser asks for it. Who uses the session reports its failure.
    const firstPicture = session
      .then((ready) => (request.path === null ? null : ready.firstPicture(request)))
      .catch(() => null);
  }
}

/** What is behind a window. */
async function newSession(request: ViewRequest, host: SessionHost): Promise<Session> {
  const [{ Session }, { openRequested }] = await Promise.all([
    import('./session.ts'),
    import('./window-documents.ts'),
  ]);
  return new Session(openRequested(request), host);
}
