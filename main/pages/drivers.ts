// Sessions of the DevTools protocol with the pages of a test driver: the page that it names, the other ones of its context, and
// those that are opened meanwhile.
import type { CdpSession } from './cdp.ts';
import type { PageHeaps, PageSession } from './page-heaps.ts';

/** A page of Playwright. */
export interface PlaywrightPage {
  context(): {
    newCDPSession(page: never): Promise<unknown>;
    pages(): unknown[];
  };
  url(): string;
}

/** A page of Puppeteer. */
export interface PuppeteerPage {
  createCDPSession(): Promise<unknown>;
  url(): string;
  browserContext(): unknown;
}

/** The page of another browser, which has no DevTools protocol. */
export class NotChromiumError extends Error {}

export interface Sessions {
  sessions: PageSession[];
  /** Adds pages that are opened meanwhile; the function that is returned ends that. */
  follow: (heaps: PageHeaps) => () => void;
  close: () => Promise<void>;
}

/** A session that its driver can end. */
type DriverSession = CdpSession & { detach?(): Promise<void> };

/** What is asked of a test driver. */
export interface Driver {
  open(page: unknown): Promise<unknown>;
  pages(): unknown[] | Promise<unknown[]>;
  /** Calls the listener with each new page, until the function that is returned is called. */
  onPage(listener: (page: unknown) => void): () => void;
}

/** A page of a browser that is driven by no test driver, but by its own. */
export abstract class DrivenPage {
  abstract readonly driver: Driver;
}

/** @throws NotChromiumError; TypeError for what is no page */
export async function sessionsOf(page: unknown): Promise<Sessions> {
  if (page instanceof DrivenPage) return sessionsBy(page.driver, page);
  if (has(page, 'context', 'goto')) return sessionsBy(playwright(page as PlaywrightPage), page);
  if (has(page, 'createCDPSession')) return sessionsBy(puppeteer(page as PuppeteerPage), page);
  if (has(page, 'send', 'on', 'off')) {
    const sessions = [{ name: 'page', session: page as CdpSession }];
    return { sessions, follow: () => () => {}, close: async () => {} };
  }
  throw new TypeError(
    'findLeaks takes a page of Playwright or Puppeteer, or a session of the DevTools protocol',
  );
}

const has = (value: unknown, ...methods: string[]) =>
  methods.every((name) => typeof (value as Record<string, unknown> | null)?.[name] === 'function');

/** Drivers declare their events so that they fit no interface but theirs. */
interface Emitter {
  on(event: string, listener: (value: never) => unknown): unknown;
  off(event: string, listener: (value: never) => unknown): unknown;
}

function playwright(page: PlaywrightPage): Driver {
  const context = page.context() as ReturnType<PlaywrightPage['context']> & Emitter;
  return {
    open: (one) => context.newCDPSession(one as never),
    pages: () => context.pages(),
    onPage(listener) {
      context.on('page', listener);
      return () => void context.off('page', listener);
    },
  };
}

function puppeteer(page: PuppeteerPage): Driver {
  const context = page.browserContext() as Emitter & { pages(): Promise<unknown[]> };
  return {
    open: (one) => (one as PuppeteerPage).createCDPSession(),
    pages: () => context.pages(),
    onPage(listener) {
      const add = (target: { type(): string; page(): Promise<unknown> }) => {
        // A popup that closes at once has no page.
        if (target.type() === 'page')
          target.page().then(
            (opened) => opened && listener(opened),
            () => {},
          );
      };
      context.on('targetcreated', add);
      return () => void context.off('targetcreated', add);
    },
  };
}

/** How Playwright and Puppeteer refuse a session with Firefox or WebKit; Puppeteer's error has no message. */
const refusal = /only.*chromium|chromium.*only|CDP support is required|^UnsupportedOperation/i;

async function sessionsBy(driver: Driver, page: unknown): Promise<Sessions> {
  const opened: DriverSession[] = [];
  const open = async (one: unknown) => {
    const session = (await driver.open(one)) as DriverSession;
    opened.push(session);
    return session;
  };
  const sessions: PageSession[] = [];
  try {
    sessions.push({ name: 'page', session: await open(page) });
    for (const other of await driver.pages())
      if (other !== page) sessions.push({ name: nameOfPage(other), session: await open(other) });
  } catch (error) {
    if (error instanceof Error && refusal.test(`${error.name} ${error.message}`))
      throw new NotChromiumError('leaks are found in Chromium only: this browser has no DevTools protocol');
    throw error;
  }
  return {
    sessions,
    follow: (heaps) =>
      driver.onPage((popup) => {
        // A popup that closes at once has nothing to look at.
        void open(popup).then(
          (session) => heaps.add(nameOfPage(popup), session).catch(() => {}),
          () => {},
        );
      }),
    close: async () => {
      for (const session of opened) await session.detach?.().catch(() => {});
    },
  };
}

const nameOfPage = (page: unknown) => `window ${(page as { url(): string }).url()}`;
