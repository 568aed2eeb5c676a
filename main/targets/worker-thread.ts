// A worker thread of a Node process, spoken to through its main thread. Protocol: NodeWorker, in Node's
// src/inspector/node_protocol.pdl.
import { Conversation, type Channel } from './conversation.ts';
import type { InspectorClient } from './inspector-client.ts';
import { asFields, asText, shortened } from './reply.ts';
import { TargetError } from './target.ts';

export interface WorkerThread {
  /** Node's `threadId`. */
  id: number;
  title: string;
  sessionId: string;
}

const maxWorkers = 1000;

/** The workers that run now, until `detachFromWorkers`. @throws TargetError */
export async function listWorkers(client: InspectorClient): Promise<WorkerThread[]> {
  const workers: WorkerThread[] = [];
  client.on('NodeWorker.attachedToWorker', ({ sessionId, workerInfo }) => {
    const { workerId, title } = asFields(workerInfo);
    if (workers.length >= maxWorkers) return;
    workers.push({
      id: Number(asText(workerId)),
      title: shortened(asText(title)),
      sessionId: asText(sessionId),
    });
  });
  await client.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return workers;
}

/**
 * The channel of the worker with this `threadId`.
 * @throws TargetError that lists the workers that there are
 */
export async function attachToWorker(
  client: InspectorClient,
  threadId: number,
  name: string,
): Promise<Channel> {
  const workers = await listWorkers(client);
  const sessionId = workers.find(({ id }) => id === threadId)?.sessionId;
  if (sessionId === undefined) {
    const others = workers.map(({ id }) => `#${id}`).join(', ');
    throw new TargetError(`${name} has no worker thread #${threadId}; it has ${others || 'none'}`);
  }
  const worker = new Conversation(
    `worker thread #${threadId} of ${name}`,
    (message) =>
      void client
        .post('NodeWorker.sendMessageToWorker', { sessionId, message })
        .catch((error: unknown) => worker.fail(error as Error)),
  );
  client.on('NodeWorker.receivedMessageFromWorker', (event) => {
    if (event.sessionId === sessionId) worker.receive(asText(event.message));
  });
  client.on('NodeWorker.detachedFromWorker', (event) => {
    if (event.sessionId === sessionId)
      worker.fail(new TargetError(`worker thread #${threadId} of ${name} ended`));
  });
  return worker;
}

/** Ends what these began; a connection that has gone needs no end. */
export async function detachFromWorkers(client: InspectorClient): Promise<void> {
  await client.post('NodeWorker.disable').catch(() => {});
}
