// A large snapshot in the window: how soon its tables are there, what it takes of memory, and how a long list scrolls.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { Desktop, until } from '../../../build/scripts/desktop.mjs';
import { snapshotOf } from '../snapshots.mjs';
import { median } from './figures.mjs';
import { framesSeen, nextFrame, rowsAreThere, watchFrames } from './in-page.mjs';
import { memoryByRole } from './memory.mjs';

/** Works until no progress is reported any more; between two steps there may be none for a moment. */
async function allViewsReady(page) {
  let quietSince = null;
  return until(
    'all views',
    async () => {
      const busy = (await page.getByRole('progressbar').count()) > 0;
      quietSince = busy ? null : (quietSince ?? performance.now());
      return quietSince !== null && performance.now() - quietSince > 700 && quietSince;
    },
    { seconds: 180 },
  );
}

async function scroll(page, rows) {
  const table = page.getByRole('grid');
  await table.hover();
  await page.evaluate(watchFrames);
  for (let i = 0; i < 150; i++) await page.mouse.wheel(0, 120);
  const wheel = await page.evaluate(framesSeen);

  const jumps = [];
  for (let i = 1; i <= 15; i++) {
    const start = performance.now();
    await table.evaluate(
      (element, share) => (element.scrollTop = share * element.scrollHeight),
      (i * 0.381966) % 1,
    );
    await page.evaluate(nextFrame);
    await page.waitForFunction(rowsAreThere);
    jumps.push(performance.now() - start);
  }
  return { rows, wheel, jump: Math.round(median(jumps)), longestJump: Math.round(Math.max(...jumps)) };
}

export async function measureHeap({ megabytes, log }) {
  const file = snapshotOf(megabytes);
  const desktop = await Desktop.start({ flags: '--window-size=1200,850' });
  try {
    const began = performance.now();
    const after = (moment = performance.now()) => Math.round(moment - began);
    desktop.command('cli', 'view', file);
    const page = await desktop.window(basename(file), 120);
    await page.waitForFunction(rowsAreThere, null, { timeout: 300_000 });
    const table = after();
    log(`heap of ${megabytes} MB`, { table });
    await page.evaluate(watchFrames);
    const views = after(await allViewsReady(page));
    const whileWorking = await page.evaluate(framesSeen);
    const memory = memoryByRole(desktop.processes());
    log(`heap of ${megabytes} MB`, { views, ...memory });

    await page.getByRole('columnheader', { name: 'Count' }).getByRole('button').click();
    await page.waitForTimeout(300);
    await page.waitForFunction(rowsAreThere);
    await page.getByRole('row').nth(1).dblclick();
    const list = page.getByRole('grid', { name: /^Instances of/ });
    await list.waitFor();
    await page.waitForFunction(rowsAreThere);
    const type = (await list.getAttribute('aria-label')).replace('Instances of ', '');
    const scrolling = { type, ...(await scroll(page, Number(await list.getAttribute('aria-rowcount')) - 1)) };
    log(`heap of ${megabytes} MB`, scrolling);
    return { megabytes, bytes: statSync(file).size, table, views, whileWorking, memory, scrolling };
  } finally {
    await desktop.close();
  }
}
