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
import { NotChromiumError, sessionsOf, type PlaywrightPage, type PuppeteerPage } from './drivers.ts';
import { measure } from './measure.ts';
import { PageHeaps } from './page-heaps.ts';
import { reportOf, type FoundLeak, type LeakCause, type LeakReport, type NamedLeaks } from './page-report.ts';
import { describeLeaks } from './report-text.ts';

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

export { describeLeaks, NotChromiumError };
export type { CdpSession, FoundLeak, LeakCause, LeakReport, PlaywrightPage, PuppeteerPage };
