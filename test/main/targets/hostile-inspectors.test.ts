// Inspectors of strangers: each ends in one sentence of ours, within the deadline, and takes no memory.
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { attach } from '../../../main/targets/attached-target.ts';
import { listSessions } from '../../../main/targets/inspector-sessions.ts';
import { versionBehind } from '../../../main/targets/processes/runtime-version.ts';
import { endEvil, polite, pour, startEvil, type Evil } from './evil-inspector.ts';
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

  it('is given up when nobody wants it any more', async () => {
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

  it('that writes a snapshot without end is left when nobody wants it any more', async () => {
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
