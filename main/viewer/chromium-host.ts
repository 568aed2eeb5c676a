// The viewer's process where there is no Electron: it serves the pages, starts the browser, keeps one session a window, and
// hears from other commands what else to open. It ends with its last window.
import { createInterface } from 'node:readline';
import type { Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ViewerHost } from '../../shared/viewer-host.ts';
import { removeTemporary } from '../documents/temporary.ts';
import { browserOf, type Browser } from './browser.ts';
import { openLink } from './default-browser.ts';
import { LoopbackServer, type Page } from './loopback.ts';
import { attend, rendezvousOf } from './rendezvous.ts';
import { Session } from './session.ts';
import { pageQuery, readViewRequest, type ViewRequest } from './view-request.ts';
import { openRequested } from './window-documents.ts';

/** What a command hears about its window, one JSON text a line. */
export type ViewReply = { opened: true } | { closed: true } | { error: string };

/** A viewer that nobody asked for anything ends after this. */
const idleTime = 10_000;

/** A process that is too busy to be left in order is left all the same: its inspector closes itself. */
const partingTime = 3000;

/** Runs the viewer in this process until its last window closes; false when another one runs already. */
export async function runViewer(host: ViewerHost): Promise<boolean> {
  const viewer = new Viewer(host);
  if (!(await viewer.start())) return false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void viewer.end());
  await viewer.ended;
  return true;
}

class Viewer {
  readonly ended: Promise<void>;
  readonly #host: ViewerHost;
  readonly #browser: Browser;
  readonly #windows = new Set<Page>();
  readonly #visitors = new Set<Socket>();
  /** Windows that are letting go of what they were attached to. */
  readonly #parting: Promise<void>[] = [];
  #end!: () => void;
  #door: Server | null = null;
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
    this.#door = await attend(rendezvousOf(this.#host.kind), (socket) => void this.#visit(socket));
    if (!this.#door) {
      this.#pages.close();
      return false;
    }
    this.#idle = setTimeout(() => void this.end(), idleTime);
    return true;
  }

  /** Closes every window, the browser and the door, and removes what was temporary. */
  async end(): Promise<void> {
    if (!this.#door) return;
    this.#door.close();
    this.#door = null;
    clearTimeout(this.#idle);
    for (const window of [...this.#windows]) window.close();
    this.#pages.close();
    for (const visitor of this.#visitors) visitor.end();
    await this.#browser.close();
    await Promise.race([Promise.allSettled(this.#parting), sleep(partingTime)]);
    this.#end();
  }

  /** A command came in: it says what to show, and stays until its window closes or it is tired of waiting. */
  async #visit(socket: Socket): Promise<void> {
    this.#visitors.add(socket);
    socket.on('close', () => this.#visitors.delete(socket));
    const reply = (message: ViewReply) => socket.writable && socket.write(JSON.stringify(message) + '\n');
    for await (const line of createInterface({ input: socket, crlfDelay: Infinity })) {
      try {
        // A door that has been closed opens nothing: the command will start a viewer of its own.
        if (!this.#door) break;
        this.#open(readViewRequest(JSON.parse(line)), socket, reply);
      } catch (error) {
        reply({ error: error instanceof Error ? error.message : String(error) });
      }
    }
  }

  /** A window that another window opened has no command that waits for it. */
  #open(
    request: ViewRequest,
    socket: Socket | null = null,
    reply: (message: ViewReply) => void = () => {},
  ): void {
    clearTimeout(this.#idle);
    let opened = false;
    const page = this.#pages.expect(
      {
        receive: (message) => {
          if (!opened) reply({ opened: true });
          opened = true;
          return session.receive(message);
        },
        closed: (reason) => {
          reply(
            reason === 'never came'
              ? { error: `${this.#host.name} did not show the window` }
              : { closed: true },
          );
          this.#parting.push(session.dispose());
          this.#browser.closeWindow(page.url);
          if (request.temporary && request.path !== null) removeTemporary(request.path);
          this.#windows.delete(page);
          if (this.#windows.size === 0) void this.end();
        },
      },
      pageQuery(request),
    );
    this.#windows.add(page);
    // The command was stopped (Ctrl-C): its window goes with it.
    socket?.once('close', () => {
      if (request.attended) page.close();
    });
    // Before all else: it takes longest to come up.
    this.#browser.open(page.url, request, (reason) => {
      if (opened) return;
      reply({ error: reason });
      page.close();
    });
    const session = new Session(openRequested(request), {
      send: (message) => page.send(message),
      openLink,
      chooseFile: () => Promise.resolve(null),
      openWindow: (another) => this.#open(another),
      pathOfGiven: (index) => this.#browser.pathOfGiven(page.url, index),
      closeWindow: () => page.close(),
    });
  }
}
