// docs/screenshots/tour: twelve places of the viewer on a server that leaks, light and dark, as they were and as they are.
// `node build/scripts/tour.mjs [before|after] [--dist FOLDER]`, after npm run build; needs Xvfb, Chromium and ImageMagick.
// The server is the shop of docs/tutorial.md.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Desktop, root, until } from './desktop.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { dist: { type: 'string' } } });
const moment = positionals[0] ?? 'after';
const dist = resolve(root, values.dist ?? 'dist');
const folder = join(root, 'docs/screenshots/tour');
mkdirSync(folder, { recursive: true });

const desktop = await Desktop.start({ width: 1600, height: 1000 });
const shop = spawn(process.execPath, ['--inspect-port=0', 'server.cjs'], {
  cwd: join(root, 'main/demo/shop'),
});
const address = `http://127.0.0.1:${String((await once(shop.stdout, 'data'))[0]).trim()}`;

let ordered = 0;
async function order(count) {
  for (let i = 0; i < count; i++)
    await (await fetch(`${address}/order`, { headers: { customer: `user${ordered++}` } })).text();
}

let page;
const button = (name, within = page) => within.getByRole('button', { name }).first();
const rows = (name) =>
  page
    .getByRole('grid', { name })
    .or(page.getByRole('treegrid', { name }))
    .locator('[role=row]:not([aria-rowindex="1"])');

async function openWindow(...args) {
  desktop.spawn(process.execPath, join(dist, 'cli.js'), ...args);
  page = await desktop.window('');
  page.setDefaultTimeout(15_000);
  await resize(1280, 800);
}

async function resize(width, height) {
  await page.setViewportSize({ width, height });
  await page.waitForTimeout(300);
}

/** Until the camera rests and nothing runs. */
async function rest() {
  await page.mouse.move(640, 5);
  await until('work to end', async () => (await page.getByRole('progressbar').count()) === 0);
  let before = '';
  for (;;) {
    await page.waitForTimeout(350);
    const canvases = await page
      .locator('canvas')
      .evaluateAll((all) => all.map(({ dataset }) => ({ ...dataset })));
    const now = JSON.stringify(canvases);
    if (now === before) return;
    before = now;
  }
}

async function photograph(name) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    await rest();
    const file = join(folder, `${name}-${scheme}-${moment}.webp`);
    const shot = join(desktop.folder, 'shot.png');
    await page.screenshot({ path: shot });
    execFileSync('convert', [shot, '-quality', '72', '-define', 'webp:method=6', file]);
    console.log(file.slice(root.length + 1), statSync(file).size, 'bytes');
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function takeSnapshot(number) {
  await button(/^Snapshot/).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take snapshot' }).click();
  if (number > 1)
    await until(
      'the snapshot',
      async () => (await page.getByRole('button', { name: /^Close server/ }).count()) >= number,
    );
  await page.getByRole('tab', { name: 'Types' }).waitFor({ timeout: 30_000 });
  await rest();
}

const view = (name) => page.getByRole('tab', { name }).click();

async function menuOf(row, item) {
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  await rest();
}

try {
  await openWindow('view');
  await photograph('01-start');

  await order(50);
  await button(/^Attach to a process/).click();
  const server = rows('Processes').filter({ hasText: String(shop.pid) });
  await server.click();
  await photograph('02-attach');
  await server.dblclick();

  await order(300);
  await button(/^Snapshot/).waitFor();
  await takeSnapshot(1);
  await photograph('03-first-snapshot');

  await view('Types');
  await photograph('04-types');

  await page.getByRole('searchbox', { name: 'Filter types' }).fill('Order');
  await until('the filter', async () => (await rows('Types').count()) === 1);
  await rows('Types').first().dblclick();
  await rows('Instances of Order').nth(2).click();
  await photograph('05-instances');

  await order(350);
  await takeSnapshot(2);
  await view('Growth');
  await rest();
  await photograph('06-growth');

  await view('Suspects');
  const cards = page.getByRole('article');
  await cards.first().waitFor();
  await photograph('07-suspects');

  const map = cards.filter({ hasText: 'Order' }).first();
  await map.getByRole('button').first().click();
  if (moment === 'before') await button('Show path to root', map).click();
  await photograph('08-path');

  const section = page.getByRole('region', { name: 'Selected object' });
  const actions = section.getByRole('button', { name: /^(What can be done with it|Actions)$/ }).first();
  await actions.click();
  await page.getByRole('menuitem', { name: 'Show references', exact: true }).click();
  await photograph('09-map-of-700');

  await view('Types');
  await page.getByRole('searchbox', { name: 'Filter types' }).fill('Order');
  await until('the filter', async () => (await rows('Types').count()) === 1);
  await menuOf(rows('Types').first(), 'Show merged back references');
  await photograph('10-merged-back-references');

  await view('Suspects');
  const first = cards.first();
  await first.getByRole('button').first().click();
  await button(/^Report/, first).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Save report' }).click(),
  ]);
  const report = join(desktop.folder, 'report.html');
  await download.saveAs(report);
  await resize(800, 600);
  await photograph('12-small');

  await resize(1280, 800);
  await page.goto(pathToFileURL(report).href);
  await photograph('11-report');
} catch (error) {
  await page?.screenshot({ path: join(root, 'test-results/tour-failed.png') });
  throw error;
} finally {
  await desktop.close();
  shop.kill();
}
