// A page of a browser of ours, and the windows that it opens: also those that have a process of their own (`noopener`), which no
// session of the page itself shows.
import { asText, isFields } from '../targets/reply.ts';
import { ask, listen, type CdpSession } from './cdp.ts';
import { DrivenPage, type Driver } from './drivers.ts';

type Attach = (targetId: string) => Promise<CdpSession>;

/** A window, as a driver names it. */
class Target {
  constructor(
    readonly id: string,
    public address: string,
  ) {}

  url(): string {
    return this.address;
  }
}

export class BrowserPage extends DrivenPage {
  /** By the id of their target. */
  readonly #opened = new Map<string, Target>();
  readonly #listeners = new Set<(window: unknown) => void>();
  readonly #stop: (() => void)[];

  private constructor(
    readonly id: string,
    readonly session: CdpSession,
    private readonly browser: CdpSession,
    private readonly attach: Attach,
  ) {
    super();
    this.#stop = [
      listen(browser, 'Target.targetCreated', ({ targetInfo }) => this.#add(targetInfo)),
      listen(browser, 'Target.targetInfoChanged', ({ targetInfo }) => this.#add(targetInfo)),
      listen(browser, 'Target.targetDestroyed', ({ targetId }) => this.#opened.delete(asText(targetId))),
    ];
  }

  static async open(
    id: string,
    session: CdpSession,
    browser: CdpSession,
    attach: Attach,
  ): Promise<BrowserPage> {
    const page = new BrowserPage(id, session, browser, attach);
    await ask(browser, 'Target.setDiscoverTargets', { discover: true });
    return page;
  }

  readonly driver: Driver = {
    open: (window) => (window === this ? Promise.resolve(this.session) : this.attach((window as Target).id)),
    pages: () => [this, ...this.#opened.values()],
    onPage: (listener) => {
      this.#listeners.add(listener);
      return () => void this.#listeners.delete(listener);
    },
  };

  /** Closes it, and what it has opened. */
  readonly close = async (): Promise<void> => {
    for (const stop of this.#stop) stop();
    for (const targetId of [...this.#opened.keys(), this.id])
      await ask(this.browser, 'Target.closeTarget', { targetId }).catch(() => {});
  };

  /** Adds a window that this page has opened, or one of those that it has opened. */
  #add(info: unknown): void {
    if (!isFields(info) || info.type !== 'page') return;
    const [id, opener, address] = [asText(info.targetId), String(info.openerId), asText(info.url)];
    const known = this.#opened.get(id);
    if (known) known.address = address;
    // What it is called is known once it has an address.
    if (known || (opener !== this.id && !this.#opened.has(opener)) || address === '') return;
    const target = new Target(id, address);
    this.#opened.set(id, target);
    for (const listener of this.#listeners) listener(target);
  }
}
