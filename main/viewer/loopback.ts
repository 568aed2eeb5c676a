// Pages over the machine's own loopback: an HTTP server for the page's files and a WebSocket for the protocol.
// Anybody on the machine can reach the port, and any web page can try: so a page comes in with its own pass only, from our
// own origin, by our own address (a foreign Host is DNS rebinding), as our own user, and once at a time.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket, WebSocketServer } from 'ws';
import { startInBackground } from '../background.ts';
import type { MainMessage } from '../../shared/protocol.ts';
import { debug } from '../debug.ts';
import { largestMessage, MessageBudget } from './message-budget.ts';
import { cutPage } from './first-picture.ts';
import { contentSecurityPolicy, readPageFile } from './page-files.ts';
import { foreignAmong, isForeign } from './peer-user.ts';
import { ProtocolError } from './protocol-error.ts';

/** A page that was promised: it may connect, lose its connection by a reload, and connect again. */
export interface PageHandlers {
  receive(message: unknown): Promise<void>;
  /** The page is gone for good, or never came. */
  closed(reason: 'closed' | 'never came'): void;
  /** What the page shows until its program is there, as HTML; null where there is nothing. Never rejects. */
  firstPicture?(): Promise<string | null>;
}

export interface Page {
  /**
   * Where the browser finds it. The list of processes shows it to everybody, so what it carries are tickets: the first connection
   * spends the one, and gets a pass that only the page knows; the first request for the page spends the other.
   */
  url: string;
  send(message: MainMessage): void;
  /** Ends the connection; the window is the browser's to close. */
  close(): void;
}

interface ExpectedPage extends PageHandlers {
  /** Null once it is spent. */
  ticket: string | null;
  /** What gets the page with its first picture; null once it is spent. */
  pictureTicket: string | null;
  /** What a reloaded page shows. */
  pass: string;
  socket: WebSocket | null;
  timer: NodeJS.Timeout | undefined;
}

/** Any user of the machine may connect: what sends no request is ended soon, and where there are many, other users' are ended. */
const headersTime = 5000;
const maxConnections = 2048;
/** So many connections, a few windows have. */
const maxUnlooked = 64;
/** Milliseconds from one look at whose they are to the next. */
const lookInterval = 100;
const maxLooks = 32;
/** A reload reconnects within this time; a closed window does not. */
const reloadTime = 1000;
/** So long is waited for the end of its former connection. */
const takeOverTime = 1000;
/** A browser's very first start on a slow machine. */
const firstConnectionTime = 60_000;

export class LoopbackServer {
  readonly #server: Server;
  readonly #pictureTime: number;
  /** Made for the first page. */
  #sockets: Promise<WebSocketServer> | null = null;
  readonly #pages = new Set<ExpectedPage>();
  readonly #connections = new Set<Socket>();
  #look: NodeJS.Timeout | undefined;
  /** Connections with a ticket whose user is being looked for. */
  #looks = 0;

  /** Our own host name: a request with another one was misdirected, by DNS rebinding for example. */
  readonly #host: string;

