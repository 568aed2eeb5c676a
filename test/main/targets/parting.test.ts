// Who says good-bye: Node ends by SIGSEGV when a client closes its connection in the turn of the loop in which the inspector
// is closed. An inspector of ours looks who does.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Connection } from '../../../main/targets/connection.ts';
import { InspectorClient } from '../../../main/targets/inspector-client.ts';

let inspector: WebSocketServer;

afterEach(() => {
  for (const socket of inspector.clients) socket.terminate();
  inspector.close();
});

/** Says of each client that leaves that it was the last one, or that it was not. */
async function listen(isLast: boolean): Promise<{ url: string; left: Promise<WebSocket> }> {
  inspector = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(inspector, 'listening');
  const left = new Promise<WebSocket>((resolve) =>
    inspector.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => {
        const { id, params } = JSON.parse(data.toString()) as { id: number; params: { expression?: string } };
        const isLeaving = params.expression?.includes('clients.delete(client) ||') ?? false;
        const result = params.expression ? { result: { value: isLeaving ? isLast : true } } : {};
        socket.send(JSON.stringify({ id, result }), () => void (isLeaving && resolve(socket)));
      }),
    ),
  );
  return { url: `ws://127.0.0.1:${(inspector.address() as AddressInfo).port}`, left };
}

async function visit(url: string): Promise<Connection> {
  const client = await InspectorClient.connect(url, 'process 1', new AbortController().signal);
  const place = { name: 'process 1', url, thread: 0, openedByUs: true, ourPid: process.pid, watchId: 'a' };
  return Connection.over(client, place);
}

it('an inspector that closes when we leave ends the connection', async () => {
  const { url, left } = await listen(true);
  const connection = await visit(url);
  const closing = connection.close();
  const socket = await left;
  // Whatever we would say has long come by then.
  const ofOurs = await Promise.race([
    once(socket, 'close').then(() => 'we have closed'),
    new Promise((resolve) => setTimeout(resolve, 200, 'nothing')),
  ]);
  expect(ofOurs).toBe('nothing');
  expect(socket.readyState).toBe(WebSocket.OPEN);
  inspector.close();
  socket.close();
  await closing;
});

it('we end the connection to one that stays', async () => {
  const { url, left } = await listen(false);
  const connection = await visit(url);
  const closing = connection.close();
  const socket = await left;
  if (socket.readyState !== WebSocket.CLOSED) await once(socket, 'close');
  await closing;
});
