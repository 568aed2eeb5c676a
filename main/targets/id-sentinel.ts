// Whether the objects of a heap still have the ids of the last snapshot: V8 forgets them silently when any client, DevTools for
// example, disconnects. An object that we hold in the target shows it.
import type { Channel } from './conversation.ts';
import { asFields, asText } from './reply.ts';

/**
 * V8 numbers a heap in the order of its memory: an idle one would be numbered anew as it was before. So a few
 * numbers come before the sentinel, which are gone at the next snapshot.
 */
const planted = `(() => {
  const list = [''];
  for (let i = 0; i < 50; i++) list.push(i + 0.5);
  list.push({});
  return list;
})()`;

interface Sentinel {
  object: string;
  id: string;
}

export class IdSentinel {
  #sentinel: Sentinel | null = null;

  constructor(private readonly channel: Channel) {}

  /** Null before the first snapshot. */
  async areKept(): Promise<boolean | null> {
    const { object, id } = this.#sentinel ?? {};
    return object === undefined ? null : (await this.#idOf(object)) === id;
  }

  /** Takes a snapshot, which gives ids to all that is there. @returns whether they are the former ones */
  async during(snapshot: () => Promise<void>): Promise<boolean | null> {
    let areKept = await this.areKept();
    const list = await this.#ask('Runtime.evaluate', { expression: planted });
    const object = await this.#ask('Runtime.callFunctionOn', {
      objectId: list,
      functionDeclaration: 'function () { return this[this.length - 1] }',
    });
    try {
      await snapshot();
    } finally {
      await this.#release(list);
    }
    // Another client may have gone meanwhile, before V8 numbered what is there.
    areKept &&= await this.areKept();
    if (this.#sentinel) await this.#release(this.#sentinel.object);
    this.#sentinel = { object, id: await this.#idOf(object) };
    return areKept;
  }

  async #ask(method: string, params: object): Promise<string> {
    const { result } = await this.channel.post(method, { ...params, objectGroup: 'objgraph sentinel' });
    return asText(asFields(result).objectId);
  }

  async #idOf(objectId: string): Promise<string> {
    const answer = await this.channel.post('HeapProfiler.getHeapObjectId', { objectId });
    return asText(answer.heapSnapshotObjectId);
  }

  async #release(objectId: string): Promise<void> {
    // When the target has gone, so has the object.
    await this.channel.post('Runtime.releaseObject', { objectId }).catch(() => {});
  }
}
