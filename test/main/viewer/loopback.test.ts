// The loopback server against those who are not our page: other users, other web pages, other addresses.
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { LoopbackServer, type Page } from '../../../main/viewer/loopback.ts';
import { ProtocolError } from '../../../main/viewer/session.ts';

let server: LoopbackServer;
let page: Page;
let origin: string;
let token: string;
const receive = vi.fn<(message: unknown) => Promise<void>>();
const closed = vi.fn();

beforeEach(async () => {
  server = await LoopbackServer.start();
  receive.mockReset().mockResolvedValue();
  closed.mockReset();
  page = server.expect({ receive, closed });
  [origin, token] = page.url.split('/#');
});
afterEach(() => server.close());

interface Attempt {
  protocols?: string[];
  path?: string;
  headers?: Record<string, string>;
}

/** Connects; gives the socket, or the status of the refusal. */
function open({ protocols = ['objgraph', token], path = '/protocol', headers = {} }: Attempt = {}) {
  const socket = new WebSocket(origin.replace('http', 'ws') + path, protocols, {
    headers: { origin, ...headers },
  });
  return new Promise<WebSocket | number>((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => {});
  });
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status?: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const asked = request(origin + path, { headers, method }, (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
      });
      asked.on('error', reject).end();
    },
  );
}

it('lets our page in, both ways', async () => {
  const socket = (await open()) as WebSocket;
  socket.send('{"id":1,"method":"document.get","params":null}');
  await vi.waitFor(() =>
    expect(receive).toHaveBeenCalledWith({ id: 1, method: 'document.get', params: null }),
  );
  const heard = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
  page.send({ id: 1, ok: true, result: null });
  expect(await heard).toBe('{"id":1,"ok":true,"result":null}');
});

it.each<[string, Attempt, number]>([
  ['a wrong token', { protocols: ['objgraph', 'wrong'] }, 401],
  ['no token', { protocols: ['objgraph'] }, 401],
  ['another protocol', { protocols: ['other'] }, 401],
  ['a page of another origin', { headers: { origin: 'https://evil.example' } }, 403],
  ['a page of our address under another name', { headers: { origin: 'http://localhost' } }, 403],
  ['a file page', { headers: { origin: 'null' } }, 403],
  ['a rebound name', { headers: { host: 'evil.example' } }, 403],
  ['another path', { path: '/other' }, 404],
])('refuses %s', async (_who, attempt, status) => {
  expect(await open(attempt)).toBe(status);
  expect(receive).not.toHaveBeenCalled();
});

it('refuses a second client with the same token while the first is there', async () => {
  await open();
  expect(await open()).toBe(409);
});

it('lets a reloaded page in again, and nobody after its window has closed', async () => {
  ((await open()) as WebSocket).close();
  await vi.waitFor(async () => expect(await open()).toBeInstanceOf(WebSocket));
  expect(closed).not.toHaveBeenCalled();
  page.close();
  expect(closed).toHaveBeenCalledExactlyOnceWith('closed');
  expect(await open()).toBe(401);
});

it('notices that a window has closed', async () => {
  ((await open()) as WebSocket).terminate();
  await vi.waitFor(() => expect(closed).toHaveBeenCalledExactlyOnceWith('closed'), { timeout: 3000 });
});

it.each([
  ['no JSON', (socket: WebSocket) => socket.send('{{{')],
  ['bytes', (socket: WebSocket) => socket.send(Uint8Array.of(1, 2))],
  ['a broken message', (socket: WebSocket) => socket.send('[]')],
])('closes the connection on %s', async (_what, send) => {
  receive.mockRejectedValue(new ProtocolError('A message is an object'));
  const socket = (await open()) as WebSocket;
  const code = new Promise((resolve) => socket.once('close', resolve));
  send(socket);
  expect(await code).toBe(1008);
});

it('survives a flood that is larger than a message may be', async () => {
  const socket = (await open()) as WebSocket;
  const code = new Promise((resolve) => socket.once('close', resolve));
  socket.send('x'.repeat(66 * 2 ** 20));
  expect(await code).toBe(1009);
});

it('serves files to our own address only, and only ours', async () => {
  expect((await get('/fonts/LICENSE.txt')).status).toBe(404);
  const font = await get('/fonts/LiberationSans-Regular.ttf');
  expect(font).toMatchObject({ status: 200, headers: { 'content-type': 'font/ttf' } });
  expect((await get('/fonts/LiberationSans-Regular.ttf', { host: 'evil.example' })).status).toBe(403);
  expect((await get('/', {}, 'POST')).status).toBe(405);
  for (const path of [
    '/../package.json',
    '/%2e%2e/cli.js',
    '/fonts/../cli.js',
    '/fonts/..%2fcli.js',
    '/%00.js',
    '/%',
    '/nothing.js',
  ]) {
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  }
});

it('forbids everything foreign to the page', async () => {
  const { headers } = await get('/fonts/LiberationSans-Regular.ttf');
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
  expect(headers['content-security-policy']).toContain(`connect-src ${origin.replace('http', 'ws')};`);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['cross-origin-resource-policy']).toBe('same-origin');
});

it('listens on this machine only', () => {
  expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const port = Number(origin.split(':')[2]);
  return new Promise<void>((resolve, reject) => {
    const socket = connect({ port, host: '::1' });
    socket
      .once('error', () => resolve())
      .once('connect', () => reject(new Error('it listens elsewhere, too')));
  });
});
