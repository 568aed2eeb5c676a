// The picture at the head of the README: the viewer's window, photographed while it shows the chain of the leak.
// `node build/scripts/window-picture.mjs` needs Xvfb and Chromium; it runs the README's own program.
import { once } from 'node:events';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { Desktop, root } from './desktop.mjs';

const desktop = await Desktop.start({ flags: '--force-device-scale-factor=2 --window-size=900,620' });
const { env, folder } = desktop;
const cwd = join(root, 'dist/demo');
await once(
  spawn(process.execPath, ['story.mjs', folder, '--window'], { cwd, env, stdio: 'inherit' }),
  'exit',
);
const page = await desktop.window('');
await page.waitForSelector('canvas[data-status=ready]');
await page.screenshot({ path: join(root, 'docs/viewer.png') });
await desktop.close();
