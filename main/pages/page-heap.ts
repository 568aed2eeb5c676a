// One heap of a page: that of its own process, of an iframe of another site, of a worker. Collects garbage, takes
// snapshots, knows which scripts and isolated worlds there are.
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { SnapshotReader } from '../../shared/heap/snapshot-reader.ts';
import { setTimeout as sleep } from 'node:timers/promises';
import { asCount, asText, isFields } from '../targets/reply.ts';
import { ask, evaluateIn, listen, type CdpSession } from './cdp.ts';

/** Garbage collections until the heap has the same size twice: finalizers and weak references take several. */
const mostCollections = 6;
const restTime = 25;
/** A page that draws nothing, because it is hidden, has no animation frames. */
const frameTime = 300;

/** A world of a test driver or an extension: it shares the page's DOM, and not its objects. */
interface World {
  id: number;
  isIsolated: boolean;
}

export class PageHeap {
  readonly #worlds = new Map<number, World>();
  readonly #stop: (() => void)[] = [];

  private constructor(
    /** For people: `page`, `iframe https://a.example/`, `worker cruncher.js`. */
    readonly name: string,
    readonly session: CdpSession,
    readonly isPage: boolean,
  ) {}

  static async open(name: string, session: CdpSession, isPage: boolean): Promise<PageHeap> {
    const heap = new PageHeap(name, session, isPage);
    heap.#stop.push(
      listen(session, 'Runtime.executionContextCreated', ({ context }) => {
        if (!isFields(context) || typeof context.id !== 'number') return;
        const isIsolated = isFields(context.auxData) && context.auxData.isDefault === false;
        heap.#worlds.set(context.id, { id: context.id, isIsolated });
      }),
      listen(session, 'Runtime.executionContextDestroyed', ({ executionContextId }) => {
        heap.#worlds.delete(Number(executionContextId));
      }),
      listen(session, 'Runtime.executionContextsCleared', () => heap.#worlds.clear()),
    );
    await ask(session, 'Runtime.enable');
    await ask(session, 'HeapProfiler.enable');
    return heap;
  }

  /** V8's number of the isolate: two pages of one process have one heap. */
  async isolate(): Promise<string> {
    const { id } = await ask(this.session, 'Runtime.getIsolateId').catch(() => ({ id: null }));
    return typeof id === 'string' ? id : this.name;
  }

  /** Waits until the page has drawn what it had to, and has no garbage. */
  async settle(): Promise<void> {
    if (this.isPage) await evaluateIn(this.session, frames).catch(() => {});
    await ask(this.session, 'Runtime.discardConsoleEntries').catch(() => {});
    let before = -1;
    for (let turn = 0; turn < mostCollections; turn++) {
      await ask(this.session, 'HeapProfiler.collectGarbage');
      const used = asCount((await ask(this.session, 'Runtime.getHeapUsage')).usedSize);
      if (used === before) return;
      before = used;
      await sleep(restTime);
    }
  }

  /** DOM nodes and listeners, as Blink counts them; null in a worker. */
  async counters(): Promise<{ nodes: number; listeners: number } | null> {
    if (!this.isPage) return null;
    const { nodes, jsEventListeners } = await ask(this.session, 'Memory.getDOMCounters').catch(() => ({
      nodes: 0,
      jsEventListeners: 0,
    }));
    return { nodes: Number(nodes), listeners: Number(jsEventListeners) };
  }

  /** @param also takes the snapshot's text as well, piece by piece */
  async snapshot(also: (chunk: Uint8Array) => void = () => {}): Promise<HeapGraph> {
    const reader = new SnapshotReader();
    let failure: unknown = null;
    const stop = listen(this.session, 'HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
      if (failure !== null) return;
      try {
        const bytes = Buffer.from(asText(chunk));
        reader.write(bytes);
        also(bytes);
      } catch (error) {
        failure = error;
      }
    });
    try {
      await ask(this.session, 'HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    } finally {
      stop();
    }
    if (failure !== null) throw failure as Error;
    return reader.end();
  }

  /** Ids of the global objects of isolated worlds: objects have ids from the first snapshot on. */
  async isolatedGlobals(): Promise<Set<number>> {
    const ids = new Set<number>();
    for (const { id, isIsolated } of [...this.#worlds.values()]) {
      if (!isIsolated) continue;
      // A world that has gone meanwhile holds nothing.
      const heapId = await this.#heapIdOfGlobal(id).catch(() => null);
      if (heapId !== null) ids.add(heapId);
    }
    return ids;
  }

  async #heapIdOfGlobal(contextId: number): Promise<number | null> {
    const objectGroup = 'objgraph worlds';
    const { result } = await ask(this.session, 'Runtime.evaluate', {
      ...{ expression: 'globalThis', contextId, objectGroup, silent: true },
    });
    const objectId = isFields(result) ? result.objectId : undefined;
    const answer = await ask(this.session, 'HeapProfiler.getHeapObjectId', { objectId });
    await ask(this.session, 'Runtime.releaseObjectGroup', { objectGroup });
    const id = Number(answer.heapSnapshotObjectId);
    return Number.isInteger(id) && id > 0 ? id : null;
  }

  async close(): Promise<void> {
    for (const stop of this.#stop) stop();
    await ask(this.session, 'HeapProfiler.disable').catch(() => {});
    await ask(this.session, 'Runtime.disable').catch(() => {});
  }
}

/** Nothing of it waits when the snapshot is taken: it would be counted with the page's. */
const frames = `new Promise((drawn) => {
  let frame;
  const end = () => { clearTimeout(longest); cancelAnimationFrame(frame); drawn(); };
  const longest = setTimeout(end, ${frameTime});
  frame = requestAnimationFrame(() => { frame = requestAnimationFrame(() => setTimeout(end, 0)); });
})`;
