// Leaks of a page that Puppeteer drives, in Debian's Chromium.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeLeaks, findLeaks } from '../../../main/pages/find-leaks.ts';
import { expectOtherWindowsLookedAt } from './other-windows.ts';

const chromium = '/usr/bin/chromium';
const shop = pathToFileURL(join(import.meta.dirname, '../../fixtures/playwright/shop.html')).href;
vi.setConfig({ testTimeout: 240_000 });

describe.skipIf(!existsSync(chromium))('a page of Puppeteer', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await puppeteer.launch({ executablePath: chromium, args: ['--no-sandbox'] });
    page = await browser.newPage();
    await page.goto(shop);
  }, 60_000);
  afterAll(() => browser.close());

  const openAndClose = async (id: string) => {
    await page.click(`#${id}`);
    await page.click('button.ok');
  };

  it('that leaks is found out, with the object, its listener and the chain', async () => {
    const report = await findLeaks(page, () => openAndClose('leaky'), { runs: 5 });
    const found = report.leaks.map(({ cause, name, count }) => [cause, name, count]);
    expect(found).toContainEqual(['object', 'Session', 17]);
    const text = describeLeaks(report);
    expect(text).toMatch(/kept by script —variable sessions→ Map —entry→ Session/);
    expect(text).toMatch(/17 × listener "resize" on window that calls onResize/);
  });

  it('that does not leak has none, whatever the test keeps', async () => {
    const kept: unknown[] = [];
    const { leaks } = await findLeaks(
      page,
      async () => {
        kept.push(await page.evaluateHandle(() => document.createElement('section')), await page.$('#clean'));
        await openAndClose('clean');
      },
      { runs: 5 },
    );
    expect(leaks).toEqual([]);
  });

  it('has the other windows of its browser looked at, also one that is opened meanwhile', async () => {
    await expectOtherWindowsLookedAt(page, () => browser.newPage());
  });

  it('is left as it was: what was attached for it is detached', async () => {
    const detached = vi.fn();
    const createSession = page.createCDPSession.bind(page);
    const spy = vi.spyOn(page, 'createCDPSession').mockImplementation(async () => {
      const session = await createSession();
      const detach = session.detach.bind(session);
      session.detach = () => (detached(), detach());
      return session;
    });
    await findLeaks(page, () => openAndClose('clean'), { runs: 3 });
    expect(detached).toHaveBeenCalledTimes(spy.mock.calls.length);
    spy.mockRestore();
  });
});
