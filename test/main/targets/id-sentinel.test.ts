// Whether V8 still calls the objects of a process by the ids of the last snapshot.
import { afterEach, expect, it } from 'vitest';
import { IdSentinel } from '../../../main/targets/id-sentinel.ts';
import { evaluateValue, type Channel } from '../../../main/targets/conversation.ts';
import { InspectorClient } from '../../../main/targets/inspector-client.ts';
import { findSession } from '../../../main/targets/inspector-sessions.ts';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { endPrograms, nodes, start } from './programs.ts';

const clients: InspectorClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  endPrograms();
});

async function connect(url: string): Promise<InspectorClient> {
  const client = await InspectorClient.connect(url, 'the program', new AbortController().signal);
  clients.push(client);
  return client;
}

async function idOf(channel: Channel, expression: string): Promise<number> {
  const { result } = await channel.post('Runtime.evaluate', { expression });
  const { objectId } = result as { objectId: string };
  const answer = await channel.post('HeapProfiler.getHeapObjectId', { objectId });
  return Number(answer.heapSnapshotObjectId);
}

it.each(nodes.slice(0, 1))(
  'ids that another client resets during a snapshot are not kept: $name',
  async ({ path }) => {
    const { pid } = await start('globalThis.known = {}; setInterval(() => {}, 1000)', {
      flags: ['--inspect=127.0.0.1:0'],
      node: path,
    });
    const [{ host, port }] = await listeningPorts(pid);
    const url = await findSession(`${host}:${port}`, new AbortController().signal);
    const [ours, other] = [await connect(url), await connect(url)];
    const take = async () => void (await ours.post('HeapProfiler.takeHeapSnapshot'));
    const ids = new IdSentinel(ours);
    expect(await ids.during(take)).toBeNull();
    expect(await ids.during(take)).toBe(true);
    const goesMeanwhile = ids.during(async () => {
      await evaluateValue(ours, 'globalThis.more = Array.from({ length: 1000 }, () => ({})), 0');
      await other.close();
      await expect.poll(() => idOf(ours, 'known')).toBe(0);
      await take();
    });
    expect(await goesMeanwhile).toBe(false);
    expect(await ids.during(take)).toBe(true);
  },
);
