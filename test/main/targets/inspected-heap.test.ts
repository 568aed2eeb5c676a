// A snapshot of a program that V8 walks for longer than any other request may take. The inspector is a fake one: a real program
// needs minutes for it (TypeScript's server on Node 20).
import { expect, it } from 'vitest';
import type { Channel } from '../../../main/targets/conversation.ts';
import { readSnapshot } from '../../../main/targets/inspected-heap.ts';

it('waits for what V8 answers behind the snapshot, and does not pause the program then', async () => {
  const posted: [string, number | undefined][] = [];
  const listeners = new Map<string, (params: Record<string, unknown>) => void>();
  let finish = () => {};
  const written = new Promise<void>((resolve) => (finish = resolve));
  const channel: Channel = {
    async post(method, _params, timeout) {
      posted.push([method, timeout]);
      // V8 answers in turn: the snapshot first.
      if (method === 'Debugger.enable') setImmediate(finish);
      await written;
      if (method === 'HeapProfiler.takeHeapSnapshot')
        listeners.get('HeapProfiler.addHeapSnapshotChunk')!({ chunk: '{}' });
      return {};
    },
    on: (event, listener) => void listeners.set(event, listener),
    onEnd: () => {},
  };
  const read: string[] = [];
  const take = (chunk: Uint8Array) => void read.push(new TextDecoder().decode(chunk));
  await readSnapshot(
    channel,
    'a program',
    take,
    () => {},
    () => {},
    'takeHeapSnapshot',
  );
  expect(read).toEqual(['{}']);
  expect(posted).toEqual([
    ['HeapProfiler.takeHeapSnapshot', Infinity],
    ['Debugger.enable', Infinity],
    ['Debugger.disable', undefined],
  ]);
});
