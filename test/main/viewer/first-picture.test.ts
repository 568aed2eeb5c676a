// What a window shows before the page's program is there: the same picture in the same place, given once, and gone when it is painted.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeSettings } from '../../../main/settings.ts';
import { startBrowser } from '../../chromium.ts';
import { canBeOthers, OtherUser } from '../other-user.ts';
import { serve } from './served-session.ts';

const graph =
  'digraph { node [shape=box style=filled fillcolor="#ff00ff"] a -> b -> c; a -> c [label="<&> x"] }';

let browser: Browser;
let served: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser.close());
afterEach(async () => {
  served.server.close();
  await served.session.dispose();
  vi.unstubAllEnvs();
});

const isDrawn = async () => expect(await served.firstPicture).not.toBeNull();

/** The page before and after its program is there. */
async function bothOf(options: BrowserContextOptions = {}) {
  await isDrawn();
  const page = await (
    await browser.newContext({ viewport: { width: 1000, height: 720 }, ...options })
  ).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(/index-[^/]*\.js$/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(served.window.url, { waitUntil: 'commit' });
  await page.locator('.first-picture').first().waitFor({ state: 'attached' });
  await page.evaluate(() => document.fonts.ready.then(() => null));
  const before = await picturesOf(page);
  release();
  await page.locator('canvas[data-nodes="3"]').first().waitFor();
  await page.locator('.first-picture').first().waitFor({ state: 'detached' });
  const after = await picturesOf(page);
  expect(complaints).toEqual([]);
  await page.context().close();
  return { before, after };
}

/** The box of all nodes, by the hue of their colour, and the colour of a corner. */
async function picturesOf(page: Page) {
  const { data, width, height } = PNG.sync.read(await page.screenshot());
  let [left, top, right, bottom, filled] = [width, height, 0, 0, 0];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      if (data[at] < data[at + 1] + 100 || data[at + 2] < data[at + 1] + 100) continue;
      [left, top, right, bottom] = [
        Math.min(left, x),
        Math.min(top, y),
        Math.max(right, x),
        Math.max(bottom, y),
      ];
      filled++;
    }
  const paper = [...data.subarray(4 * width * (height - 100), 4 * width * (height - 100) + 3)];
  return { box: [left, top, right, bottom], filled, paper };
}

describe('before the program is there, the picture is where the program paints it', () => {
  it.each<[string, BrowserContextOptions, boolean]>([
    ['light', {}, true],
    ['dark', { colorScheme: 'dark' }, true],
    ['in a small window', { viewport: { width: 400, height: 240 } }, true],
    ['without a toolbar', {}, false],
  ])('%s', async (_name, options, toolbar) => {
    served = await serve(graph, { toolbar });
    const { before, after } = await bothOf(options);
    expect(before.paper).toEqual(after.paper);
    expect(after.filled).toBeGreaterThan(500);
    before.box.forEach((side, i) => expect(Math.abs(side - after.box[i])).toBeLessThanOrEqual(1));
    expect(Math.abs(before.filled / after.filled - 1)).toBeLessThan(0.03);
  });

  it('in the theme that the user has chosen, whatever the system has', async () => {
    vi.stubEnv('XDG_STATE_HOME', mkdtempSync(join(tmpdir(), 'objgraph-theme-')));
    writeSettings({ layout: { theme: 'dark' } });
    served = await serve(graph);
    const { before, after } = await bothOf();
    expect(before.paper).toEqual([0x17, 0x18, 0x1b]);
    expect(after.paper).toEqual(before.paper);
  });
});

describe('the picture is in the page', () => {
  const bodyOf = async (url: string) => (await fetch(url)).text();

  it('once, for who has its ticket', async () => {
    served = await serve(graph);
    await isDrawn();
    const { origin } = new URL(served.window.url);
    expect(await bodyOf(origin)).not.toContain('<svg');
    expect(await bodyOf(`${origin}/?picture=`)).not.toContain('<svg');
    const first = await bodyOf(served.window.url);
    expect(first).toContain('<svg class="first-picture on-light"');
    expect(first).toContain('&lt;&amp;&gt; x</text>');
    expect(await bodyOf(served.window.url)).not.toContain('<svg');
  });

  it.runIf(canBeOthers)('not for another user of the machine, who knows the ticket', async () => {
    served = await serve(graph);
    await isDrawn();
    const other = new OtherUser();
    const url = JSON.stringify(served.window.url);
    const page = await other.evaluate(`fetch(${url}).then((answer) => answer.text()).then(console.log)`);
    other.remove();
    expect(page).toContain('</body>');
    expect(page).not.toContain('<svg');
  });

  it.each([
    ['a gradient', 'digraph { a [style=filled fillcolor="red:blue"] }'],
    [
      'more than is painted at once',
      `digraph { ${Array.from({ length: 300 }, (_, i) => `a -> n${i}`).join(';')} }`,
    ],
    ['a page of the author’s own colour', 'digraph { bgcolor=yellow a }'],
    ['what is no graph', 'digraph {'],
  ])('unless it has %s', async (_what, text) => {
    served = await serve(text);
    await expect.poll(() => served.document.state.busySince).toBeNull();
    const page = await bodyOf(served.window.url);
    expect(page).not.toContain('<svg');
    expect(page).toContain('</body>');
  });
});
