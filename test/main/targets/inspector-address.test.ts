// Inspectors by their addresses: Node's, and whatever else listens there.
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { findTarget } from '../../../main/targets/kinds.ts';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { countNamed, endPrograms, leaking, oldestAndNewest, read, start } from './programs.ts';

afterEach(endPrograms);

it.each(oldestAndNewest)('any form of address is read: $name', async ({ path }) => {
  const program = await start(leaking, { flags: ['--inspect=0'], node: path });
  const [{ port }] = await listeningPorts(program.pid);
  const url = /ws:\/\/\S+/.exec(program.stderr)![0];
  for (const address of [url, `127.0.0.1:${port}`, `localhost:${port}`, `http://127.0.0.1:${port}/`])
    expect(countNamed(await read(address), 'Leaked')).toBe(25);
});

it.each([
  ['1234', 'process 1234'],
  ['1234#2', 'process 1234'],
  ['-', 'standard input'],
  ['localhost:9229', 'localhost:9229'],
  ['[::1]:9229', '[::1]:9229'],
  ['ws://h/x', 'ws://h/x'],
  ['./1234', './1234'],
  ['C:\\heaps\\a.heapsnapshot', 'C:\\heaps\\a.heapsnapshot'],
])('%s is %s', (text, name) => {
  expect(findTarget(text).name).toBe(name);
});

describe('an address', () => {
  const serve = async (answer: string) => {
    const server = createServer((_request, response) => response.end(answer)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, place: `127.0.0.1:${(server.address() as AddressInfo).port}` };
  };

  it('where nothing listens', async () => {
    const { server, place } = await serve('');
    server.close();
    await expect(read(place)).rejects.toThrow(
      `nothing listens at ${place}: start the program with --inspect, or name its process id`,
    );
    await expect(read('no.such.host.invalid:9229')).rejects.toThrow(
      'there is no host for no.such.host.invalid:9229',
    );
    await expect(read('ws://127.0.0.1:1/x')).rejects.toThrow(
      'ws://127.0.0.1:1/x does not let us in: connect ECONNREFUSED',
    );
  });

  it.each([
    ['something else', 'hello', 'is no inspector: it does not answer /json/list as one does'],
    ['other JSON', '{"a": 1}', 'is no inspector: it does not answer /json/list as one does'],
    ['nothing to inspect', '[]', 'there is nothing to inspect at'],
    [
      'several pages',
      JSON.stringify(
        [1, 2].map((i) => ({ type: 'page', title: `Page ${i}`, webSocketDebuggerUrl: `ws://x/${i}` })),
      ),
      // Whatever host it names: we go nowhere else.
      'there is more than one target: name one of ws://PLACE/1 (Page 1), ws://PLACE/2 (Page 2)',
    ],
  ])('of %s', async (_what, answer, sentence) => {
    const { server, place } = await serve(answer);
    await expect(read(place)).rejects.toThrow(sentence.replaceAll('PLACE', place));
    server.close();
  });
});
