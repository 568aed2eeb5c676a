// Firefox has no DevTools protocol: a clear refusal, before the action runs. The browser is that of the machine, or of
// OBJGRAPH_FIREFOX; where there is none, only Puppeteer's own error is tried.
import { existsSync } from 'node:fs';
import puppeteer, { UnsupportedOperation, type Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findLeaks, NotChromiumError, type PuppeteerPage } from '../../../main/pages/find-leaks.ts';

const firefox = process.env.OBJGRAPH_FIREFOX ?? '/usr/bin/firefox-esr';
const refusal = 'leaks are found in Chromium only: this browser has no DevTools protocol';

async function expectRefusal(page: PuppeteerPage): Promise<void> {
  const action = vi.fn();
  const failure: unknown = await findLeaks(page, action).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NotChromiumError);
  expect((failure as Error).message).toBe(refusal);
  expect(action).not.toHaveBeenCalled();
}

describe.skipIf(!existsSync(firefox))('Firefox, driven by Puppeteer through WebDriver BiDi', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefox });
  }, 60_000);
  afterAll(() => browser.close());

  it('is refused, and the action does not run', async () => {
    await expectRefusal(await browser.newPage());
  });
});

it('the error that Puppeteer throws for Firefox, which has no message, becomes a refusal', async () => {
  const page = {
    createCDPSession: () => Promise.reject(new UnsupportedOperation()),
    browserContext: () => ({}),
    url: () => 'about:blank',
  };
  await expectRefusal(page);
});

it('another failure of a driver stays what it is', async () => {
  const page = {
    createCDPSession: () => Promise.reject(new Error('Target closed')),
    browserContext: () => ({}),
    url: () => 'about:blank',
  };
  await expect(findLeaks(page, () => {})).rejects.toThrow(/^Target closed$/);
});
