// `webContents`: a page, the preload in it, and the messages between it and the app.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { PrintToPDFOptions, WebPreferences } from 'electron';
import type { Frame, Page } from 'playwright-core';
import { record } from './app.ts';
import { openPage, type Bounds } from './chromium.ts';
import { mayDownload, toApp, toChromium } from './session.ts';

type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

/** What a preload script is given, in the page. */
const renderer = `
  const listeners = {};
  window.__electronReceive = (channel, message) => {
    for (const listener of listeners[channel] ?? []) listener({}, message);
  };
  const contextBridge = {
    exposeInMainWorld: (name, api) => Object.defineProperty(window, name, { value: Object.freeze(api) }),
  };
  const ipcRenderer = {
    send: (channel, message) => void window.__electronSend(channel, message),
    on: (channel, listener) => ((listeners[channel] ??= []).push(listener), ipcRenderer),
  };
  // Files in pages have no paths here.
  const webUtils = { getPathForFile: () => '' };
  const require = (name) => {
    if (name === 'electron') return { contextBridge, ipcRenderer, webUtils };
    throw new Error('A sandboxed preload has no module ' + name);
  };
`;

export class WebContents extends EventEmitter {
  readonly ipc = new EventEmitter();
  readonly #preload: string | null;
  readonly #runsScripts: boolean;
  readonly #bounds: Partial<Bounds>;
  readonly #frames = new WeakMap<Frame, { url: string }>();
  #page: Promise<Page> | null = null;
  readonly #outbox: [channel: string, message: unknown][] = [];
  #current: Page | null = null;
  #url = '';
  #expected = '';
  #crashed = false;
  #destroyed = false;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  title: string;

  constructor({ preload, javascript }: WebPreferences, bounds: Partial<Bounds>, title: string) {
    super();
    this.title = title;
    this.#bounds = bounds;
    this.#runsScripts = javascript ?? true;
    this.#preload = preload
      ? `if (window === top) (() => { ${renderer} ${readFileSync(preload, 'utf8')} })();`
      : null;
  }

