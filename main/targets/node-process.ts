// A Node process by its id; `1234#2` is its worker thread 2. The process is left as it was: an inspector that was opened
// for us is closed again.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection, LiveTarget } from './connection.ts';
import { splitThread } from './inspected-heap.ts';
import { BrokenError, BusyError } from './conversation.ts';
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

/** An inspector that closes as we connect closes for another client that leaves: seldom twice in a row. */
const maxAttempts = 3;

class NodeProcess extends LiveTarget {
  readonly name: string;
  override readonly risk: string;

  constructor(
    private readonly pid: number,
    private readonly thread: number,
  ) {
    super();
    this.name = `process ${pid}`;
    this.risk = `while objgraph is attached to process ${pid}, every user of this machine can run code in it through its inspector`;
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
      try {
        const { client, url, route, openedByUs, seesUs } = await openInspector(this.pid, signal);
        const ourPid = seesUs ? process.pid : null;
        const place = { name, url, thread, openedByUs, ourPid, watchId, pid: this.pid, route };
        return await Connection.over(client, place);
      } catch (error) {
        // One that is done lets us in, answers nothing, and waits until we have gone.
        if (error instanceof BusyError && !(await this.#staysThere())) throw new TargetError(`${name} ended`);
        if (!(error instanceof BrokenError) || attempt === maxAttempts || !(await this.#isThere()))
          throw error;
      }
    }
  }

  async #staysThere(): Promise<boolean> {
    for (let look = 0; look < 10; look++) {
      if (!(await this.#isThere())) return false;
      await sleep(50);
    }
    return true;
  }

  async #isThere(): Promise<boolean> {
    return this.check().then(
      () => true,
      () => false,
    );
  }
}
