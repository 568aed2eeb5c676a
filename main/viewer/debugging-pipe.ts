// The pipe by which a Chromium lets itself be debugged (--remote-debugging-pipe), used for three things: to close a window, which
// a page that lost us may not do itself, to learn where a file is that the user gave to a page, and to keep a page that is not
// seen. Messages are JSON, ended by a zero byte. See chromedevtools.github.io/devtools-protocol.
import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { CodedError } from '../../shared/errors.ts';
import { PendingCalls } from '../../shared/pending-calls.ts';
import { startInBackground } from '../background.ts';

interface Target {
  targetId: string;
  url: string;
}

interface Answer {
  /** Absent in an event. */
  id?: number;
  result?: unknown;
  error?: { message: string };
  method?: string;
  params?: { targetInfo?: Target };
}

/** Milliseconds after which a browser that opened no window is not waited for. */
const openingTime = 10_000;

/** Chromium has had hidden targets since 2025; this version, of 2026, certainly has them. */
const firstWithHidden = 145;

export class DebuggingPipe {
  readonly #requests: Writable;
  readonly #calls = new PendingCalls();
  readonly #ended: Promise<void>;
  readonly #events = new EventEmitter<{ target: [url: string] }>();
  #rest = '';

  /** Of the browser's file descriptors 3 and 4. */
  constructor(requests: Writable, answers: Readable) {
    this.#requests = requests.on('error', () => {});
    answers.on('error', () => {});
    answers.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    this.#ended = new Promise((resolve) => answers.once('close', resolve));
    answers.once('close', () => this.#calls.end(new CodedError('lost', 'The browser has ended')));
  }

  /** Settles when the browser has opened its window on an address, or takes very long, or has ended. */
  async hasOpened(url: string): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let listener: (opened: string) => void = () => {};
    const opened = new Promise<void>((resolve) => {
      listener = (address) => {
        if (address === url) resolve();
      };
      timer = setTimeout(resolve, openingTime);
    });
    this.#events.on('target', listener);
    try {
      // Reports the targets that are there already, too.
      const ended = this.#ask('Target.setDiscoverTargets', { discover: true }).then(() => this.#ended);
      await Promise.race([opened, ended]);
    } catch {
      // A browser that has ended opens nothing.
    } finally {
      clearTimeout(timer);
      this.#events.off('target', listener);
    }
  }

  /** Closes the window that shows an address; nothing happens when there is none. */
  async closeWindow(url: string): Promise<void> {
    const target = await this.#targetOf(url);
    if (target) await this.#ask('Target.closeTarget', { targetId: target.targetId });
  }

  /** The path of `givenFiles[index]` of the page at an address; null when it is not there, or was never a file. */
  async pathOfGiven(url: string, index: number): Promise<string | null> {
    const target = await this.#targetOf(url);
    if (!target) return null;
    const { sessionId } = (await this.#ask('Target.attachToTarget', {
      targetId: target.targetId,
      flatten: true,
    })) as { sessionId: string };
    const expression = `givenFiles[${index}]`;
    const { result } = (await this.#ask('Runtime.evaluate', { expression }, sessionId)) as {
      result?: { objectId?: string };
    };
    const objectId = result?.objectId;
    const info = objectId ? await this.#ask('DOM.getFileInfo', { objectId }, sessionId) : {};
    await this.#ask('Target.detachFromTarget', { sessionId });
    return (info as { path?: string }).path || null;
  }

  /** Opens a page that has no window, and is nowhere to be seen, where the browser has such pages; it ends with the pipe. */
  async openHidden(url: string): Promise<void> {
    const { product } = (await this.#ask('Browser.getVersion', {})) as { product: string };
    // An older one would overlook the word, and show a window.
    if (!(Number(/\/(\d+)/.exec(product)?.[1]) >= firstWithHidden)) return;
    await this.#ask('Target.createTarget', { url, hidden: true });
  }

  closeBrowser(): void {
    startInBackground(this.#ask('Browser.close', {}));
  }

  async #targetOf(url: string): Promise<Target | undefined> {
    const { targetInfos } = (await this.#ask('Target.getTargets', {})) as { targetInfos: Target[] };
    return targetInfos.find((candidate) => candidate.url === url);
  }

  #ask(method: string, params: object, sessionId?: string): Promise<unknown> {
    return this.#calls.call((id) =>
      this.#requests.write(`${JSON.stringify({ id, method, params, sessionId })}\0`),
    );
  }

  #read(text: string): void {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error, params } = JSON.parse(message) as Answer;
      if (id === undefined) {
        if (params?.targetInfo) this.#events.emit('target', params.targetInfo.url);
      } else if (error) this.#calls.reject(id, new Error(`The browser refused: ${error.message}`));
      else this.#calls.resolve(id, result);
    }
  }
}
