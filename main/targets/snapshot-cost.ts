// What a snapshot will cost a target: how long it pauses, and how much more memory V8 needs meanwhile.
import type { SnapshotEstimate } from '../../shared/protocol/targets.ts';
import type { Channel } from './conversation.ts';
import { asCount } from './reply.ts';

/** For heaps of small objects, which cost the most; test/bench has the figures. */
const pauseOfByte = 80e-6;
const memoryOfByte = 17;
/** However small the heap: V8 collects garbage first, and writes what Node itself is made of. */
const minPause = 200;

export class SnapshotCost {
  /** Milliseconds a byte of the last snapshot. */
  #measured: number | null = null;

  constructor(private readonly channel: Channel) {}

  async estimate(): Promise<SnapshotEstimate> {
    const heapUsed = await this.#heapUsed();
    const pause = minPause + heapUsed * (this.#measured ?? pauseOfByte);
    return { heapUsed, pause: Math.round(pause), memory: Math.round(heapUsed * memoryOfByte) };
  }

  /** Learns from a snapshot how fast this target is. */
  async measure(snapshot: () => Promise<void>): Promise<void> {
    const heapUsed = await this.#heapUsed();
    const start = performance.now();
    await snapshot();
    this.#measured = Math.max(0, performance.now() - start - minPause) / heapUsed;
  }

  async #heapUsed(): Promise<number> {
    return asCount((await this.channel.post('Runtime.getHeapUsage')).usedSize);
  }
}
