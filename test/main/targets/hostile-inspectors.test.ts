// Inspectors of strangers: each ends in one sentence of ours, within the deadline, and takes no memory.
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { attach } from '../../../main/targets/attached-target.ts';
import { listSessions } from '../../../main/targets/inspector-sessions.ts';
import { versionBehind } from '../../../main/targets/processes/runtime-version.ts';
import { endEvil, frame, polite, pour, startEvil, startRaw, type Evil } from './evil-inspector.ts';
import { read } from './programs.ts';

afterAll(endEvil);
const never = new AbortController().signal;
const malformed = 'the inspector sent an answer that its protocol does not allow: is it an inspector of V8?';

// Most of their time is waiting.
describe.concurrent('/json/list', () => {
  const noInspector = 'is no inspector: it does not answer /json/list as one does';

  it.each<[string, Evil['list'], string]>([
    ['of nothing but null', (response) => response.end('[null]'), 'there is nothing to inspect at'],
    [
      'of other things',
      (response) => response.end('[1, "x", [], {"type": 1}, {"type": "node", "webSocketDebuggerUrl": {}}]'),
      'there is nothing to inspect at',
    ],
    ['without end', (response) => pour(response, '[' + ' '.repeat(2 ** 16)), noInspector],
    ['that never comes', () => {}, noInspector],
    [
      'that comes byte by byte',
      (response) => void setInterval(() => response.write(' '), 100).unref(),
      noInspector,
    ],
    ['of more than 1 MB', (response) => response.end(`[${' '.repeat(2 ** 20)}]`), noInspector],
    ['that leads elsewhere', (response) => response.writeHead(302, { location: '/' }).end(), noInspector],
  ])('%s', async (_what, list, sentence) => {
    const place = await startEvil({ list });
    await expect(read(place)).rejects.toThrow(sentence);
  });

  it('without end takes no memory', async () => {
    const place = await startEvil({ list: (response) => pour(response, ' '.repeat(2 ** 20)) });
    const before = process.memoryUsage.rss();
    await expect(read(place)).rejects.toThrow(noInspector);
    expect(process.memoryUsage.rss() - before).toBeLessThan(300e6);
  });

  it('leads to no other host', async () => {
    const place = await startEvil({});
    expect(await listSessions(place, never)).toMatchObject([{ webSocketDebuggerUrl: `ws://${place}/x` }]);
  });

  it('is given up when it is cancelled', async () => {
    // Slower than what is refused for its length.
    const list = (response: ServerResponse) => void setInterval(() => response.write(' '), 20).unref();
    const place = await startEvil({ list });
    await expect(read(place, AbortSignal.timeout(200))).rejects.toThrow('aborted due to timeout');
  });
});

describe.concurrent('/json/version', () => {
  it.each<[string, string, string | null]>([
    ['Node', 'node.js/v24.1.0', '24.1.0'],
    ['a nightly', 'node.js/v27.0.0-nightly20260101abc', '27.0.0-nightly20260101abc'],
    ['Chromium', 'Chrome/156.0.1.2', '156.0.1.2'],
    ['escape codes', 'node.js/v20.1.1\u001b]0;owned\u0007', '20.1.1'],
    ['nothing', 'me', null],
  ])('of %s', async (_what, Browser, version) => {
    const place = await startEvil({ version: (response) => response.end(JSON.stringify({ Browser })) });
    expect(await versionBehind(place, never)).toBe(version);
  });

  it('without end', async () => {
    const place = await startEvil({ version: (response) => pour(response, ' '.repeat(2 ** 16)) });
    expect(await versionBehind(place, never)).toBeNull();
  });
});

