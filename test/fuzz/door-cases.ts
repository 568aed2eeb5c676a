// Strangers at the doors of a running viewer: at the socket of its commands, at its HTTP server, and as a page. The viewer is the
// real one; its browser is a program that notes the addresses which it is to show. Whatever comes, the viewer goes on, nothing in
// it fails without being handled, its first window answers, and the next command is served.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { distFolder } from '../../main/package.ts';
import { emptyWindow } from '../../main/viewer/view-request.ts';
import { rendezvousOf } from '../../main/viewer/rendezvous.ts';
import { files, runCases } from './cases.ts';
import { mutate, spoil, type Random } from './mutations.ts';

/** Milliseconds without an answer. */
const longestWait = 10_000;
const [graph] = files;
// The path of a socket has a hundred characters at most.
const folder = mkdtempSync(join(existsSync('/tmp') ? '/tmp' : tmpdir(), 'door-'));
const env = { ...process.env, XDG_RUNTIME_DIR: folder, XDG_STATE_HOME: folder, TMPDIR: folder, CI: '' };
const addresses = join(folder, 'addresses');
const browser = join(folder, 'browser');
writeFileSync(addresses, '');
writeFileSync(browser, `#!/bin/sh\necho "$1" >> ${addresses}\n`, { mode: 0o755 });

const host = JSON.stringify({ kind: 'browser', name: 'a browser', command: browser });
const viewer = spawn(process.execPath, [join(distFolder, 'viewer.js'), host], {
  env,
  stdio: ['ignore', 'ignore', 'inherit'],
});
process.on('exit', () => viewer.kill('SIGKILL'));

async function until<T>(what: string, look: () => T | null | Promise<T | null>): Promise<T> {
  const deadline = performance.now() + longestWait;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (viewer.exitCode !== null || viewer.signalCode !== null) throw new Error('The viewer has ended');
    if (performance.now() > deadline) throw new Error(`There was no ${what}`);
    await sleep(5);
  }
}

const { address } = rendezvousOf('browser', env);

/** Someone at the socket of the commands. */
const enter = () =>
  until(
    'door',
    () =>
      new Promise<Socket | null>((enter) => {
        const socket = connect(address, () => enter(socket));
        socket.on('error', () => enter(null));
      }),
  );

/** What the viewer answers to one line; null when it hangs up. */
async function ask(line: string): Promise<unknown> {
  const socket = await enter();
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.write(`${line}\n`);
  try {
    const reply = await until('reply', () => (socket.closed ? '' : (heard.split('\n')[1] ?? null) || null));
    return reply === '' ? null : JSON.parse(reply);
  } finally {
    socket.destroy();
  }
}

const request = (title: string) => ({ ...emptyWindow, path: graph, title, attended: true });

const tried = new Set<string>();

/** The page of a window that was asked for. Others of windows that have closed again are refused. */
const newPage = () =>
  until('window', async () => {
    const all = readFileSync(addresses, 'utf8').split('\n').slice(0, -1);
    for (const url of all.filter((each) => !tried.has(each))) {
      tried.add(url);
      const page = await openPage(url);
      if (page) return page;
    }
    return null;
  });

