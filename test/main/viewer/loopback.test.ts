// The loopback server against those who are not our page: other users, other web pages, other addresses.
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { LoopbackServer, type Page } from '../../../main/viewer/loopback.ts';
import { isForeignIn } from '../../../main/viewer/peer-user.ts';
import { ProtocolError } from '../../../main/viewer/protocol-error.ts';
import { canBeOthers, OtherUser } from '../other-user.ts';

let server: LoopbackServer;
let page: Page;
let origin: string;
let ticket: string;
const receive = vi.fn<(message: unknown) => Promise<void>>();
const closed = vi.fn();

beforeEach(async () => {
  server = await LoopbackServer.start();
  receive.mockReset().mockResolvedValue();
  closed.mockReset();
  page = server.expect({ receive, closed });
  [origin, ticket] = page.url.split('/#');
});
afterEach(() => server.close());

/** What a page shows that was let in before. */
let reload: Attempt;

interface Attempt {
  protocols?: string[];
  path?: string;
  headers?: Record<string, string>;
}

/** Connects; gives the socket once it has its pass, or the status of the refusal. */
function open({ protocols = ['objgraph', ticket], path = '/protocol', headers = {} }: Attempt = {}) {
  const socket = new WebSocket(origin.replace('http', 'ws') + path, protocols, {
    headers: { origin, ...headers },
  });
  return new Promise<WebSocket | number>((resolve) => {
    socket.once('message', (pass) => {
      reload = { protocols: ['objgraph', String(pass)] };
      resolve(socket);
    });
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

it('ends with its port', async () => {
  const socket = (await open()) as WebSocket;
  const gone = new Promise((resolve) => socket.once('close', resolve));
  server.close();
  expect(await gone).toBe(1000);
  await expect(get('/')).rejects.toThrow('ECONNREFUSED');
});

it('lets our page in, both ways', async () => {
  const socket = (await open()) as WebSocket;
  socket.send('{"id":1,"method":"document.get","params":null}');
  await vi.waitFor(
    () => expect(receive).toHaveBeenCalledWith({ id: 1, method: 'document.get', params: null }),
    20_000,
  );
  const heard = new Promise((resolve) => socket.once('message', (data) => resolve(String(data))));
  page.send({ id: 1, ok: true, result: null });
  expect(await heard).toBe('{"id":1,"ok":true,"result":null}');
});

it.each<[string, Attempt, number]>([
  ['a wrong ticket', { protocols: ['objgraph', 'wrong'] }, 401],
  ['no ticket', { protocols: ['objgraph'] }, 401],
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

it('refuses a second client while the first is there, whatever it knows', async () => {
  await open();
  expect(await open(reload)).toBe(409);
  expect(await open()).toBe(401);
});

it('takes the ticket of the address once', async () => {
  ((await open()) as WebSocket).close();
  await vi.waitFor(async () => expect(await open(reload)).toBeInstanceOf(WebSocket), 60_000);
  expect(await open()).toBe(401);
  expect(page.url).not.toContain(reload.protocols![1]);
});

it('lets a reloaded page in again, and no page after its window has closed', async () => {
  ((await open()) as WebSocket).close();
  await vi.waitFor(async () => expect(await open(reload)).toBeInstanceOf(WebSocket), 60_000);
  expect(closed).not.toHaveBeenCalled();
  page.close();
  expect(closed).toHaveBeenCalledExactlyOnceWith('closed');
  expect(await open(reload)).toBe(401);
});

it('lets a page in that is back before its former connection has ended', async () => {
  const before = (await open()) as WebSocket;
  const back = open(reload);
  // It is refused at once, or not at all.
  await Promise.race([back, sleep(200)]);
  before.terminate();
  expect(await back).toBeInstanceOf(WebSocket);
  expect(closed).not.toHaveBeenCalled();
});

it.runIf(canBeOthers)('refuses another user of the machine who knows the ticket', async () => {
  // As root we can be anybody: this one has read our address in the list of processes.
  const { port } = new URL(origin);
  const asks = [
    'GET /protocol HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    `Origin: ${origin}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    `Sec-WebSocket-Protocol: objgraph, ${ticket}`,
  ];
  const request = JSON.stringify(`${asks.join('\r\n')}\r\n\r\n`);
  const other = new OtherUser();
  const firstLineFor = (address: string, as?: number) => {
    const program = `const socket = require('net').connect(${port}, '${address}', () => socket.write(${request}));
      socket.once('data', (data) => { console.log(String(data).split('\\r\\n')[0]); socket.destroy() })`;
    return other.evaluate(program, { as });
  };
  expect(await firstLineFor('127.0.0.1')).toBe('HTTP/1.1 403 Forbidden');
  expect(await firstLineFor('::ffff:127.0.0.1')).toBe('HTTP/1.1 403 Forbidden');
  expect(receive).not.toHaveBeenCalled();
  expect(await firstLineFor('127.0.0.1', 0)).toBe('HTTP/1.1 101 Switching Protocols');
  other.remove();
});

it.runIf(canBeOthers)(
  'ends the connections of another user who has many, and lets our page in meanwhile',
  async () => {
    const other = new OtherUser();
    const { port } = new URL(origin);
    // It says so when all of them have ended, and how many there were.
    const program = `let open = 0; let closed = 0;
    for (let i = 0; i < 300; i++) require('net').connect(${port}, '127.0.0.1', () => open++).on('close', () => ++closed === 300 && console.log('ended', open)).on('error', () => {}).resume();
    setTimeout(() => process.exit(), 20000).unref()`;
    // One of ours that asks for nothing, either: theirs do not end because their time is over.
    const own = connect(Number(port), '127.0.0.1');
    const ended = other.evaluate(program);
    expect(await open()).toBeInstanceOf(WebSocket);
    expect(await ended).toBe('ended 300');
    expect(own.readyState).toBe('open');
    own.destroy();
    other.remove();
  },
);

it.each([
  ['has both ends', ['n127.0.0.1:1->127.0.0.1:2', 'n127.0.0.1:2->127.0.0.1:1'], false],
  ['has ours alone', ['p7', 'f3', 'n127.0.0.1:1->127.0.0.1:2'], true],
  ['has neither', [], false],
])(
  "on macOS, where a list of the user's sockets %s, the other end is another user's: %s",
  (_what, lines, isOther) => {
    expect(isForeignIn(lines.join('\n'), { localPort: 1, remotePort: 2 })).toBe(isOther);
  },
);

it('notices that a window has closed', async () => {
  ((await open()) as WebSocket).terminate();
  await vi.waitFor(() => expect(closed).toHaveBeenCalledExactlyOnceWith('closed'), 60_000);
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

it.each([
  ['that are answered', () => Promise.resolve()],
  ['that nothing answers', () => new Promise<void>(() => {})],
])('hangs up on a flood of messages %s, and says why', async (_which, answer) => {
  receive.mockImplementation(answer);
  const socket = (await open()) as WebSocket;
  const ended = new Promise((resolve) => socket.once('close', (code, why) => resolve([code, String(why)])));
  for (let id = 0; id < 5000; id++) socket.send(`{"id":${id},"method":"document.get","params":null}`);
  expect(await ended).toEqual([
    1008,
    expect.stringMatching(/^More than (500 messages a second|1000 requests at once)$/),
  ]);
  expect(receive.mock.calls.length).toBeLessThanOrEqual(2000);
});

it('hangs up on a message that is larger than any may be', async () => {
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
