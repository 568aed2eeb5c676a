// The window while a hand pans and zooms: the real page, moved by real input, and the times of its frames.
import { Desktop } from '../../../build/scripts/desktop.mjs';
import { placed } from './graphs.mjs';
import { atRest, framesSeen, sharpAfter, watchFrames, watchPicture } from './in-page.mjs';

/** Milliseconds without a change after which a picture is at rest. */
const rest = 600;

async function pan(page, x, y) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 1; i <= 90; i++) {
    const angle = (i / 90) * 2 * Math.PI;
    await page.mouse.move(x + 150 * Math.sin(angle), y + 100 * (1 - Math.cos(angle)));
  }
  await page.mouse.up();
}

async function zoom(page, x, y) {
  await page.mouse.move(x, y);
  for (let i = 0; i < 90; i++) await page.mouse.wheel(0, i < 45 ? -20 : 20);
}

async function move(page, gesture) {
  const { x, y, width, height } = await page.locator('.view').boundingBox();
  await page.evaluate(watchPicture);
  await page.evaluate(watchFrames);
  await gesture(page, x + width / 2, y + height / 2);
  const figures = await page.evaluate(framesSeen);
  await page.waitForFunction(atRest, rest, { polling: 50 });
  const sharp = await page.evaluate(sharpAfter);
  return { ...figures, sharp };
}

/** Of the runs of a gesture the one whose rate is the median. */
const middle = (runs) => runs.toSorted((a, b) => a.perSecond - b.perSecond)[runs.length >> 1];

export async function measureFrames({ sizes, rounds, log }) {
  const results = [];
  for (const nodes of sizes) {
    const desktop = await Desktop.start();
    try {
      const name = `placed-${nodes}.dot`;
      const began = performance.now();
      desktop.command('xdot', '-n', '-g', '1200x850', desktop.write(name, placed(nodes)));
      const page = await desktop.window(name);
      await page.waitForSelector('canvas[data-status=ready]', { timeout: 120_000 });
      const opened = Math.round(performance.now() - began);
      const runs = { pan: [], zoom: [] };
      for (let round = 0; round < rounds; round++) {
        runs.pan.push(await move(page, pan));
        runs.zoom.push(await move(page, zoom));
        log(`frames, ${nodes} nodes, round ${round + 1}`, runs.pan.at(-1), runs.zoom.at(-1));
      }
      results.push({ nodes, opened, pan: middle(runs.pan), zoom: middle(runs.zoom) });
    } finally {
      await desktop.close();
    }
  }
  return results;
}