describe.concurrent('an inspector', () => {
  it.each<[string, Evil['message'], string]>([
    ['sends no JSON', (socket) => socket.send('hello'), malformed],
    ['sends null', (socket) => socket.send('null'), malformed],
    ['sends a number', (socket) => socket.send('[1]'), malformed],
    ['answers with a text', (socket, { id }) => socket.send(`{"id":${id},"result":"x"}`), malformed],
    ['answers with nothing', (socket, request) => polite(socket, request), 'this is no heap snapshot'],
    [
      'sends a message of 100 MB',
      (socket) => socket.send(Buffer.alloc(100e6, 32)),
      'sent a message of more than 64 MB: the connection was ended',
    ],
    [
      'refuses in a long text',
      (socket, { id }) => socket.send(JSON.stringify({ id, error: { message: 'x'.repeat(1e6) } })),
      `the inspector refused: ${'x'.repeat(200)}…`,
    ],
    ['answers nothing', () => {}, 'does not answer'],
    ['answers once', (socket, request) => request.id === 1 && polite(socket, request), 'does not answer'],
    [
      'answers another question',
      (socket, request) => polite(socket, { ...request, id: request.id + 1000 }),
      'does not answer',
    ],
    [
      'sends a piece of a snapshot that is none',
      (socket, request) => {
        if (request.method === 'HeapProfiler.takeHeapSnapshot')
          socket.send('{"method":"HeapProfiler.addHeapSnapshotChunk","params":{"chunk":7}}');
        else polite(socket, request, { result: {} });
      },
      malformed,
    ],
  ])('that %s', async (_what, message, sentence) => {
    const place = await startEvil({ message });
    await expect(read(place)).rejects.toThrow(sentence);
  });

  it.each<[string, object, string]>([
    ['nothing', {}, malformed],
    ['a number', { result: { value: 7 } }, malformed],
    ['a script that is a number', { result: { value: { script: 7 } } }, malformed],
  ])('that says %s of itself', async (_what, result, sentence) => {
    const place = await startEvil({ message: (socket, request) => polite(socket, request, result) });
    await expect(attach(place, never)).rejects.toThrow(sentence);
  });

  it('that writes a snapshot without end is left when it is cancelled', async () => {
    const place = await startEvil({
      message: (socket, request) => {
        if (request.method !== 'HeapProfiler.takeHeapSnapshot')
          return polite(socket, request, { result: {} });
        const chunk = JSON.stringify({
          method: 'HeapProfiler.addHeapSnapshotChunk',
          params: { chunk: ' '.repeat(1000) },
        });
        const more = () => socket.readyState === 1 && socket.send(chunk, () => setImmediate(more));
        more();
      },
    });
    const stop = new AbortController();
    const reading = read(place, stop.signal);
    await sleep(300);
    stop.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
  });
});

describe.concurrent('a connection', () => {
  const noWebSocket = 'is no inspector: it does not speak the WebSocket protocol';
  const answer = (id: number, result: object) => frame(0x81, JSON.stringify({ id, result }));

  it.each<[string, (socket: Duplex) => void, string]>([
    ['is half closed at once', (socket) => socket.end(), 'ended, or closed its inspector'],
    [
      'is broken off within a frame',
      (socket) => socket.end(Buffer.from([0x81, 100, 123])),
      'ended, or closed its inspector',
    ],
    [
      'is said to close, and goes on',
      (socket) => void (socket.write(frame(0x88, '')), pour(socket, answer(1, {}))),
      'does not answer',
    ],
    [
      'begins with messages that answer no request',
      (socket) =>
        void (socket.write(Buffer.concat([7, 1, 1, 1].map((id) => answer(id, { value: id })))), socket.end()),
      'ended, or closed its inspector',
    ],
    [
      'has a frame of 2^62 bytes',
      (socket) => socket.write(Buffer.from([0x81, 127, 0x40, 0, 0, 0, 0, 0, 0, 0])),
      noWebSocket,
    ],
    [
      'has a frame that is masked',
      (socket) => socket.write(Buffer.from([0x81, 0x82, 1, 2, 3, 4, 5, 6])),
      noWebSocket,
    ],
    ['has a frame that says it is compressed', (socket) => socket.write(frame(0xc1, 'x')), noWebSocket],
    [
      'has a text that is no UTF-8',
      (socket) => socket.write(frame(0x81, Buffer.from([0xff, 0xfe]))),
      noWebSocket,
    ],
  ])('that %s ends in words', async (_what, talk, sentence) => {
    const place = await startRaw(talk);
    await expect(read(place)).rejects.toThrow(sentence);
  });

  it.each<[string, (socket: Duplex) => void]>([
    ['is never answered', () => {}],
    [
      'is answered by headers without end',
      (socket) => void (socket.write('HTTP/1.1 101 Switching\r\n'), pour(socket, 'x: y\r\n')),
    ],
    ['is answered by nonsense', (socket) => socket.write('hello\r\n\r\n')],
  ])('whose handshake %s ends in words', async (_what, talk) => {
    const place = await startRaw(talk, false);
    await expect(read(place)).rejects.toThrow('does not let us in');
  });
});

it.each<[string, (socket: Duplex) => void, string]>([
  [
    'has a message whose parts never end',
    (socket) => void (socket.write(frame(0x01, '{')), pour(socket, frame(0x00, ' '.repeat(2 ** 16)))),
    'sent a message of more than 64 MB',
  ],
  [
    'is full of pings, and reads no answer',
    (socket) =>
      void (socket.pause(), pour(socket, Buffer.concat(Array(1000).fill(frame(0x89, 'x'.repeat(100)))))),
    'ended, or closed its inspector',
  ],
])('a connection that %s takes no memory', async (_what, talk, sentence) => {
  const place = await startRaw(talk);
  const before = process.memoryUsage.rss();
  await expect(read(place)).rejects.toThrow(sentence);
  expect(process.memoryUsage.rss() - before).toBeLessThan(400e6);
});
