// The windows of a page that Playwright drives, in Debian's Chromium: one that is there, and one that a run opens.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findLeaks } from '../../../main/pages/find-leaks.ts';

const executablePath = '/usr/bin/chromium';
vi.setConfig({ testTimeout: 240_000 });

describe.skipIf(!existsSync(executablePath))('a page of Playwright', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  }, 60_000);
  afterAll(() => browser.close());

  it('has the other windows of its context looked at, also one that is opened meanwhile', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const tickets = `class Ticket {} globalThis.tickets = []; globalThis.add = () => { tickets.push(new Ticket()) }`;
    const openWindow = async () => {
      const other = await context.newPage();
      await other.goto('about:blank?window');
      await other.evaluate(tickets);
      return other;
    };
    const before = await openWindow();
    let meanwhile: Page | null = null;
    const { leaks } = await findLeaks(
      page,
      async () => {
        meanwhile ??= await openWindow();
        for (const other of [before, meanwhile]) await other.evaluate('add()');
      },
      { runs: 5 },
    );
    expect(leaks.map(({ name, count }) => [name, count])).toEqual([
      ['Ticket', 17],
      ['Ticket', 17],
    ]);
    for (const { heap } of leaks) expect(heap).toMatch(/^window /);
    await context.close();
  });
});
