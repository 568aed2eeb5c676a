// The pictures of docs/screenshots: the running viewer, photographed in the states that the documents speak of.
// `node build/scripts/screenshots.mjs [NAME …]` needs Xvfb, Chromium and Debian's graphviz-doc, after npm run build.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { treeLike } from '../../test/bench/viewer/graphs.mjs';
import { Desktop, root } from './desktop.mjs';

const folder = join(root, 'docs/screenshots');
/** Bytes: they are read over slow lines, and kept for ever. */
const most = 200_000;
const examples = '/usr/share/doc/graphviz/examples/graphs/directed';
/** With the colours that it has in Graphviz's gallery. */
const unix = readFileSync(join(examples, 'unix.gv'), 'utf8').replace(
  'size="6,6";',
  '$&\n\tnode [color=lightblue2, style=filled];',
);

const leak = `
import { EventEmitter } from 'node:events';
import v8 from 'node:v8';
class Session { constructor(user) { this.user = user; this.opened = new Date(); this.cart = [{ item: 'book', price: 12 }] } }
class User { constructor(i) { this.id = i; this.name = 'user-' + i; this.mail = this.name + '@example.org' } }
export const sessions = new Map();
const bus = new EventEmitter();
bus.setMaxListeners(0);
let next = 0;
function serve() {
  const session = new Session(new User(next++));
  sessions.set('session-' + next, session);
  bus.on('news', () => session.user.name);
}
for (const file of process.argv.slice(2)) {
  for (let i = 0; i < 4000; i++) serve();
  v8.writeHeapSnapshot(file);
}
`;

const desktop = await Desktop.start({
  width: 1400,
  flags: '--force-device-scale-factor=2 --window-size=1000,680',
});

/** Opens a file in a window of its own. */
async function open(file, ...options) {
  desktop.command('cli', 'view', ...options, file);
  const page = await desktop.window(basename(file));
  await page.setViewportSize({ width: 1000, height: 640 });
  return page;
}

async function openGraph(name, dot, ...options) {
  const page = await open(desktop.write(name, dot), ...options);
  await page.waitForSelector('canvas[data-status=ready]', { timeout: 120_000 });
  await page.keyboard.press('w');
  await settled(page);
  return page;
}

/** Until the camera rests and the picture is sharp. */
async function settled(page) {
  let before = '';
  for (;;) {
    const { x, y, zoom, paints } = await page
      .locator('canvas')
      .first()
      .evaluate(({ dataset }) => ({ ...dataset }));
    const now = [x, y, zoom, paints].join();
    if (now === before) return;
    before = now;
    await page.waitForTimeout(300);
  }
}

/** Selects a node by the outline, which centres it. */
async function choose(page, name) {
  await page.keyboard.press('o');
  await page.getByRole('searchbox', { name: 'Filter nodes' }).fill(name);
  await page.getByRole('listbox', { name: 'Nodes' }).getByRole('option', { name }).first().click();
  await page.getByRole('application').focus();
  await settled(page);
}

let snapshots = null;
async function openHeap() {
  if (!snapshots) {
    snapshots = ['before', 'after'].map((name) => join(desktop.folder, `${name}.heapsnapshot`));
    const program = desktop.write('server.mjs', leak);
    const { status, stderr } = spawnSync(process.execPath, [program, ...snapshots], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
  const page = await open(snapshots[1]);
  await page.getByRole('tab', { name: 'Types' }).waitFor();
  await page.getByRole('progressbar').first().waitFor({ state: 'detached' });
  return page;
}

const states = {
  light: () => openGraph('unix.gv', unix),
  async dark() {
    const page = await openGraph('unix.gv', unix);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    return page;
  },
  large: () => openGraph('objects.dot', treeLike(1500, { width: 60, color: '#9ecae1' })),
  async find() {
    const page = await openGraph('unix.gv', unix);
    await page.keyboard.press('f');
    await page.keyboard.type('system');
    await page.keyboard.press('Enter');
    await settled(page);
    return page;
  },
  async hover() {
    const page = await openGraph('unix.gv', unix);
    await page.keyboard.press('f');
    await page.keyboard.type('7th');
    await page.keyboard.press('Enter');
    await settled(page);
    await page.keyboard.press('Escape');
    const { x, y, width, height } = await page.locator('.view').boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.waitForSelector('canvas[data-hovered="7th Edition"]');
    await settled(page);
    return page;
  },
  async error() {
    const page = await openGraph('unix.gv', unix);
    desktop.write('unix.gv', unix.replace('"5th Edition" ->', '"5th Edition" =>'));
    await page.getByRole('alert').waitFor();
    await settled(page);
    return page;
  },
  async exploring() {
    const page = await openGraph('objects.dot', treeLike(300, { color: '#c7e9c0' }));
    await choose(page, 'Object 2');
    await page.keyboard.press('1');
    await page.keyboard.press('d');
    await settled(page);
    return page;
  },
  async palette() {
    const page = await openGraph('unix.gv', unix);
    await choose(page, '5th Edition');
    await page.keyboard.press('o');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Action' }).fill('show');
    return page;
  },
  types: () => openHeap(),
  async path() {
    const page = await openHeap();
    await page.getByRole('row', { name: /^Session/ }).dblclick();
    await page.getByRole('grid', { name: 'Instances of Session' }).getByRole('row').nth(1).click();
    await page.getByRole('row', { selected: true }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /path to/i }).click();
    await page.mouse.move(500, 20);
    await page.waitForSelector('canvas[data-status=ready]');
    await settled(page);
    return page;
  },
  async suspects() {
    const page = await openHeap();
    await page.getByRole('tab', { name: 'Suspects' }).click();
    await page.getByRole('article').first().getByRole('button').first().click();
    await page.waitForSelector('canvas[data-status=ready]');
    await page.mouse.move(500, 20);
    await settled(page);
    return page;
  },
};

mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
try {
  for (const name of wanted.length > 0 ? wanted : Object.keys(states)) {
    const page = await states[name]();
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    await page.close();
    await desktop.clear();
    const { size } = statSync(path);
    console.log(`${name}.png, ${size} bytes`);
    if (size > most) throw new Error(`${path} has ${size} bytes, more than ${most}`);
  }
} finally {
  await desktop.close();
}
