// Pictures of a heap, with the viewer warm: from the click on "Show references" in the tables, or from the key by which a picture
// grows, until all cards are painted. A new picture has about 60 cards; more come when it grows.
/* global document, MutationObserver, requestAnimationFrame */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Desktop } from '../../../build/scripts/desktop.mjs';
import { median } from './figures.mjs';
import { atRest, watchPicture } from './in-page.mjs';

/** Of a new picture. */
const mostAtFirst = 70;
/** The objects of the first two steps; those of the third are divided among them. */
const firstSteps = new Map([
  [60, [3, 3]],
  [300, [6, 6]],
]);

/** Writes a snapshot with an object of class `Drawn60` from which 59 others are reached in three steps. */
const program = (file, size) => `
  const fill = (owner, count, make) => {
    for (let i = 0; i < count; i++) owner['part' + i] = make(i);
    return owner;
  };
  const treeOf = (drawn, total, [first, second]) => {
    const leaves = total - 1 - first - first * second;
    const at = (i) => Math.floor(leaves / (first * second)) + (i < leaves % (first * second) ? 1 : 0);
    return fill(drawn, first, (i) =>
      fill({ name: 'part ' + i }, second, (j) =>
        fill({ name: 'part ' + i + '.' + j }, at(i * second + j), (k) => ({ name: 'leaf ' + k }))));
  };
  globalThis.drawn = treeOf(new (class Drawn${size} {})(), ${size}, ${JSON.stringify(firstSteps.get(size))});
  require('node:v8').writeHeapSnapshot(${JSON.stringify(file)});`;

/** From the next click on an item of a menu, or the next `>`, until a picture of so many nodes is painted and shown. In the page. */
function timeToPicture(nodes) {
  const canvas = document.querySelector('canvas');
  return new Promise((measured) => {
    let start = 0;
    const began = ({ target, key }) => {
      if (key !== '>' && !target.closest('[role=menuitem]')) return;
      start = performance.now();
      for (const type of ['click', 'keydown']) document.removeEventListener(type, began, { capture: true });
    };
    for (const type of ['click', 'keydown']) document.addEventListener(type, began, { capture: true });
    const observer = new MutationObserver(() => {
      if (start === 0 || Number(canvas.dataset.nodes) !== nodes) return;
      observer.disconnect();
      // What is painted in this frame can be seen when the next but one begins.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => requestAnimationFrame((time) => measured(time - start))),
      );
    });
    observer.observe(canvas, { attributes: true });
  });
}

/** Each size in a viewer of its own. */
export async function measureCards({ sizes, rounds, log }) {
  const results = [];
  for (const size of sizes) results.push({ cards: size, time: await measureSize(size, rounds, log) });
  return results;
}

/** Milliseconds, the median of the rounds. */
async function measureSize(size, rounds, log) {
  const desktop = await Desktop.start({ width: 1440, height: 900, flags: '--window-size=1440,900' });
  try {
    const file = join(desktop.folder, 'drawn.heapsnapshot');
    const { status, stderr } = spawnSync(process.execPath, ['-e', program(file, size)], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    desktop.command('cli', 'view', file);
    const page = await desktop.window('drawn.heapsnapshot');
    const object = page.getByRole('region', { name: 'Selected object' });
    const actions = object.getByRole('button', { name: 'Actions' }).first();
    const draw = async (picture) => {
      await actions.click();
      await page.getByRole('menuitem', { name: picture, exact: true }).click();
      await page.waitForFunction(atRest, 500);
    };
    await page.getByRole('tab', { name: 'Types' }).click();
    await page.evaluate(watchPicture);
    await page.getByRole('searchbox', { name: 'Filter types' }).fill(`Drawn${size}`);
    await page.getByRole('grid', { name: 'Types' }).getByText(`Drawn${size}`, { exact: true }).dblclick();
    await page
      .getByRole('grid', { name: `Instances of Drawn${size}` })
      .getByRole('row')
      .nth(1)
      .click();
    const times = [];
    const isGrown = size > mostAtFirst;
    if (isGrown) await draw('Show references');
    // The first two make it warm.
    for (let round = -2; round < rounds; round++) {
      if (!isGrown) await draw('Show path to root');
      const measured = page.evaluate(timeToPicture, size);
      if (isGrown) {
        await page.getByRole('application').first().press('>');
      } else {
        await actions.click();
        await page.getByRole('menuitem', { name: 'Show references', exact: true }).click();
      }
      const time = await measured;
      if (round >= 0) times.push(time);
      log(`${size} cards, round ${round + 1}`, Math.round(time));
      await page.waitForFunction(atRest, 500);
      if (isGrown) {
        await page.getByRole('application').first().press('Control+z');
        const isUndone = (nodes) => Number(document.querySelector('canvas').dataset.nodes) !== nodes;
        await page.waitForFunction(isUndone, size);
        await page.waitForFunction(atRest, 500);
      }
    }
    return Math.round(median(times));
  } finally {
    await desktop.close();
  }
}
