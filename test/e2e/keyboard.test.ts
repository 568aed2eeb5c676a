// The tutorial without a mouse: a server that leaks is attached to, two snapshots are taken, the leak is found and drawn, and the
// process is left, with keys alone.
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../main/targets/programs.ts';
import { Desktop, missingPrograms, objgraph, root, type Running } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');
const shopFolder = join(root, 'main/demo/shop');
const eventually = <T>(look: () => T) => expect.poll(look);

describe.skipIf(missing.length > 0)(`the tutorial by keys ${missing.join(', ')}`, () => {
  let desktop: Desktop;
  let shop: Running;
  let address: string;
  let page: Page;

  beforeAll(async () => {
    desktop = await Desktop.start();
    for (const name of readdirSync(shopFolder)) desktop.write(name, readFileSync(join(shopFolder, name)));
    shop = desktop.start(process.execPath, [`--inspect-port=${await freePort()}`, 'server.cjs']);
    await once(shop.child.stdout!, 'data');
    address = `http://127.0.0.1:${shop.stdout.trim()}`;
    await order(50);
    desktop.command(objgraph, ['attach', '-g', '1180x760']);
    page = await desktop.window('objgraph');
    page.setDefaultTimeout(60_000);
  });
  afterAll(() => desktop?.close());

  async function order(count: number) {
    for (let i = 0; i < count; i++)
      await (await fetch(`${address}/order`, { headers: { customer: `Customer-${i}` } })).text();
  }
  const press = (key: string) => page.keyboard.press(key);
  const type = (text: string) => page.keyboard.type(text);
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement!;
      return element.getAttribute('aria-label') ?? element.textContent;
    });
  const heading = () => page.getByRole('group', { name: 'Picture' }).innerText();
  const selectedTab = () => page.getByRole('tab', { selected: true }).first().innerText();
  const command = async (name: string) => {
    await press('Control+k');
    await eventually(focused).toBe('Action');
    await type(name);
    const first = page.getByRole('dialog').getByRole('option').first();
    await eventually(async () => (await first.innerText()).startsWith(name)).toBe(true);
    await press('Enter');
  };

  async function takeSnapshot() {
    await press('s');
    // The button that takes it has the focus, once what it costs is known.
    await eventually(focused).toBe('Take snapshot');
    await press('Enter');
  }

  it('attaches to the process that is typed', async () => {
    await eventually(() =>
      page.getByRole('grid', { name: 'Processes' }).getByRole('row').count(),
    ).toBeGreaterThan(1);
    await type(String(shop.child.pid));
    await eventually(() => page.getByRole('grid', { name: 'Processes' }).innerText()).toContain('server.cjs');
    await press('ArrowDown');
    await press('Enter');
    await eventually(() => page.getByRole('toolbar', { name: 'Heap' }).innerText()).toContain('attached');
  });

  it('takes two snapshots, after which the suspects are there', async () => {
    await takeSnapshot();
    await eventually(() => page.getByRole('tab', { name: 'Types' }).count()).toBe(1);
    await eventually(() => page.getByRole('progressbar').count()).toBe(0);
    await order(300);
    await takeSnapshot();
    await eventually(() => page.getByRole('button', { name: /^Close server.cjs/ }).count()).toBe(2);
    await eventually(selectedTab).toMatch(/^Suspects/);
    await eventually(() => page.getByRole('article').count()).toBeGreaterThan(2);
  });

  it('finds the leak among them, and draws its path', async () => {
    await press('Alt+1');
    for (let i = 0; i < 6 && !/350 Order/.test((await focused()) ?? ''); i++) await press('ArrowDown');
    expect(await focused()).toMatch(/shop\.orders.*350 Order/);
    await press('Enter');
    await eventually(heading).toMatch(/^Path to root of Map/);
  });

  it('sees what grew', async () => {
    await press('Alt+3');
    await eventually(focused).toBe('Growth');
    await press('/');
    await type('Order');
    const growth = page.getByRole('grid', { name: 'Growth' });
    await eventually(() => growth.getByRole('row').count()).toBe(2);
    expect(await growth.innerText()).toMatch(/Order[^]*\+300/);
  });

  it('asks the process, draws the answer, lets the picture grow and undoes that', async () => {
    const nodes = async () => Number(await page.locator('canvas').first().getAttribute('data-nodes'));
    await press('Escape');
    await press('e');
    await eventually(focused).toBe('Expression');
    await type('globalThis.shop.orders');
    await press('Enter');
    const answer = page.getByRole('region', { name: 'Ask the process' }).getByRole('status');
    await eventually(() => answer.innerText()).toContain('Map(350)');
    for (let i = 0; i < 3 && (await focused()) !== 'Draw'; i++) await press('Shift+Tab');
    await press('Enter');
    await eventually(heading).toMatch(/^References of Map 350 entries/);
    const before = await nodes();
    await command('+ 347 × Order');
    for (let i = 0; i < 4 && !/^Graph of/.test((await focused()) ?? ''); i++) await press('F6');
    await press('Enter');
    await eventually(nodes).toBe(before + 10);
    await press('>');
    await eventually(nodes).toBeGreaterThan(before + 10);
    await press('Control+z');
    await press('Control+z');
    await eventually(nodes).toBe(before);
  });

  it('goes to its class, to an object of it, and back', async () => {
    await press('Alt+2');
    await eventually(focused).toBe('Types');
    await press('/');
    await type('Order');
    await eventually(() => page.getByRole('grid', { name: 'Types' }).getByRole('row').count()).toBe(2);
    await press('F6');
    for (let i = 0; i < 3 && (await focused()) !== 'Types'; i++) await press('F6');
    await press('ArrowDown');
    await press('Enter');
    await eventually(focused).toBe('Instances of Order');
    await press('ArrowDown');
    await eventually(() => page.getByRole('region', { name: 'Selected object' }).innerText()).toMatch(
      /^Order/,
    );
    await eventually(heading).toMatch(/^Path to root of Order/);
    await press('Backspace');
    await eventually(focused).toBe('Types');
    await press('Alt+ArrowLeft');
    await eventually(() => page.getByRole('grid', { name: 'Instances of Order' }).count()).toBe(1);
  });

  it('saves a report on it', async () => {
    await command('Report on the selected object');
    const title = page.getByRole('dialog').getByRole('textbox', { name: 'Title' });
    await eventually(() => title.evaluate((field) => field === document.activeElement)).toBe(true);
    await eventually(() => title.inputValue()).toMatch(/^Order/);
    const [file] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
    expect(file.suggestedFilename()).toMatch(/\.html$/);
  });

  it('switches to the dark theme, and leaves the process', async () => {
    await command('Theme: dark');
    await eventually(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await command('Detach');
    await eventually(() => page.getByRole('button', { name: 'Attach to a process' }).count()).toBe(1);
    await order(1);
  });
});
