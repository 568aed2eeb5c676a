// The windows of a page that Playwright drives, in Debian's Chromium: one that is there, and one that a run opens.
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { expectOtherWindowsLookedAt } from './other-windows.ts';
import { startBrowser } from '../../chromium.ts';

const executablePath = '/usr/bin/chromium';
vi.setConfig({ testTimeout: 240_000 });

describe.skipIf(!existsSync(executablePath))('a page of Playwright', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  }, 60_000);
  afterAll(() => browser.close());

  it('has the other windows of its context looked at, also one that is opened meanwhile', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await expectOtherWindowsLookedAt(page, () => context.newPage());
    await context.close();
  });
});
