import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { version } from '../../../main/package.ts';
import { Door, type Visitor } from '../../../main/viewer/door.ts';
import { rendezvousOf } from '../../../main/viewer/rendezvous.ts';
import { emptyWindow, type ViewRequest } from '../../../main/viewer/view-request.ts';
import { viewerProtocol } from '../../../shared/viewer-host/protocol.ts';

let folder: string;
let door: Door;
const opened: ViewRequest[] = [];
const left = vi.fn();
const quit = vi.fn();
const unhandled: unknown[] = [];
const note = (error: unknown) => void unhandled.push(error);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-door-'));
  vi.stubEnv('XDG_RUNTIME_DIR', folder);
  opened.length = 0;
  left.mockReset();
  quit.mockReset();
  unhandled.length = 0;
  process.on('unhandledRejection', note).on('uncaughtException', note);
  door = (await Door.of('chromium', {
    open,
    status: () => ({ windows: opened.length, secondsLeft: null }),
    quit,
  }))!;
});
afterEach(() => {
  door.close();
  process.off('unhandledRejection', note).off('uncaughtException', note);
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
  expect(unhandled).toEqual([]);
});

function open(request: ViewRequest, visitor: Visitor): void {
  if (request.title === 'fails') throw new Error('planted');
  opened.push(request);
  visitor.onLeave(left);
  visitor.reply({ opened: true });
}

const enter = () =>
  new Promise<Socket>((resolve) => {
    const socket = connect(rendezvousOf('chromium').address, () => resolve(socket));
    socket.on('error', () => {});
  });

/** What a client receives first. */
const greeting = (socket: Socket) =>
  new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));

/** What a client receives when it asks for a window. */
async function ask(line: string): Promise<unknown> {
  const socket = await enter();
  await greeting(socket);
  const answer = new Promise((resolve) => socket.once('data', (data) => resolve(JSON.parse(String(data)))));
  socket.write(line);
  const reply = await answer;
  socket.destroy();
  return reply;
}

const good = `${JSON.stringify({ ...emptyWindow, title: 'good' })}\n`;

it('says first which protocol it has, and of which version it is', async () => {
  const socket = await enter();
  expect(await greeting(socket)).toBe(`${JSON.stringify({ protocol: viewerProtocol, version })}\n`);
  socket.destroy();
});

it('opens the window that is wanted, also when the request comes in pieces', async () => {
  const socket = await enter();
  for (const character of good) socket.write(character);
  await vi.waitFor(() => expect(opened).toHaveLength(1));
  socket.destroy();
  await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
});

it.each([
  ['{', 'JSON'],
  ['null', 'Not a view request'],
  ['{}', 'The request needs path, a text'],
  [JSON.stringify({ ...emptyWindow, snapshots: [1] }), 'The request needs snapshots, a text'],
  [JSON.stringify({ ...emptyWindow, engine: 'rot' }), 'engine is one of dot, neato'],
  [JSON.stringify({ ...emptyWindow, size: { width: 0, height: 9 } }), 'width is a whole number from 1'],
  [JSON.stringify({ ...emptyWindow, title: 'fails' }), 'planted'],
])('answers %s with what is wrong with it', async (line, message) => {
  expect(await ask(`${line}\n`)).toEqual({ error: expect.stringContaining(message) as string });
  expect(await ask(good)).toEqual({ opened: true });
});

it('says how many windows there are, and quits, when it is asked', async () => {
  expect(await ask('{"ask":"status"}\n')).toEqual({
    status: { pid: process.pid, windows: 0, secondsLeft: null },
  });
  expect(quit).not.toHaveBeenCalled();
  expect(await ask('{"ask":"quit"}\n')).toEqual({ quitting: true });
  expect(quit).toHaveBeenCalledOnce();
});

it('survives a visitor who breaks off in the middle of a line', async () => {
  const socket = await enter();
  socket.write('{\n{"path":');
  socket.destroy();
  expect(await ask(good)).toEqual({ opened: true });
});

it('survives visitors who never read their replies and are killed', async () => {
  for (let i = 0; i < 20; i++) {
    const socket = await enter();
    socket.pause().write(good.repeat(50));
    await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
  }
  expect(await ask(good)).toEqual({ opened: true });
});

it('cuts off a line without end', async () => {
  const socket = await enter();
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write('x'.repeat(3 * 2 ** 20));
  await closed;
  expect(await ask(good)).toEqual({ opened: true });
});

it('survives any bytes (300 random visitors)', async () => {
  // A small generator with a seed, so that a failure comes again: mulberry32.
  let state = 20261127;
  const random = (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
  const pieces = [
    good,
    '{',
    '}',
    '\n',
    '\r\n',
    '[]',
    'null',
    '\0',
    '"',
    '\\',
    '{"path":1}\n',
    '\u2028',
    '😀',
  ];
  for (let i = 0; i < 300; i++) {
    const socket = await enter();
    for (let part = random(12); part > 0; part--) {
      if (random(3) === 0) socket.write(Buffer.from(Array.from({ length: random(64) }, () => random(256))));
      else {
        const piece = pieces[random(pieces.length)];
        socket.write(random(2) === 0 ? piece : piece.slice(0, random(piece.length + 1)));
      }
    }
    if (random(3) === 0) socket.end();
    else socket.destroy();
  }
  expect(await ask(good)).toEqual({ opened: true });
});