  get mainFrame(): { url: string } | null {
    return this.#current && this.#frameOf(this.#current.mainFrame());
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  /** What is sent in one turn comes in one call, in its order: of calls that are made at once, one may overtake another. */
  send(channel: string, message: unknown): void {
    if (this.#outbox.push([channel, message]) === 1) setImmediate(() => this.#deliver());
  }

  #deliver(): void {
    const receive = (messages: [string, unknown][]) => {
      type Receiver = { __electronReceive(...args: [string, unknown]): void };
      for (const message of messages) (window as unknown as Receiver).__electronReceive(...message);
    };
    const messages = this.#outbox.splice(0);
    // A page that is gone receives nothing.
    void this.#page?.then((page) => page.evaluate(receive, messages)).catch(() => {});
  }

  /** As in Electron, a failure that nothing waits for is no error of the app: a window may be closed while it loads. */
  loadURL(url: string): Promise<void> {
    this.#url = url;
    const loaded = this.#load();
    loaded.catch(() => {});
    return loaded;
  }

  /** A crashed page cannot be revived from here: another one, in another window, takes its place. */
  reload(): void {
    void (async () => {
      const old = await this.#page;
      if (!this.#crashed) return this.#go(old!);
      this.#crashed = false;
      this.#page = this.#open();
      await this.#go(await this.#page);
      await old?.close();
    })();
  }

  forcefullyCrashRenderer(): void {
    void this.#page?.then(crash);
  }

  /** By Chromium's own protocol, whose options these are by other names. */
  async printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    record.printed.push(this.#url);
    const { pageSize, margins = {}, ...same } = options;
    if (typeof pageSize !== 'object') throw new Error('The stand-in prints on pages of their own size only');
    const { data } = await (
      await session((await this.#page)!)
    ).send('Page.printToPDF', {
      ...same,
      paperWidth: pageSize.width,
      paperHeight: pageSize.height,
      marginTop: margins.top,
      marginBottom: margins.bottom,
      marginLeft: margins.left,
      marginRight: margins.right,
    });
    return Buffer.from(data, 'base64');
  }

  async closePage(): Promise<void> {
    await (await this.#page)?.close();
  }

  async page(): Promise<Page | null> {
    return this.#page;
  }

  /** Whether a navigation goes on: the app's own does, the page's own only if no listener prevents it. */
  mayGo(url: string, frame: Frame): boolean {
    const isMain = frame === this.#current?.mainFrame();
    if (isMain && (url === this.#expected || url === this.#current?.url())) return true;
    let prevented = false;
    const event = { url: toApp(url), preventDefault: () => (prevented = true) };
    this.emit('will-frame-navigate', event);
    if (isMain) this.emit('will-navigate', event);
    return !prevented;
  }

  async popUp(page: Page): Promise<void> {
    const { action } = this.#openHandler({ url: toApp(page.url()) });
    this.emit('popped-up', action);
    await page.close().catch(() => {});
  }

  async #load(): Promise<void> {
    this.#page ??= this.#open();
    try {
      await this.#go(await this.#page);
    } catch (error) {
      // A window that is closed while it opens has no page yet.
      this.#end();
      throw error;
    }
    if (!this.#destroyed) this.emit('did-finish-load');
  }

  async #open(): Promise<Page> {
    const page = await openPage(this, this.#bounds);
    this.#current = page;
    page.on('close', () => {
      if (page === this.#current) this.#end();
    });
    if (page.isClosed()) this.#end();
    await page.exposeBinding('__electronSend', ({ frame }, channel: string, message: unknown) =>
      this.#receive(frame, channel, message),
    );
    await page.exposeBinding('__electronMoved', (_source, bounds: Bounds) => this.emit('moved', bounds));
    if (this.#preload) await page.addInitScript(this.#preload);
    await page.exposeBinding('__electronTitled', (_source, title: string) => (this.title = title));
    await page.addInitScript(reportWindow);
    if (!this.#runsScripts)
      await (await session(page)).send('Emulation.setScriptExecutionDisabled', { value: true });
    page.on('download', (download) => {
      const outcome = mayDownload(download.url()) ? 'allowed' : 'refused';
      record.downloads.push(`${download.suggestedFilename()} ${outcome}`);
      if (outcome === 'refused') void download.cancel().catch(() => {});
    });
    page.on('crash', () => {
      this.#crashed = true;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 133 });
    });
    return page;
  }

  #end(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('destroyed');
  }

  async #go(page: Page): Promise<void> {
    this.#expected = toChromium(this.#url);
    await page.goto(this.#expected).catch(() => {});
    this.#expected = '';
  }

  #receive(frame: Frame, channel: string, message: unknown): void {
    this.ipc.emit(channel, { sender: this, senderFrame: this.#frameOf(frame) }, message);
  }

  /** The same object for the same frame, as Electron has it. */
  #frameOf(frame: Frame): { url: string } {
    const known = this.#frames.get(frame);
    if (known) return known;
    const made = {
      get url() {
        return toApp(frame.url());
      },
    };
    this.#frames.set(frame, made);
    return made;
  }
}

const session = (page: Page) => page.context().newCDPSession(page);

async function crash(page: Page): Promise<void> {
  await (await session(page)).send('Page.crash').catch(() => {});
}

function reportWindow(): void {
  if (window !== top) return;
  const { __electronMoved: moved, __electronTitled: titled } = window as unknown as {
    __electronMoved(bounds: Bounds): void;
    __electronTitled(title: string): void;
  };
  const tellPlace = () => moved({ x: screenX, y: screenY, width: outerWidth, height: outerHeight });
  window.addEventListener('resize', () => {
    tellPlace();
    // Chromium 150 tells the page the outer size of its window after the inner one.
    setTimeout(tellPlace, 200);
  });
  let last = '';
  new MutationObserver(() => {
    if (document.title !== last) titled((last = document.title));
  }).observe(document, { subtree: true, childList: true, characterData: true });
}
