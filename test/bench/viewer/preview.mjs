// A graph over which `dot` takes long: when its window shows a preview whose words can be read, and when the layout by `dot` replaces
// it, which is what there was to see before there were previews.
import { Desktop, until } from '../../../build/scripts/desktop.mjs';
import { medians } from './figures.mjs';
import { marker, treeLike } from './graphs.mjs';

async function once(desktop, file, { nodes, patience }) {
  const began = performance.now();
  const after = () => Math.round(performance.now() - began);
  desktop.command('xdot', file);
  const page = await desktop.window('previewed.dot');
  const canvas = page.locator('canvas').first();
  // An overview fades its edges, so the colour of a pixel does not show that they are painted.
  const isPainted = async () => (await canvas.getAttribute('data-nodes')) === String(nodes);
  await until('the preview', isPainted, { seconds: patience });
  const preview = after();
  const isPreview = (await page.getByText('A preview by sfdp').count()) > 0;
  // Find comes near enough to read its words.
  await page.keyboard.press('/');
  await page.keyboard.type('Object 4321');
  await page.keyboard.press('Enter');
  const zoomed = async () => Number(await canvas.getAttribute('data-zoom')) * 14 >= 9;
  await until('text that can be read', zoomed, { seconds: patience });
  const readable = after();
  const replaced = await page
    .getByText('A preview by sfdp')
    .waitFor({ state: 'detached', timeout: 1000 * patience })
    .then(after, () => null);
  await desktop.clear();
  return { preview, isPreview, readable, replaced };
}

export async function measurePreview({ nodes, rounds, patience, log }) {
  const desktop = await Desktop.start();
  try {
    const text = treeLike(nodes, { edgeColor: marker, more: 0.2 });
    const file = desktop.write('previewed.dot', text);
    const runs = [];
    for (let round = 0; round < rounds; round++) {
      runs.push(await once(desktop, file, { nodes, patience }));
      log(`preview, ${nodes} nodes, round ${round + 1}`, runs.at(-1));
    }
    if (!runs.every(({ isPreview }) => isPreview)) throw new Error('what was painted first was no preview');
    const edges = text.split(' -> ').length - 1;
    const { preview, readable } = medians(runs);
    const replaced = runs.some((run) => run.replaced === null) ? null : medians(runs).replaced;
    return { nodes, edges, patience, preview, readable, replaced };
  } finally {
    await desktop.close();
  }
}
