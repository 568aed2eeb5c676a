// The viewer's process where there is no Electron: it serves the pages, starts the browser, keeps one session a window, and
// hears from other commands what else to open. It ends with its last window.
import { setTimeout as sleep } from 'node:timers/promises';
import { startInBackground } from '../background.ts';
import type { ViewerHost } from '../../shared/viewer-host.ts';
import { debug } from '../debug.ts';
import { warmLayout } from '../documents/layout.ts';
import { adoptTemporary, removeTemporary, sweepTemporary } from '../documents/temporary.ts';
import { browserOf, type Browser } from './browser.ts';
import { openLink } from './default-browser.ts';
import { Door, nobody, type Visitor } from './door.ts';
import { LoopbackServer, type Page } from './loopback.ts';
import type { Session, SessionHost } from './session.ts';
import { defaultSize, pageQuery, type ViewRequest } from './view-request.ts';

/** A viewer that nobody asked for anything ends after this. */
const idleTime = 10_000;

/** A process that is too busy to be left in order is left all the same: its inspector closes itself. */
const partingTime = 3000;

/** Runs the viewer in this process until its last window closes; false when another one runs already. */
export async function runViewer(host: ViewerHost): Promise<boolean> {
  const viewer = new Viewer(host);
  if (!(await viewer.start())) return false;
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
  /** Windows that are letting go of what they were attached to. */
  readonly #parting = new Set<Promise<void>>();
  #end!: () => void;
  #door: Door | null = null;
  #pages!: LoopbackServer;
  #idle: NodeJS.Timeout | undefined;

  constructor(host: ViewerHost) {
    this.#host = host;
    this.#browser = browserOf(host);
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  async start(): Promise<boolean> {
    // All is ready before the door opens: the first command stands in front of it.
    this.#pages = await LoopbackServer.start();
    this.#door = await Door.of(this.#host.kind, (request, visitor) => this.#open(request, visitor));
    if (!this.#door) {
      this.#pages.close();
      return false;
    }
    this.#idle = setTimeout(() => startInBackground(this.end()), idleTime);
    sweepTemporary();
    return true;
  }

  /** Closes every window, the browser and the door, and removes what was temporary. */
  async end(): Promise<void> {
    if (!this.#door) return;
    const door = this.#door;
    this.#door = null;
    clearTimeout(this.#idle);
    // Those who wait hear that their windows close.
    for (const window of [...this.#windows]) window.close();
    door.close();
    this.#pages.close();
    await this.#browser.close();
    await Promise.race([Promise.allSettled(this.#parting), sleep(partingTime)]);
    this.#end();
  }

  #part(session: Promise<Session>): void {
    const parting = session.then((each) => each.dispose()).finally(() => this.#parting.delete(parting));
    this.#parting.add(parting);
  }

  /** A window that another window opened has no command that waits for it. */
  #open(request: ViewRequest, { reply, onLeave }: Visitor = nobody): void {
    clearTimeout(this.#idle);
    if (request.temporary && request.path !== null) adoptTemporary(request.path);
    let opened = false;
    const page = this.#pages.expect(
      {
        receive: async (message) => {
          if (!opened) reply({ opened: true });
          opened = true;
          await (await session).receive(message);
        },
        closed: (reason) => {
          debug('viewer', () => `a window ended: ${reason}`);
          reply(
            reason === 'never came'
              ? { error: `${this.#host.name} did not show the window` }
              : { closed: true },
          );
          this.#part(session);
          this.#browser.closeWindow(page.url);
          if (request.temporary && request.path !== null) removeTemporary(request.path);
          this.#windows.delete(page);
          if (this.#windows.size === 0) startInBackground(this.end());
        },
      },
      pageQuery(request),
    );
    this.#windows.add(page);
    debug('viewer', () => `opening window ${this.#windows.size} in ${this.#host.name}`);
    // The command was stopped (Ctrl-C): its window goes with it.
    onLeave(() => request.attended && page.close());
    // Before all else, before our own code is even loaded: it takes longest to come up. Graphviz is the next.
    this.#browser.open(page.url, request.size ?? defaultSize, (reason) => {
      if (opened) return;
      reply({ error: reason });
      page.close();
    });
    warmLayout();
    const session = newSession(request, {
      send: (message) => page.send(message),
      openLink,
      chooseFile: () => Promise.resolve(null),
      openWindow: (another) => this.#open(another),
      pathOfGiven: (index) => this.#browser.pathOfGiven(page.url, index),
      closeWindow: () => page.close(),
    });
  }
}

/** All that stands behind a window. */
async function newSession(request: ViewRequest, host: SessionHost): Promise<Session> {
  const [{ Session }, { openRequested }] = await Promise.all([
    import('./session.ts'),
    import('./window-documents.ts'),
  ]);
  return new Session(openRequested(request), host);
}