  private constructor(server: Server, pictureTime: number) {
    this.#server = server;
    this.#pictureTime = pictureTime;
    this.#host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    // A fault of one connection ends that one.
    server.on('request', (request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
    server.on('upgrade', (request, socket, head) => {
      this.#upgrade(request, socket, head).catch(() => socket.destroy());
    });
    server.maxConnections = maxConnections;
    server.on('connection', (socket) => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
      if (this.#connections.size > maxUnlooked) this.#lookSoon();
    });
  }

  /**
   * Listens on a free port of 127.0.0.1, and nowhere else.
   * @param pictureTime so many milliseconds may a page's program wait for its first picture
   */
  static async start(pictureTime = 150): Promise<LoopbackServer> {
    const server = createServer({ headersTimeout: headersTime, connectionsCheckingInterval: 1000 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return new LoopbackServer(server, pictureTime);
  }

  /** Lets one page in. `query` is for the page. */
  expect(handlers: PageHandlers, query = ''): Page {
    const ticket = newSecret();
    const pictureTicket = handlers.firstPicture ? newSecret() : null;
    const page: ExpectedPage = {
      ...handlers,
      ...{ ticket, pictureTicket, pass: newSecret(), socket: null, timer: undefined },
    };
    this.#pages.add(page);
    // Loaded while the browser comes up. The connection that needs it reports its failure.
    this.#loadSockets().catch(() => {});
    page.timer = setTimeout(() => this.#forget(page, 'never came'), firstConnectionTime);
    return {
      url: `${this.#origin}/${withTicket(query, pictureTicket)}#${ticket}`,
      send: (message) => page.socket?.send(JSON.stringify(message)),
      close: () => this.#forget(page, 'closed'),
    };
  }

  close(): void {
    for (const page of this.#pages) this.#forget(page, 'closed');
    if (this.#sockets) startInBackground(this.#sockets.then((sockets) => sockets.close()));
    clearTimeout(this.#look);
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #loadSockets(): Promise<WebSocketServer> {
    return (this.#sockets ??= webSockets());
  }

  get #origin(): string {
    return `http://${this.#host}`;
  }

  #forget(page: ExpectedPage, reason: 'closed' | 'never came'): void {
    if (!this.#pages.delete(page)) return;
    clearTimeout(page.timer);
    page.socket?.close(1000, 'the window is closed');
    page.closed(reason);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refuse = (status: number, reason: string) =>
      response
        .writeHead(status, { 'Content-Type': 'text/plain', 'Content-Length': reason.length })
        .end(reason);
    if (request.headers.host !== this.#host) return void refuse(403, 'Not this host.');
    if (request.method !== 'GET') return void refuse(405, 'Only GET.');
    const [pathname, query = ''] = (request.url ?? '/').split('?');
    const file = await readPageFile(pathname);
    if (!file) return void refuse(404, 'No such file.');
    const isPage = pathname === '/';
    response.writeHead(200, {
      'Content-Type': file.type,
      ...(!isPage && { 'Content-Length': file.content.length }),
      'Content-Security-Policy': contentSecurityPolicy(`ws://${this.#host}`),
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      // All windows of this viewer share it; another viewer has another port.
      'Cache-Control': file.type.startsWith('text/html') ? 'no-cache' : 'max-age=31536000, immutable',
    });
    if (!isPage) return void response.end(file.content);
    // The browser loads what the head names while the picture is waited for.
    const [head, body] = cutPage(file.content);
    response.write(head);
    response.end((await this.#firstPicture(query, request.socket)) + body);
  }

  /** For who comes with the ticket for it, and is our own user; empty where it is not there soon. */
  async #firstPicture(query: string, socket: Socket): Promise<string> {
    const offered = new URLSearchParams(query).get('picture');
    const page = [...this.#pages].find(({ pictureTicket }) => offered !== null && pictureTicket === offered);
    if (!page?.firstPicture) return '';
    page.pictureTicket = null;
    const drawn = Promise.all([page.firstPicture(), this.#isForeign(socket)]);
    const late = sleep(this.#pictureTime, [null, true] as const, { ref: false });
    const [picture, isForeign] = await Promise.race([drawn, late]);
    return isForeign ? '' : (picture ?? '');
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const refuse = (status: string) => {
      debug('viewer', () => `refused a connection: ${status}`);
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    };
    socket.on('error', () => socket.destroy());
    const sockets = await this.#loadSockets();
    const { host, origin } = request.headers;
    if (host !== this.#host || origin !== this.#origin) return void refuse('403 Forbidden');
    if (request.url !== '/protocol') return void refuse('404 Not Found');
    const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
    const page = offered[0] === 'objgraph' ? this.#pageWith(offered[1] ?? '') : undefined;
    if (!page) return void refuse('401 Unauthorized');
    if (await this.#isForeign(request.socket)) return void refuse('403 Forbidden');
    // A page that reloads may be back before its former connection has ended.
    if (page.socket && offered[1] === page.pass) await hasEnded(page.socket);
    if (page.socket || !this.#pages.has(page)) return void refuse('409 Conflict');
    sockets.handleUpgrade(request, socket, head, (connection) => this.#connect(page, connection));
  }

  /** Ends all connections of other users, which have no business here: by one look, however fast they come. */
  #lookSoon(): void {
    if (this.#look !== undefined) return;
    const look = async () => {
      const foreign = await foreignAmong([...this.#connections]);
      for (const socket of foreign) socket.destroy();
      this.#look = undefined;
    };
    this.#look = setTimeout(() => startInBackground(look()), lookInterval);
  }

  /** Few are looked at at a time: on macOS each look starts a program. */
  async #isForeign(socket: Socket): Promise<boolean> {
    if (this.#looks >= maxLooks) return true;
    this.#looks++;
    try {
      return await isForeign(socket);
    } finally {
      this.#looks--;
    }
  }

  #pageWith(secret: string): ExpectedPage | undefined {
    return [...this.#pages].find(({ ticket, pass }) => secret === ticket || secret === pass);
  }

  #connect(page: ExpectedPage, socket: WebSocket): void {
    page.socket = socket;
    clearTimeout(page.timer);
    page.ticket = null;
    socket.send(page.pass);
    const budget = new MessageBudget();
    const broke = (error: unknown) =>
      socket.close(
        1008,
        error instanceof ProtocolError ? error.message.slice(0, 100) : 'an error in objgraph',
      );
    socket.on('message', (data: Buffer, isBinary) => {
      // What came before the other side heard that we hung up.
      if (socket.readyState !== socket.OPEN) return;
      if (isBinary) return broke(new ProtocolError('Messages are text'));
      budget.pass(data.toString(), (message) => page.receive(message)).catch(broke);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      page.socket = null;
      page.timer = setTimeout(() => this.#forget(page, 'closed'), reloadTime);
    });
  }
}

/** Waits for the end of a connection, but not for long. */
async function hasEnded(socket: WebSocket): Promise<void> {
  const signal = AbortSignal.timeout(takeOverTime);
  await once(socket, 'close', { signal }).catch(() => {});
}

async function webSockets(): Promise<WebSocketServer> {
  const { WebSocketServer } = await import('ws');
  return new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    handleProtocols: () => 'objgraph',
  });
}

const withTicket = (query: string, ticket: string | null) =>
  ticket === null ? query : `?picture=${ticket}${query.replace('?', '&')}`;

const newSecret = () => randomBytes(24).toString('base64url');
