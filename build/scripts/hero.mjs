// The pictures at the top of the README: the viewer on a server that leaks, light and dark, and an animated one of how the leak is
// found. `node build/scripts/hero.mjs`, after npm run build; needs Xvfb, Chromium and ImageMagick.
// Every frame is a real window's; only the pointer is drawn over it, as a screenshot has none.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Desktop, root, until } from './desktop.mjs';

/** Bytes of the animated picture at most. */
const most = 2_000_000;
const size = { width: 1120, height: 700 };

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
await order(60);

desktop.spawn(process.execPath, join(root, 'dist/cli.js'), 'attach');
const page = await desktop.window('');
page.setDefaultTimeout(20_000);
await page.setViewportSize(size);
await page.emulateMedia({ colorScheme: 'light' });

/** The frames, and for how many hundredths of a second each is seen. */
const frames = [];
async function frame(hundredths) {
  const path = join(desktop.folder, `frame-${String(frames.length).padStart(3, '0')}.png`);
  await page.screenshot({ path });
  frames.push({ path, hundredths });
}

let pointer = { x: size.width / 2, y: size.height - 60 };
async function showPointer(pressed = false) {
  await page.evaluate(
    ({ x, y, pressed }) => {
      const { document } = globalThis;
      let image = document.getElementById('hero-pointer');
      if (!image) {
        image = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        image.id = 'hero-pointer';
        image.setAttribute('width', '28');
        image.setAttribute('height', '28');
        const arrow = document.createElementNS('http://www.w3.org/2000/svg', 'path');
        arrow.setAttribute('d', 'M2 1v19l5-4.5 3.2 7.5 3-1.3-3.1-7.2H17z');
        arrow.setAttribute('stroke', '#fff');
        arrow.setAttribute('stroke-width', '1.5');
        image.append(arrow);
        Object.assign(image.style, { position: 'fixed', zIndex: '9999', pointerEvents: 'none', margin: '0' });
      }
      // Over a dialog that is open, too.
      (document.querySelector('dialog[open]') ?? document.body).append(image);
      Object.assign(image.style, { left: `${x - 2}px`, top: `${y - 1}px` });
      image.firstChild.setAttribute('fill', pressed ? '#0b62d6' : '#111');
    },
    { ...pointer, pressed },
  );
}

/** Moves the pointer there, presses, and shows it. */
async function press(locator, { double = false } = {}) {
  await locator.waitFor();
  const box = await locator.boundingBox();
  const to = { x: box.x + Math.min(box.width / 2, 160), y: box.y + box.height / 2 };
  const from = pointer;
  const steps = 7;
  for (let i = 1; i <= steps; i++) {
    const t = i / steps;
    const eased = t * t * (3 - 2 * t);
    pointer = { x: from.x + (to.x - from.x) * eased, y: from.y + (to.y - from.y) * eased };
    await page.mouse.move(pointer.x, pointer.y);
    await showPointer();
    await frame(i === steps ? 25 : 5);
  }
  await showPointer(true);
  await frame(14);
  await page.mouse.click(to.x, to.y, { clickCount: double ? 2 : 1 });
  await page.waitForTimeout(60);
}

async function rest() {
  await until('work to end', async () => (await page.getByRole('progressbar').count()) === 0);
  let before = '';
  for (;;) {
    await page.waitForTimeout(300);
    const now = JSON.stringify(
      await page.locator('canvas').evaluateAll((all) => all.map(({ dataset }) => ({ ...dataset }))),
    );
    if (now === before) return;
    before = now;
  }
}

/** As it is now, for as long as it takes to read. */
async function pause(hundredths) {
  await rest();
  await showPointer();
  await frame(hundredths);
}

const button = (name) => page.getByRole('button', { name }).first();
const dialog = page.getByRole('dialog');

async function takeSnapshot(number) {
  await press(button(/^Snapshot/));
  await until('the estimate', async () => /pause for/.test(await dialog.innerText()));
  await press(dialog.getByRole('button', { name: 'Take snapshot' }));
  for (let i = 0; i < 3; i++) {
    await showPointer();
    await frame(18);
    await page.waitForTimeout(250);
  }
  if (number > 1)
    await until(
      'the snapshot',
      async () => (await page.getByRole('button', { name: /^Close server/ }).count()) >= number,
    );
  await page.getByRole('tab', { name: 'Types' }).waitFor({ timeout: 30_000 });
}

async function still(name, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(() => globalThis.document.getElementById('hero-pointer')?.remove());
  await page.mouse.move(size.width / 2, 5);
  await rest();
  const shot = join(desktop.folder, 'still.png');
  await page.screenshot({ path: shot });
  const file = join(root, `docs/${name}.webp`);
  execFileSync('convert', [shot, '-quality', '82', '-define', 'webp:method=6', file]);
  console.log(file.slice(root.length + 1), statSync(file).size, 'bytes');
}

try {
  const server = page
    .getByRole('grid', { name: 'Processes' })
    .locator('[role=row]')
    .filter({ hasText: String(shop.pid) });
  await server.waitFor();
  await showPointer();
  await frame(90);
  await press(server);
  await press(dialog.getByRole('button', { name: 'Attach', exact: true }).last());
  await button(/^Snapshot/).waitFor();
  await pause(70);
  await takeSnapshot(1);
  await pause(120);
  await order(300);
  await page.waitForTimeout(2500);
  await takeSnapshot(2);
  const cards = page.getByRole('article');
  await cards.first().waitFor();
  await pause(220);
  await press(cards.filter({ hasText: 'Order' }).first().getByRole('button').first());
  await pause(240);
  await press(button('References'));
  await pause(260);

  await cards.filter({ hasText: 'receipts' }).first().getByRole('button').first().click();
  await button('Close the object pane').click();
  await rest();
  await order(200);
  await page.waitForTimeout(6500);
  await still('hero-light', 'light');
  await still('hero-dark', 'dark');

  const animated = join(root, 'docs/hero.gif');
  execFileSync('convert', [
    ...frames.flatMap(({ path, hundredths }) => ['-delay', String(hundredths), path]),
    '-loop',
    '0',
    '-resize',
    '860x',
    '+dither',
    '-colors',
    '64',
    '-layers',
    'optimize',
    animated,
  ]);
  const { size: bytes } = statSync(animated);
  const seconds = frames.reduce((sum, { hundredths }) => sum + hundredths, 0) / 100;
  console.log(`docs/hero.gif ${bytes} bytes, ${frames.length} frames, ${seconds} s`);
  if (bytes > most) throw new Error(`it is larger than ${most} bytes`);
} catch (error) {
  await page.screenshot({ path: join(root, 'test-results/hero-failed.png') });
  throw error;
} finally {
  await desktop.close();
  shop.kill();
}
