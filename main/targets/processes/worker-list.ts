// The worker threads behind a Node inspector. To ask, one must connect, at which Node says "Debugger attached." and after which
// V8 numbers its objects anew: so it is asked once, and again only when the process has another number of threads.
import { InspectorClient } from '../inspector-client.ts';
import { detachFromWorkers, listWorkers, type WorkerThread } from '../worker-thread.ts';

const known = new Map<string, { threads: number; workers: WorkerThread[] }>();

/** @param isInUse a client is there already, whose ids must stay: the list that was known is returned */
export async function workersBehind(
  url: string,
  { threads, isInUse }: { threads: number; isInUse: boolean },
  signal: AbortSignal,
): Promise<WorkerThread[]> {
  const before = known.get(url);
  if (isInUse || before?.threads === threads) return before?.workers ?? [];
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(2000)]);
  let workers: WorkerThread[] = [];
  try {
    const client = await InspectorClient.connect(url, url, inTime);
    try {
      workers = await listWorkers(client);
      await detachFromWorkers(client);
    } finally {
      await client.close();
    }
  } catch {
    // It is busy, or has ended: it has no workers that one could attach to now.
    signal.throwIfAborted();
  }
  known.set(url, { threads, workers });
  return workers;
}
