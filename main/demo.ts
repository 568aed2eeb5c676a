// `objgraph demo`: runs the example program in a process of its own, as a user's program would run; where there is a screen,
// then a server that leaks, and the viewer attached to it.
import { once } from 'node:events';
import { join } from 'node:path';
import { ownNode, startProgram } from '../shared/programs.ts';
import { findViewerHost } from '../shared/viewer-host.ts';
import { distFolder } from './package.ts';
import { print } from './terminal.ts';
import { view } from './viewer/launch.ts';
import { emptyWindow } from './viewer/view-request.ts';

const folder = join(distFolder, 'demo');

/** @throws Error when the example fails */
export async function runDemo(): Promise<void> {
  await tellStory();
  if (findViewerHost().kind === 'none') return;
  print(
    '',
    'Now a server that leaks with every order, and the viewer attached to it: close its window to end the demo.',
  );
  await showShop();
}

async function tellStory(): Promise<void> {
  const story = startProgram(ownNode(), [join(folder, 'story.mjs')], { stdio: 'inherit' });
  const [status] = (await once(story, 'exit')) as [number | null];
  if (status !== 0) throw new Error(`the example program ended with status ${status}`);
}

async function showShop(): Promise<void> {
  const shop = startProgram(ownNode(), ['--inspect-port=0', 'server.cjs', '--busy'], {
    cwd: join(folder, 'shop'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endShop = () => shop.kill();
  process.once('exit', endShop);
  try {
    await Promise.race([
      once(shop.stdout!, 'data'),
      once(shop, 'exit').then(() => {
        throw new Error('the example server did not start');
      }),
    ]);
    const attach = String(shop.pid);
    const size = { width: 1280, height: 800 };
    await view({ ...emptyWindow, title: 'server.cjs', attach, attended: true, tour: true, size });
  } finally {
    process.off('exit', endShop);
    endShop();
  }
}
