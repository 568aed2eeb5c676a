// A Chromium without a window that `objgraph page` starts, or one that runs already. A browser of our own is steered by a
// pipe, which no other user of the machine can reach; its profile is removed with it.
import { rmSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { messageOf } from '../../shared/errors.ts';
import { findChromium } from '../../shared/viewer-host/browsers.ts';
import { startProgram } from '../../shared/programs.ts';
import { PendingCalls } from '../../shared/pending-calls.ts';
import { getJson } from '../targets/http-json.ts';
import { asText, isFields } from '../targets/reply.ts';
import { TargetError } from '../targets/target.ts';
import { makeTemporaryFolder } from '../temporary-folder.ts';
import { BrowserPage } from './browser-page.ts';
import { ask, type CdpSession } from './cdp.ts';

const quietly = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-sync',
  '--disable-features=Translate,MediaRouter,OptimizationHints',
  '--hide-scrollbars',
  '--mute-audio',
  '--no-pings',
  '--window-size=1280,900',
];

const endTime = 3000;
/** A headless browser in a container without a graphics card still starts within this time. */
const startTime = 30_000;

type Listener = (params: never) => void;

/** One connection to a browser, with a session for each page. */
export class Browser {
  readonly #calls = new PendingCalls();
  readonly #listeners = new Map<string, Map<string, Set<Listener>>>();
  #closing: Promise<void> | null = null;

  private constructor(
    private readonly send: (text: string) => void,
    private readonly end: () => Promise<void>,
  ) {}

  /** Starts the machine's Chromium. @throws TargetError */
  static async start(): Promise<Browser> {
    const host = findChromium();
    if (host === null)
      throw new TargetError(
        'there is no Chromium, Chrome, Edge or Brave on this machine: name one that runs by --browser HOST:PORT',
      );
    const profile = makeTemporaryFolder('objgraph-page-');
    const asRoot = process.getuid?.() === 0 && process.platform === 'linux';
    const child = startProgram(
      { name: 'chromium', path: host.command },
      [...quietly, ...(asRoot ? ['--no-sandbox'] : []), `--user-data-dir=${profile}`, 'about:blank'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
    );
    const exited = new Promise<void>((resolve) =>
      child.once('exit', () => resolve()).once('error', () => resolve()),
    );
    const [, , , requests, answers] = child.stdio as unknown as [null, null, null, Writable, Readable];
    requests.on('error', () => {});
    const end = async () => {
      requests.write(`${JSON.stringify({ id: 0, method: 'Browser.close' })}\0`);
      if ((await Promise.race([exited, sleep(endTime, 'late', { ref: false })])) === 'late')
        child.kill('SIGKILL');
      await exited;
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    };
    const browser = new Browser((text) => requests.write(`${text}\0`), end);
    let rest = '';
    answers.setEncoding('utf8').on('data', (text: string) => {
      const messages = (rest + text).split('\0');
      rest = messages.pop() ?? '';
      for (const message of messages) browser.#receive(message);
    });
    answers.on('error', () => {});
    const hasEnded = () => browser.#calls.end(new TargetError(`${host.name} has ended`));
    exited.then(hasEnded, hasEnded);
    try {
      const isUp = await Promise.race([
        ask(browser.session(), 'Browser.getVersion'),
        sleep(startTime, null, { ref: false }),
      ]);
      if (isUp === null)
        throw new TargetError(`${host.name} did not start within ${startTime / 1000} seconds`);
      return browser;
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** Connects to a browser that was started with --remote-debugging-port. @throws TargetError */
  static async connect(place: string, signal: AbortSignal): Promise<Browser> {
    const address = await browserAddress(place, signal);
    const socket = new WebSocket(address, {
      perMessageDeflate: false,
      maxPayload: 2 ** 28,
      followRedirects: false,
    });
    const browser = new Browser(
      (text) => socket.send(text),
      async () => socket.close(),
    );
    socket.on('message', (data: Buffer) => browser.#receive(data.toString()));
    socket.on('close', () => browser.#calls.end(new TargetError(`the browser at ${place} has ended`)));
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', (error) =>
        reject(new TargetError(`${place} does not let us in: ${error.message}`)),
      );
    });
    return browser;
  }

  /** A new page. */
  async newPage(): Promise<BrowserPage> {
    const { targetId } = await ask(this.session(), 'Target.createTarget', { url: 'about:blank' });
    const session = await this.#attach(asText(targetId));
    return BrowserPage.open(asText(targetId), session, this.session(), (id) => this.#attach(id));
  }

  async #attach(targetId: string): Promise<CdpSession> {
    const { sessionId } = await ask(this.session(), 'Target.attachToTarget', { targetId, flatten: true });
    return this.session(asText(sessionId));
  }

  /** Again, it does nothing. */
  close(): Promise<void> {
    return (this.#closing ??= this.end());
  }

  /** The session of a page; without an id that of the browser itself. */
  private session(id = ''): CdpSession {
    const listeners = this.#listeners.get(id) ?? new Map<string, Set<Listener>>();
    this.#listeners.set(id, listeners);
    return {
      send: (method, params = {}) =>
        this.#calls.call((number) =>
          this.send(JSON.stringify({ id: number, method, params, ...(id === '' ? {} : { sessionId: id }) })),
        ),
      on: (event, listener) => void listeners.set(event, (listeners.get(event) ?? new Set()).add(listener)),
      off: (event, listener) => void listeners.get(event)?.delete(listener),
    };
  }

  #receive(text: string): void {
    const message: unknown = JSON.parse(text);
    if (!isFields(message)) return;
    const { id, method, params, result, error, sessionId } = message;
    if (typeof id === 'number') {
      if (isFields(error))
        this.#calls.reject(id, new TargetError(`the browser refused: ${String(error.message)}`));
      else this.#calls.resolve(id, result ?? {});
      return;
    }
    const listeners = this.#listeners.get(typeof sessionId === 'string' ? sessionId : '');
    for (const listener of listeners?.get(String(method)) ?? []) listener((params ?? {}) as never);
  }
}

async function browserAddress(place: string, signal: AbortSignal): Promise<string> {
  if (/^wss?:/.test(place)) return place;
  try {
    const version = await getJson(new URL(`http://${place}/json/version`), signal);
    const address = isFields(version) ? version.webSocketDebuggerUrl : undefined;
    if (typeof address === 'string') return address;
  } catch (error) {
    throw new TargetError(
      `there is no browser at ${place}: ${messageOf(error)}. Start one with --remote-debugging-port`,
    );
  }
  throw new TargetError(`at ${place} there is no browser that was started with --remote-debugging-port`);
}
