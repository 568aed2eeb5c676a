// Whether the objects of a heap still have the ids of the last snapshot: V8 forgets them silently when any client, DevTools for
// example, disconnects. An object that we hold in the target tells.
import type { Channel } from './inspector-client.ts';

export class IdSentinel {
  #object: string | null = null;
  #id: string | null = null;

  constructor(private readonly channel: Channel) {}

  /** Null before the first snapshot. */
  async areKept(): Promise<boolean | null> {
    return this.#id === null ? null : (await this.#idNow()) === this.#id;
  }

  /** Takes a snapshot, which gives ids to all that is there: the sentinel too. @returns whether they are the former ones */
  async during(snapshot: () => Promise<void>): Promise<boolean | null> {
    const areKept = await this.areKept();
    this.#object ??= await this.#plant();
    await snapshot();
    this.#id = await this.#idNow();
    return areKept;
  }

  async #plant(): Promise<string> {
    const { result } = await this.channel.post('Runtime.evaluate', {
      expression: '({})',
      objectGroup: 'objgraph sentinel',
    });
    return (result as { objectId: string }).objectId;
  }

  async #idNow(): Promise<string> {
    const answer = await this.channel.post('HeapProfiler.getHeapObjectId', { objectId: this.#object });
    return answer.heapSnapshotObjectId as string;
  }
}
