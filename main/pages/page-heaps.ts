// All heaps of one or several pages: each page, its iframes of other sites, its workers and service workers. Targets that
// come later are found as well.
import { asText, isFields } from '../targets/reply.ts';
import { ask, listen, type CdpSession } from './cdp.ts';
import { ChildSession } from './child-session.ts';
import { PageHeap } from './page-heap.ts';

/** A page to look at, and what messages call it. */
export interface PageSession {
  name: string;
  session: CdpSession;
}

/** What has a heap to ask; of others (a tab, a portal) there is none. */
const withHeap = new Set(['iframe', 'worker', 'shared_worker', 'service_worker']);

export class PageHeaps {
  readonly #heaps = new Set<PageHeap>();
  readonly #stop: (() => void)[] = [];
  readonly #opening = new Set<Promise<void>>();

  static async open(pages: readonly PageSession[]): Promise<PageHeaps> {
    const heaps = new PageHeaps();
    for (const { name, session } of pages) await heaps.add(name, session);
    return heaps;
  }

  /** A page that has come meanwhile: a popup. */
  async add(name: string, session: CdpSession): Promise<void> {
    await this.#open(name, session, true);
  }

  /** Those that are there now; two pages of one process have one heap, which comes once. */
  async list(): Promise<PageHeap[]> {
    await Promise.all(this.#opening);
    const byIsolate = new Map<string, PageHeap>();
    for (const heap of this.#heaps) {
      const isolate = await heap.isolate();
      if (this.#heaps.has(heap) && !byIsolate.has(isolate)) byIsolate.set(isolate, heap);
    }
    return [...byIsolate.values()];
  }

  async close(): Promise<void> {
    for (const stop of this.#stop) stop();
    for (const heap of this.#heaps) {
      await ask(heap.session, 'Target.setAutoAttach', noAutoAttach).catch(() => {});
      await heap.close();
    }
    this.#heaps.clear();
  }

  async #open(name: string, session: CdpSession, isPage: boolean): Promise<void> {
    const heap = await PageHeap.open(name, session, isPage);
    this.#heaps.add(heap);
    this.#stop.push(
      listen(session, 'Target.attachedToTarget', ({ sessionId, targetInfo }) => {
        if (!isFields(targetInfo) || !withHeap.has(String(targetInfo.type))) return;
        const id = asText(sessionId);
        const child = new ChildSession(session, id);
        const childName = nameOf(String(targetInfo.type), String(targetInfo.url));
        const opening = this.#open(childName, child, targetInfo.type === 'iframe')
          // It ended while we were about to look into it.
          .catch(() => child.end())
          .finally(() => this.#opening.delete(opening));
        this.#opening.add(opening);
      }),
      listen(session, 'Target.detachedFromTarget', ({ sessionId }) => {
        for (const known of this.#heaps)
          if (known.session instanceof ChildSession && known.session.id === sessionId)
            this.#heaps.delete(known);
      }),
    );
    // Without `flatten`, the messages of a child come through this very session: no other client sees them.
    await ask(session, 'Target.setAutoAttach', autoAttach).catch(() => {});
  }
}

const autoAttach = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
const noAutoAttach = { ...autoAttach, autoAttach: false };

const words: Record<string, string> = {
  iframe: 'iframe',
  worker: 'worker',
  shared_worker: 'shared worker',
  service_worker: 'service worker',
};

const nameOf = (type: string, url: string) => `${words[type]} ${url.replace(/^data:.*/s, 'data:…')}`;
