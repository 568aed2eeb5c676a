// The snapshot of a thread behind an inspector, chunk by chunk as V8 writes it.
import { InspectorClient, type Channel } from './inspector-client.ts';
import type { ReadContext } from './target.ts';
import { attachToWorker, detachFromWorkers } from './worker-thread.ts';

/** A thread to ask: 0 is the main one. In texts it stands behind a #: `1234#2`. */
export function splitThread(text: string): { place: string; thread: number } {
  const [, place, thread] = /^(.*?)(?:#(\d+))?$/s.exec(text)!;
  return { place, thread: Number(thread ?? 0) };
}

/** @throws TargetError; the signal's reason; what `take` throws */
export async function readInspectedHeap(
  client: InspectorClient,
  { name, thread }: { name: string; thread: number },
  take: (chunk: Uint8Array) => void,
  { progress, again }: ReadContext,
): Promise<void> {
  const channel: Channel = thread === 0 ? client : await attachToWorker(client, thread, name);
  let bytes = 0;
  channel.on('HeapProfiler.reportHeapSnapshotProgress', ({ done, total }: { done: number; total: number }) =>
    progress(`${name} is walking its heap`, done, total),
  );
  channel.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }: { chunk: string }) => {
    const data = Buffer.from(chunk);
    take(data);
    progress(`reading ${name}`, (bytes += data.length), null);
  });
  try {
    do {
      bytes = 0;
      progress(`${name} is walking its heap`, 0, null);
      await channel.post('HeapProfiler.takeHeapSnapshot', { reportProgress: true });
    } while (await again?.());
  } finally {
    if (thread !== 0) await detachFromWorkers(client);
  }
}
