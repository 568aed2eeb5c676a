// An inspector that means harm, or is broken: a fake, because no real one does this. It answers `/json/list` and its WebSocket as
// it is told.
import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Duplex, Writable } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

export interface Evil {
  /** The body of `/json/list`; by default, it offers its own WebSocket. */
  list?: (response: ServerResponse) => void;
  version?: (response: ServerResponse) => void;
  /** Each request that comes over the WebSocket. */
  message?: (socket: WebSocket, request: { id: number; method: string }) => void;
}

const started: (() => void)[] = [];

export async function startEvil({ list, version, message }: Evil): Promise<string> {
  const server: Server = createServer((request, response) => {
    response.on('error', () => {});
    if (request.url === '/json/version' && version) return version(response);
    if (list) return list(response);
    response.end(JSON.stringify([{ type: 'node', title: 'evil', webSocketDebuggerUrl: 'ws://elsewhere/x' }]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.on('message', (data: Buffer) =>
      message?.(socket, JSON.parse(data.toString()) as { id: number; method: string }),
    );
  });
  started.push(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** One whose bytes after the handshake are not those of a WebSocket that is well. @param talk has the connection to itself */
export async function startRaw(talk: (socket: Duplex) => void, answersUpgrade = true): Promise<string> {
  const server = createServer((_request, response) =>
    response.end(JSON.stringify([{ type: 'node', title: 'evil', webSocketDebuggerUrl: 'ws://elsewhere/x' }])),
  );
  const sockets = new Set<Duplex>();
  server.on('upgrade', (request, socket: Duplex) => {
    sockets.add(socket);
    socket.on('error', () => {});
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    if (answersUpgrade)
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
    talk(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  started.push(() => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A frame of a server (RFC 6455, 5.2). @param first its first byte: 0x81 is a whole text, 0x01 the first part of one */
export function frame(first: number, content: string | Buffer): Buffer {
  const bytes = Buffer.from(content as string);
  const head =
    bytes.length < 126
      ? Buffer.from([first, bytes.length])
      : Buffer.from([first, 127, 0, 0, 0, 0, ...uint32(bytes.length)]);
  return Buffer.concat([head, bytes]);
}

const uint32 = (number: number) => [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];

export function endEvil(): void {
  for (const end of started.splice(0)) end();
}

/** Sends without end, as fast as it is taken. */
export function pour(response: Writable, chunk: string | Buffer): void {
  const more = () => {
    while (response.writable && response.write(chunk));
    if (response.writable) response.once('drain', more);
  };
  more();
}

/** Answers as an inspector does that has nothing to say. */
export const polite = (
  socket: WebSocket,
  { id, method }: { id: number; method: string },
  result: object = {},
) =>
  socket.send(
    JSON.stringify({ id, result: method === 'Runtime.getHeapUsage' ? { usedSize: 1000 } : result }),
  );
