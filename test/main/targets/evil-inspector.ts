// An inspector that means harm, or is broken: a fake, because no real one does this. It answers `/json/list` and its WebSocket as
// it is told.
import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
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

export function endEvil(): void {
  for (const end of started.splice(0)) end();
}

/** Sends without end, as fast as it is taken. */
export function pour(response: ServerResponse, chunk: string): void {
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
