// A Node process by its id; `1234#2` is its worker thread 2. The process is left as it was: an inspector that was opened
// for us is closed again.
import { setTimeout as sleep } from 'node:timers/promises';
import { findSession } from './inspector-address.ts';
import { InspectorClient } from './inspector-client.ts';
import { readInspectedHeap, splitThread } from './inspected-heap.ts';
import { openInspector } from './open-inspector.ts';
import { TargetError, type ReadContext, type Target, type TargetKind } from './target.ts';

export const nodeProcesses: TargetKind = {
  recognise: (text) => /^\d+(#\d+)?$/.test(text),
  open: (text) => {
    const { place, thread } = splitThread(text);
    return new NodeProcess(Number(place), thread);
  },
};

class NodeProcess implements Target {
  readonly name: string;
  readonly isLive = true;

  constructor(
    private readonly pid: number,
    private readonly thread: number,
  ) {
    this.name = `process ${pid}`;
  }

  async read(take: (chunk: Uint8Array) => void, context: ReadContext): Promise<void> {
    if (this.pid === process.pid) throw new TargetError('this process cannot be asked about itself');
    context.progress(`asking ${this.name} for its inspector`, 0, null);
    const { client, url, openedByUs } = await openInspector(this.pid, context.signal);
    try {
      await readInspectedHeap(client, { name: this.name, thread: this.thread }, take, context);
    } finally {
      await client.close();
      if (openedByUs) await closeInspector(url, this.name);
    }
  }
}

const closingTime = 2000;

/** Not at once: Node 20 ends when its inspector is closed by a command that comes through it. */
const closing = 'setTimeout(() => process._debugEnd(), 50).unref(), 0';

/** On a connection of its own, because ours may have been given up in the middle of an answer. */
async function closeInspector(url: string, name: string): Promise<void> {
  try {
    const client = await InspectorClient.connect(url, name, AbortSignal.timeout(10_000));
    await client.evaluate(closing);
    await client.close();
    // Whoever comes next must find it closed, and not closing.
    const signal = AbortSignal.timeout(closingTime);
    for (;;) {
      await findSession(new URL(url).host, signal);
      await sleep(20, null, { signal });
    }
  } catch {
    // Closed; or the process has ended, or is too busy to listen: there is nothing more that we could do.
  }
}
