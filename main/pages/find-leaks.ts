/**
 * Leaks of web pages: `import { findLeaks } from 'objgraph/pages'`, for Playwright, Puppeteer, or any session of the DevTools
 * protocol with Chromium.
 *
 * @example
 * const { leaks } = await findLeaks(page, async () => {
 *   await page.click('#open');
 *   await page.click('#close');
 * });
 * for (const { summary, chain } of leaks) console.log(summary, chain);
 *
 * @packageDocumentation
 */
import type { CdpSession } from './cdp.ts';
import { measure } from './measure.ts';
import { PageHeaps, type PageSession } from './page-heaps.ts';
import { reportOf, type FoundLeak, type LeakCause, type LeakReport, type NamedLeaks } from './page-report.ts';
import { describeLeaks } from './report-text.ts';

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
}

/** How to look for leaks. */
export interface PageLeakOptions {
  /**
   * How often the action runs before the second look at the heap (default 7). Where something grew, it runs again, two
   * times less often and then four times more often, so that only what comes with every run fits all three. A cache that keeps the
   * results of more than three times as many runs looks like a leak: raise it for such pages.
   */
  runs?: number;
  /** How often it runs before the first look (default 3): caches fill, code is loaded. More often until each run adds as much. */
  warmup?: number;
  /** Names of classes, components, functions or selectors that may leak. */
  ignore?: readonly (string | RegExp)[];
  /** Gives up between two runs. */
  signal?: AbortSignal;
  /** Called with what is done now, how much of it is done, and of how much; null where that is not known. */
  progress?: (task: string, done: number, total: number | null) => void;
}

/** The page of another browser, which has no DevTools protocol. */
export class NotChromiumError extends Error {}

/** A report and what its pictures are drawn of. @internal */
export type PageFindings = NamedLeaks;

/**
 * Runs an action again and again, and finds what every run leaves behind: in the page, its popups, iframes and workers. The
 * action ends where it began: it opens and closes a dialog, or goes to another page and back.
 *
 * @param page a page of Playwright or Puppeteer, or a session of the DevTools protocol
 * @throws NotChromiumError; TypeError for wrong arguments; what the action throws
 * @example
 * const { leaks } = await findLeaks(page, openAndClose, { runs: 5 });
 */
export async function findLeaks(
  page: PlaywrightPage | PuppeteerPage | CdpSession,
  action: () => unknown,
  options: PageLeakOptions = {},
): Promise<LeakReport> {
  return withFindings(page, action, options, ({ report }) => report);
}

/**
 * As `findLeaks`; `use` gets the heaps as well, and the sessions are there until it ends.
 * @internal
 */
export async function withFindings<T>(
  page: unknown,
  action: unknown,
  options: PageLeakOptions & { keep?: (heap: string, snapshot: number) => (chunk: Uint8Array) => void },
  use: (findings: PageFindings) => T | Promise<T>,
): Promise<T> {
  checkArguments(action, options);
  const { sessions, follow, close } = await sessionsOf(page);
  const heaps = await PageHeaps.open(sessions);
  const stop = follow(heaps);
  try {
    const { report, paths } = await reportOf(await measure(heaps, action as () => unknown, options));
    return await use({ report: without(options.ignore ?? [], report), paths });
  } finally {
    stop();
    await heaps.close();
    await close();
  }
}

function checkArguments(action: unknown, { runs = 7, warmup = 3 }: PageLeakOptions): void {
  if (typeof action !== 'function')
    throw new TypeError(`findLeaks takes a function, which it runs: not ${typeof action}`);
  if (!Number.isInteger(runs) || runs < 2)
    throw new TypeError(`findLeaks: runs is a whole number from 2 on: not ${String(runs)}`);
  if (!Number.isInteger(warmup) || warmup < 1)
    throw new TypeError(`findLeaks: warmup is a whole number from 1 on: not ${String(warmup)}`);
}

function without(ignore: NonNullable<PageLeakOptions['ignore']>, report: LeakReport): LeakReport {
  const isIgnored = ({ name, component, summary }: FoundLeak) =>
    ignore.some((pattern) =>
      [name, component ?? '', summary].some((text) =>
        typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text),
      ),
    );
  return { ...report, leaks: report.leaks.filter((leak) => !isIgnored(leak)) };
}

interface Sessions {
  sessions: PageSession[];
  /** Adds pages that are opened meanwhile; the function that is returned ends that. */
  follow: (heaps: PageHeaps) => () => void;
  close: () => Promise<void>;
}

const isSession = (value: unknown): value is CdpSession =>
  ['send', 'on', 'off'].every(
    (name) => typeof (value as Record<string, unknown> | null)?.[name] === 'function',
  );

async function sessionsOf(page: unknown): Promise<Sessions> {
  if (typeof (page as PlaywrightPage | null)?.context === 'function' && 'goto' in (page as object))
    return sessionsOfPlaywright(page as PlaywrightPage);
  if (typeof (page as PuppeteerPage | null)?.createCDPSession === 'function') {
    const session = (await (page as PuppeteerPage).createCDPSession()) as CdpSession & {
      detach?(): Promise<void>;
    };
    const sessions = [{ name: 'page', session }];
    return { sessions, follow: () => () => {}, close: async () => session.detach?.() };
  }
  if (isSession(page)) {
    const sessions = [{ name: 'page', session: page }];
    return { sessions, follow: () => () => {}, close: async () => {} };
  }
  throw new TypeError(
    'findLeaks takes a page of Playwright or Puppeteer, or a session of the DevTools protocol',
  );
}

/** Playwright's own declarations of events fit no interface but theirs. */
interface Following {
  on(event: 'page', listener: (page: never) => unknown): unknown;
  off(event: 'page', listener: (page: never) => unknown): unknown;
}

async function sessionsOfPlaywright(page: PlaywrightPage): Promise<Sessions> {
  const context = page.context() as ReturnType<PlaywrightPage['context']> & Following;
  const opened: { detach?(): Promise<void> }[] = [];
  const open = async (one: unknown) => {
    const session = (await context.newCDPSession(one as never)) as CdpSession & { detach?(): Promise<void> };
    opened.push(session);
    return session;
  };
  const sessions: PageSession[] = [];
  try {
    sessions.push({ name: 'page', session: await open(page) });
    for (const other of context.pages())
      if (other !== page) sessions.push({ name: nameOfPage(other), session: await open(other) });
  } catch (error) {
    if (error instanceof Error && /only.*chromium|chromium.*only/i.test(error.message))
      throw new NotChromiumError('leaks are found in Chromium only: this browser has no DevTools protocol');
    throw error;
  }
  return {
    sessions,
    follow: (heaps) => {
      const add = (popup: never) =>
        // A popup that closes at once has nothing to look at.
        void open(popup).then(
          (session) => heaps.add(nameOfPage(popup), session).catch(() => {}),
          () => {},
        );
      context.on('page', add);
      return () => void context.off('page', add);
    },
    close: async () => {
      for (const session of opened) await session.detach?.().catch(() => {});
    },
  };
}

const nameOfPage = (page: unknown) => `window ${(page as { url(): string }).url()}`;

export { describeLeaks };
export type { CdpSession, FoundLeak, LeakCause, LeakReport };
