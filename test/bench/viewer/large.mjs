// A graph of 24,000 nodes, over which xdot hangs: what its window does, and what ours does with the same file.
import { Desktop } from '../../../build/scripts/desktop.mjs';
import { marker, treeLike } from './graphs.mjs';
import { framesSeen, watchFrames } from './in-page.mjs';
import { Screen } from './screen.mjs';

export async function measureLarge({ nodes, patience, log }) {
  const desktop = await Desktop.start();
  const screen = new Screen(desktop.framebuffer);
  try {
    // All of it in a window, a node is smaller than a pixel: the edges are seen.
    const file = desktop.write('large.dot', treeLike(nodes, { edgeColor: marker }));
    let began = performance.now();
    desktop.spawn('/usr/bin/xdot', file);
    const xdot = await screen.paintedAfter(began, patience);
    await desktop.clear();
    log(`${nodes} nodes, xdot`, xdot);

    began = performance.now();
    desktop.command('xdot', file);
    const page = await desktop.window('large.dot');
    const after = () => Math.round(performance.now() - began);
    await page.getByText('Laying out with dot').waitFor({ timeout: 30_000 });
    const window = after();
    await page.evaluate(watchFrames);
    const offer = page.getByRole('button', { name: 'Try sfdp instead' });
    await offer.waitFor({ timeout: 30_000 });
    const offered = after();
    await offer.click();
    const painted = await screen.paintedAfter(began, 2 * patience);
    const { longest } = await page.evaluate(framesSeen);
    const result = {
      nodes,
      patience,
      xdot: xdot && Math.round(xdot),
      window,
      offered,
      painted: painted && Math.round(painted),
      longest,
    };
    log(`${nodes} nodes, ours`, result);
    return result;
  } finally {
    screen.close();
    await desktop.close();
  }
}
