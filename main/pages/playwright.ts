/**
 * Leaks of web pages in tests of Playwright: `import { test, expect } from 'objgraph/playwright'`.
 *
 * @example
 * test('the dialog does not leak', async ({ page }) => {
 *   await page.goto('/');
 *   await expect(page).not.toLeak(async () => {
 *     await page.getByRole('button', { name: 'Open' }).click();
 *     await page.getByRole('button', { name: 'Close' }).click();
 *   });
 * });
 *
 * @packageDocumentation
 */
import {
  expect as expectOfPlaywright,
  test as testOfPlaywright,
  type Page,
  type TestInfo,
} from '@playwright/test';
import { attachReport, SnapshotFiles } from './attachments.ts';
import {
  NotChromiumError,
  withFindings,
  type FoundLeak,
  type LeakReport,
  type PageFindings,
  type PageLeakOptions,
} from './find-leaks.ts';
import { describeLeaks } from './report-text.ts';

/** The options of `toLeak` and of the fixture. */
export interface TestLeakOptions extends PageLeakOptions {
  /** When to attach the snapshots before and after all runs to the report (default `off`: they may be large). */
  snapshots?: 'off' | 'on-failure';
}

/** What the fixture `leaks` does. */
export interface Leaks {
  /** Fails the test when an action leaks. */
  check(action: () => unknown, options?: TestLeakOptions): Promise<void>;
  /** Gives the report instead. */
  measure(action: () => unknown, options?: TestLeakOptions): Promise<LeakReport>;
}

/** Fixtures for a test of your own: `base.extend(leakFixtures)`. */
export interface LeakFixtures {
  leaks: Leaks;
  /** Options for all tests of a project or file: `use: { leakOptions: { runs: 5 } }`. */
  leakOptions: TestLeakOptions;
}

/** What a matcher gives Playwright. */
export interface LeakMatcherResult {
  pass: boolean;
  name: string;
  message: () => string;
}

/** The work of the runs is the test's own; looking at heaps must not use up its time. */
const timeOfLooking = 120_000;

/** Playwright's `test` with the fixture `leaks`. */
export const test = testOfPlaywright.extend<LeakFixtures>({
  leakOptions: [{}, { option: true }],
  leaks: async ({ page, leakOptions }, use) => {
    await use({
      measure: (action, options) => look(page, action, { ...leakOptions, ...options }),
      check: async (action, options) => {
        const report = await look(page, action, { ...leakOptions, ...options });
        if (report.leaks.length > 0)
          throw new Error(`Expected the page not to leak, but ${describeLeaks(report)}`);
      },
    });
  },
});

/** Playwright's `expect` with the matcher `toLeak`: `await expect(page).not.toLeak(action)`. */
export const expect = expectOfPlaywright.extend({
  async toLeak(page: Page, action: () => unknown, options: TestLeakOptions = {}): Promise<LeakMatcherResult> {
    const report = await look(page, action, options);
    const pass = report.leaks.length > 0;
    return {
      pass,
      name: 'toLeak',
      message: () =>
        pass
          ? `Expected the page not to leak, but ${describeLeaks(report)}`
          : `Expected the page to leak, but ${report.runs.reduce((sum, count) => sum + count, 0)} runs left nothing behind`,
    };
  },
});

/**
 * Looks for leaks as a step of the running test, and attaches what is found. In another browser than Chromium the action runs
 * once, and the test is skipped: nothing was looked for, which must not look like success.
 */
async function look(page: Page, action: () => unknown, options: TestLeakOptions): Promise<LeakReport> {
  const info = runningTest();
  if (info && info.timeout > 0) info.setTimeout(info.timeout + timeOfLooking);
  const files = options.snapshots === 'on-failure' && info ? new SnapshotFiles(info.outputDir) : null;
  const report = async ({ report: found, paths }: PageFindings): Promise<LeakReport> => {
    if (info && found.leaks.length > 0) {
      await attachReport(info, found, paths, files);
      for (const { summary } of found.leaks) info.annotations.push({ type: 'leak', description: summary });
    }
    return found;
  };
  const measured = () => withFindings(page, action, { ...options, keep: files?.keep }, report);
  try {
    return await (info ? testOfPlaywright.step('looks for leaks', measured) : measured());
  } catch (error) {
    if (!(error instanceof NotChromiumError) || info === null) throw error;
    await action();
    info.skip(true, `Leaks not checked: ${error.message}`);
    throw error;
  } finally {
    files?.close();
  }
}

/** Null outside of Playwright's own runner. */
function runningTest(): TestInfo | null {
  try {
    return testOfPlaywright.info();
  } catch {
    return null;
  }
}

export { describeLeaks };
export { findLeaks } from './find-leaks.ts';
export type { FoundLeak, LeakReport, PageLeakOptions };
