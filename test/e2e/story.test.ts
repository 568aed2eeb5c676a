// The whole story of docs/tutorial.md, in real windows: a server that leaks is attached to while it serves, its leaks are
// found, and they are gone once it is fixed. `node build/scripts/tutorial.mjs` keeps the pictures that are taken here.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listeningPorts } from '../../main/targets/listening-ports.ts';
import { freePort } from '../main/targets/programs.ts';
import {
  Desktop,
  firstHost,
  missingPrograms,
  objgraph,
  pictures,
  root,
  shows,
  until,
  type Running,
} from './desktop.ts';

/** Of a process and a heap on a machine that may be busy. */
const eventually = <T>(look: () => T) => expect.poll(look);
const missing = missingPrograms('Xvfb', 'chromium');
const shopFolder = join(root, 'main/demo/shop');

describe.skipIf(missing.length > 0).each(firstHost().filter((host) => host !== 'Electron'))(
  `a leak in a server, on %s ${missing.length > 0 ? `(no ${missing.join(', ')})` : ''}`,
  (host) => {
    const folder = process.env.OBJGRAPH_TUTORIAL ?? join(pictures, 'tutorial', host);
    let desktop: Desktop;
    let shop: Running;
    let address: string;
    let command: Running;
    let page: Page;

    beforeAll(async () => {
      mkdirSync(folder, { recursive: true });
      desktop = await Desktop.start(host);
      for (const name of readdirSync(shopFolder)) desktop.write(name, readFileSync(join(shopFolder, name)));
      // Not 9229: several tests run at once. Not any port: then its own would be asked whether it is the inspector's.
      shop = desktop.start(process.execPath, [`--inspect-port=${await freePort()}`, 'server.cjs']);
      await once(shop.child.stdout!, 'data');
      address = `http://127.0.0.1:${shop.stdout.trim()}`;
      // Before the story begins it is as warm as a server is.
      await order(50);
      command = desktop.command(objgraph, ['attach', '-g', '1180x760']);
      page = await desktop.window('objgraph');
      page.setDefaultTimeout(60_000);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === 'fail') await page?.screenshot({ path: join(pictures, 'story-failed.png') });
    });
    afterAll(() => desktop?.close());

    const customer = (number: number) => `Customer-${number}-of-the-shop`;
    async function order(count: number) {
      for (let i = 0; i < count; i++) {
        const answer = await fetch(`${address}/order`, { headers: { customer: customer(i) } });
        expect(await answer.text()).toBe('Thank you\n');
      }
    }

    const button = (name: string | RegExp, within: Page | Locator = page) =>
      within.getByRole('button', { name, exact: typeof name === 'string' });
    const grid = (name: string | RegExp) =>
      page.getByRole('grid', { name }).or(page.getByRole('treegrid', { name }));
    const rows = (name: string | RegExp) => grid(name).locator('[role=row]:not([aria-rowindex="1"])');
    const view = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    const suspect = (words: string) => page.getByRole('article').filter({ hasText: words });

    /** Once the picture rests. */
    async function photograph(name: string) {
      await eventually(() => page.locator('canvas').first().getAttribute('data-moving')).not.toBe('true');
      await resting();
      await page.screenshot({ path: join(folder, `${name}.png`) });
    }

    async function resting() {
      let last = '';
      await until('the picture to rest', async () => {
        const canvas = page.locator('canvas').first();
        const places = await Promise.all(['zoom', 'x', 'y'].map((one) => canvas.getAttribute(`data-${one}`)));
        const [before, now] = [last, places.join(' ')];
        last = now;
        await page.waitForTimeout(150);
        return before === now || null;
      });
    }

    async function takeSnapshot(number: number) {
      await button('Snapshot…').click();
      await button('Take snapshot', page.getByRole('dialog')).click();
      // One alone needs no row of snapshots.
      const closes = page.getByRole('button', { name: /^Close server.cjs/ });
      if (number > 1) await eventually(() => closes.count()).toBe(number);
      else await eventually(() => rows('Types').count()).toBeGreaterThan(0);
      await eventually(() => page.getByRole('progressbar').count()).toBe(0);
    }

    /** The nodes of the picture, as its outline lists them. */
    async function outline(): Promise<string[]> {
      const list = page.getByRole('complementary', { name: 'Outline' });
      if (await list.evaluate((aside) => aside.classList.contains('visually-hidden')))
        await button('Outline').click();
      const titles = await list.getByRole('option').allInnerTexts();
      return titles.map((title) => title.replaceAll(/\s+/g, ' ').trim());
    }

    it('is attached to while it serves', async () => {
      const dialog = page.getByRole('dialog', { name: 'Attach to a process' });
      await dialog.getByRole('searchbox').fill('shop');
      const row = rows('Processes').filter({ hasText: String(shop.child.pid) });
      await eventually(() => row.count()).toBe(1);
      expect(await row.innerText()).toMatch(/server\.cjs\s+shop/);
      await row.click();
      await photograph('attach');
      const serving = order(30);
      await button('Attach', dialog).last().click();
      await eventually(() => page.getByRole('toolbar', { name: 'Heap' }).innerText()).toContain('attached');
      await serving;
    });

    it('sees what a snapshot costs, and is asked', async () => {
      await button('Snapshot…').click();
      const dialog = page.getByRole('dialog');
      await eventually(() => dialog.innerText()).toMatch(/pause for .+ and need about\s+[\d.]+ MB/);
      await photograph('snapshot');
      await button('Cancel', dialog).click();
      await takeSnapshot(1);
      await photograph('types');
    });

    it('shows between two snapshots which class grew', async () => {
      await order(300);
      await takeSnapshot(2);
      await view('Growth');
      await page.getByRole('searchbox', { name: 'Filter types' }).fill('Order');
      await eventually(() => rows('Growth').count()).toBe(1);
      await eventually(() => rows('Growth').innerText()).toMatch(/Order\s+server\.cjs:7\s+380\s+\+300/);
      await page.getByRole('searchbox', { name: 'Filter types' }).fill('');
      await eventually(() => rows('Growth').count()).toBeGreaterThan(0);
      await photograph('growth');
    });

    it('names every leak', async () => {
      await view('Suspects');
      await eventually(() =>
        suspect('Map shop.orders on globalThis holds 380 Order, 300 more than before').count(),
      ).toBe(1);
      await eventually(() => suspect('380 listeners of price').count()).toBe(1);
      await eventually(() => suspect('380 timers wait to call').count()).toBe(1);
      await eventually(() => suspect('Array receipts in server.cjs holds 380 Function').count()).toBe(1);
      await photograph('suspects');
    });

    it('shows how sure it is by a bar of that length', async () => {
      const meters = page.getByRole('meter');
      for (const meter of await meters.all()) {
        const share = Number(await meter.getAttribute('aria-valuenow')) / 100;
        const [whole, part] = await Promise.all([meter.boundingBox(), meter.locator('span').boundingBox()]);
        expect(part!.width / whole!.width).toBeCloseTo(share, 1);
      }
    });

    it('draws the path that holds the orders', async () => {
      await suspect('holds 380 Order').locator('.top').click();
      await shows(page, { status: 'ready' });
      await eventually(async () => (await outline()).toSorted()).toEqual([
        expect.stringMatching(/^Map 380 entries/),
        expect.stringMatching(/^Object \{orders, prices\}/),
        expect.stringMatching(/^global/),
      ]);
      await button('Close the outline').click();
      await photograph('path');
    });

    it('answers an expression, and draws what it came to', async () => {
      const field = page.getByRole('combobox', { name: 'Expression' });
      await field.fill('globalThis.shop.orders');
      await button('Ask').click();
      const answer = page.getByRole('region', { name: 'Ask the process' }).getByRole('status');
      await eventually(() => answer.innerText()).toContain('Map(380)');
      await button('Draw', answer).click();
      await eventually(async () => (await outline()).join('; ')).toMatch(/\+ 377 × Order/);
    });

    it('adds to the picture on a click, and takes it back', async () => {
      const nodes = async () => Number(await page.locator('canvas').first().getAttribute('data-nodes'));
      const before = await nodes();
      await page.getByRole('option', { name: /\+ 377 × Order/ }).click();
      await resting();
      // Large enough to be read, with the box in the middle.
      await page.locator('.view').press('1');
      await resting();
      await page.getByRole('option', { name: /\+ 377 × Order/ }).click();
      await resting();
      await photograph('more');
      const { x, y, width, height } = (await page.locator('.view').boundingBox())!;
      await page.mouse.click(x + width / 2, y + height / 2);
      await eventually(nodes).toBeGreaterThan(before);
      await eventually(() => page.getByRole('log').innerText()).toMatch(/\d+ added/);
      const grown = await nodes();
      await page.locator('.view').focus();
      await page.keyboard.press('>');
      await eventually(nodes).toBeGreaterThan(grown);
      await button('Close the outline').click();
      await photograph('grown');
      await page.locator('.view').focus();
      await page.keyboard.press('Control+z');
      await eventually(nodes).toBe(grown);
      await page.keyboard.press('Control+z');
      await eventually(nodes).toBe(before);
    });

    it('is exported as a table and as a report, which shows no string when it is redacted', async () => {
      await resting();
      await view('Types');
      await page.getByRole('searchbox', { name: 'Filter types' }).fill('Order');
      await eventually(() => rows('Types').count()).toBe(1);
      await rows('Types').first().dblclick();
      await eventually(() => rows('Instances of Order').count()).toBeGreaterThan(5);
      await button('Export this table').click();
      const { text: csv } = await desktop.save(page, button('Export', page.getByRole('dialog')));
      expect(csv.trim().split('\n')).toHaveLength(381);

      const report = async (redacted: boolean) => {
        await button('Report on the selected object').click();
        await eventually(() => page.getByRole('textbox', { name: 'Title' }).inputValue()).not.toBe('');
        await page.getByRole('checkbox', { name: /Redact/ }).setChecked(redacted);
        return (await desktop.save(page, button('Save report', page.getByRole('dialog')))).text;
      };
      const section = page.getByRole('region', { name: 'Selected object' });
      await rows('Instances of Order').first().click();
      await eventually(() => section.innerText()).toMatch(/^Order/);
      await button('Actions', section).first().click();
      await page.getByRole('menuitem', { name: 'Show references', exact: true }).click();
      await eventually(async () => (await outline()).join('; ')).toMatch(/^Order/);
      await button('Close the outline').click();
      await photograph('object');
      const open = await report(false);
      expect(open).toContain('<svg');
      expect(open).toMatch(/Customer-\d+-of-the-shop/);
      const redacted = await report(true);
      expect(redacted).toContain('<svg');
      expect(redacted).not.toMatch(/of-the-shop|"order \d/);
    });

    it('grows no more once it is fixed', async () => {
      await fetch(`${address}/fix`, { method: 'POST' });
      await order(300);
      await takeSnapshot(3);
      await order(300);
      await takeSnapshot(4);
      await view('Suspects');
      await eventually(() => page.getByText('Nothing looks like a leak').count()).toBe(1);
      await view('Growth');
      await page.getByRole('combobox', { name: /^From/ }).selectOption({ index: 2 });
      await page.getByRole('searchbox', { name: 'Filter types' }).fill('Order');
      await eventually(() => page.getByText('No type that changed has “Order” in its name').count()).toBe(1);
      await page.getByRole('searchbox', { name: 'Filter types' }).fill('');
      await page.emulateMedia({ colorScheme: 'dark' });
      await photograph('fixed-dark');
      await page.emulateMedia({ colorScheme: 'light' });
    });

    it('is left with its inspector closed', async () => {
      await button('Detach').click();
      await eventually(() => page.getByRole('button', { name: 'Attach to a process' }).count()).toBe(1);
      const open = (await listeningPorts(shop.child.pid!)).map(({ port }) => port);
      expect(open).toEqual([Number(shop.stdout)]);
      await order(1);
      await page.close();
      expect(await command.ended).toBe(0);
      await until('the viewer to end', () => desktop.viewers().length === 0 || null);
      await expect.poll(() => desktop.leftovers()).toEqual([]);
    });
  },
);
