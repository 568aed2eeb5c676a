// A Node process by its id; `1234#2` is its worker thread 2. The process is left as it was: an inspector that was opened
// for us is closed again.
import { randomUUID } from 'node:crypto';
import { Connection, LiveTarget } from './connection.ts';
import { splitThread } from './inspected-heap.ts';
import { BrokenError } from './inspector-client.ts';
import { openInspector } from './open-inspector.ts';
import { processState } from './process-state.ts';
import { TargetError, type Progress, type TargetKind } from './target.ts';

export const nodeProcesses: TargetKind = {
  recognise: (text) => /^\d+(#\d+)?$/.test(text),
  open: (text) => {
    const { place, thread } = splitThread(text);
    return new NodeProcess(Number(place), thread);
  },
};

/** An inspector that closes as we come closes for somebody who leaves: seldom twice in a row. */
const mostAttempts = 3;

class NodeProcess extends LiveTarget {
  readonly name: string;

  constructor(
    private readonly pid: number,
    private readonly thread: number,
  ) {
    super();
    this.name = `process ${pid}`;
  }

  override async check(): Promise<void> {
    await processState(this.pid);
  }

  async connect(signal: AbortSignal, progress: Progress): Promise<Connection> {
    const { name, thread } = this;
    if (this.pid === process.pid) throw new TargetError('this process cannot be asked about itself');
    progress(`asking ${name} for its inspector`, 0, null);
    const watchId = randomUUID();
    for (let attempt = 1; ; attempt++) {
      const { client, url, openedByUs, seesUs } = await openInspector(this.pid, signal);
      const ourPid = seesUs ? process.pid : null;
      try {
        return await Connection.over(client, { name, url, thread, openedByUs, ourPid, watchId });
      } catch (error) {
        if (!(error instanceof BrokenError) || attempt === mostAttempts || !(await this.#isThere()))
          throw error;
      }
    }
  }

  async #isThere(): Promise<boolean> {
    return this.check().then(
      () => true,
      () => false,
    );
  }
}