function openPage(url: string): Promise<WebSocket | null> {
  const [origin, ticket] = url.replace(/\?[^#]*/, '').split('/#');
  const page = new WebSocket(`${origin.replace('http', 'ws')}/protocol`, ['objgraph', ticket], {
    headers: { origin },
  });
  return new Promise((connected) => {
    page.once('open', () => connected(page)).on('error', () => connected(null));
  });
}

const first = await enter();
first.write(`${JSON.stringify(request('first'))}\n`);
const firstPage = await newPage();
const { port } = new URL(firstPage.url);
let answered = 0;
firstPage.on('message', (data: Buffer) => {
  const { id } = JSON.parse(data.toString().startsWith('{') ? data.toString() : '{}') as { id?: number };
  answered = id ?? answered;
});

const pieces = [
  '{',
  '}',
  '\n',
  '\r\n',
  '[]',
  'null',
  '\0',
  '"',
  '\\',
  '{"ask":"status"}\n',
  '\u2028',
  '😀',
  '{"ask":',
];

function leave(socket: Socket, random: Random): void {
  const ways = [() => socket.end(), () => socket.destroy(), () => setTimeout(() => socket.destroy(), 50)];
  ways[random(ways.length)]();
}

/** Requests for windows that lack something, say something else, or are no requests; replies that are not read. */
async function atDoor(random: Random): Promise<boolean> {
  const socket = await enter();
  if (random(2) === 0) socket.resume();
  for (let part = 1 + random(8); part > 0; part--) {
    const wish = spoil(request(`window ${random(1000)}`), random);
    // It would end the viewer, as it should.
    const text = `${JSON.stringify(wish) ?? ''}\n`.replaceAll('quit', 'quiet');
    const way = random(4);
    if (way === 0) socket.write(Buffer.from(Array.from({ length: random(64) }, () => random(256))));
    else if (way === 1) socket.write(pieces[random(pieces.length)]);
    else if (way === 2) socket.write(mutate(Buffer.from(text), random));
    else socket.write(text);
  }
  leave(socket, random);
  return true;
}

const heads = (path: string) => [
  `GET ${path} HTTP/1.1`,
  `Host: 127.0.0.1:${port}`,
  `Origin: http://127.0.0.1:${port}`,
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  'Sec-WebSocket-Protocol: objgraph, x',
  `X: ${'y'.repeat(200)}`,
];
const paths = [
  '/',
  '/protocol',
  '/fonts/LiberationSans-Regular.ttf',
  '/%',
  '/../package.json',
  '//',
  '*',
  '/assets/',
  '/\\..\\..',
];

/** Requests to the HTTP server that are cut, spoiled, piled up, or lack a line. */
async function atServer(random: Random): Promise<boolean> {
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => {});
  if (random(2) === 0) socket.resume();
  for (let part = 1 + random(4); part > 0; part--) {
    const lines = heads(paths[random(paths.length)]).filter(() => random(6) !== 0);
    const text = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
    socket.write(random(2) === 0 ? text : mutate(text, random));
  }
  await sleep(random(20));
  leave(socket, random);
  return true;
}

const methods = [
  'document.get',
  'document.open',
  'document.export',
  'heap.get',
  'target.get',
  'link.open',
  'window.open',
  '__proto__',
];

/** A page of ours that has gone wild: it has its ticket, and sends what it likes. */
async function asPage(random: Random): Promise<boolean> {
  const socket = await enter();
  socket.write(`${JSON.stringify(request('wild'))}\n`);
  const page = await newPage();
  for (let part = 1 + random(20); part > 0; part--) {
    const message = spoil(
      { id: random(100), method: methods[random(methods.length)], params: { path: graph } },
      random,
    );
    const text = Buffer.from(JSON.stringify(message) ?? '');
    if (page.readyState !== WebSocket.OPEN) break;
    page.send(random(3) === 0 ? mutate(text, random) : text.toString(), { binary: random(8) === 0 });
  }
  if (random(2) === 0) page.terminate();
  else page.close();
  leave(socket, random);
  return true;
}

let asked = 1_000_000;

/** The first window answers, the next command is served, and nothing failed unhandled. */
async function goesOn(): Promise<void> {
  const id = ++asked;
  firstPage.send(JSON.stringify({ id, method: 'settings.get', params: null }));
  await until('answer to the first window', () => (answered === id ? true : null));
  const reply = (await ask('{"ask":"status"}')) as { status?: { pid: number } } | null;
  if (reply?.status?.pid !== viewer.pid) throw new Error(`The next command got ${JSON.stringify(reply)}`);
  const log = join(folder, 'objgraph/viewer.log');
  if (existsSync(log))
    throw new Error(`Something failed unhandled:\n${readFileSync(log, 'utf8').slice(0, 3000)}`);
}

const kinds = [atDoor, atDoor, atServer, atServer, asPage];
await runCases(async (random) => {
  const accepted = await kinds[random(kinds.length)](random);
  await goesOn();
  return accepted;
});
