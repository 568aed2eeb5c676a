// A server on loopback that stands in for the one Electron is downloaded from, with the faults of real ones; and a proxy.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface Asked {
  path: string;
  range: string | undefined;
}

export class Mirror {
  readonly asked: Asked[] = [];
  /** What is given; by ranges where they are asked for. */
  content: Buffer;
  /** Bytes after which each connection breaks; null gives all. */
  breakAfter: number | null = null;
  /** Bytes after which it sends no more, and keeps the connection. */
  stallAfter: number | null = null;
  status = 200;
  takesRanges = true;
  /** Where it redirects the first request. */
  redirect: string | null = null;
  readonly #server: Server;

  private constructor(content: Buffer) {
    this.content = content;
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(content: Buffer): Promise<Mirror> {
    const mirror = new Mirror(content);
    await once(mirror.#server.listen(0, '127.0.0.1'), 'listening');
    return mirror;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer({ url = '', headers: { range } }: IncomingMessage, response: ServerResponse): void {
    this.asked.push({ path: url, range });
    if (this.redirect !== null) {
      response.writeHead(302, { Location: this.redirect }).end();
      this.redirect = null;
      return;
    }
    if (this.status !== 200) return void response.writeHead(this.status).end('no');
    const begin = this.takesRanges ? Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0) : 0;
    if (begin >= this.content.length) return void response.writeHead(416).end();
    const rest = this.content.subarray(begin);
    response.writeHead(begin > 0 ? 206 : 200, { 'Content-Length': rest.length });
    if (this.stallAfter !== null) return void response.write(rest.subarray(0, this.stallAfter));
    if (this.breakAfter === null) return void response.end(rest);
    response.write(rest.subarray(0, this.breakAfter), () => setTimeout(() => response.destroy(), 200));
  }
}

/** A proxy that makes tunnels (RFC 9110, CONNECT), and notes where to. */
export async function startProxy(
  password: string | null = null,
): Promise<{ url: string; tunnels: string[]; close(): void }> {
  const tunnels: string[] = [];
  const server = createServer();
  const sockets = new Set<Socket>();
  server.on('connect', ({ url = '', headers }: IncomingMessage, client: Socket) => {
    sockets.add(client.on('error', () => {}));
    const expected = password === null ? undefined : `Basic ${Buffer.from(password).toString('base64')}`;
    if (headers['proxy-authorization'] !== expected)
      return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    tunnels.push(url);
    const [host, port] = url.split(':');
    const target = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    sockets.add(target.on('error', () => client.destroy()));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}
