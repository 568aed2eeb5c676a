// The picture at the head of the README: the viewer's window, photographed while it shows the chain of the leak.
// `node build/scripts/window-picture.mjs` needs Xvfb and Chromium; it runs the README's own program.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-picture-'));
const temporary = join(folder, 'tmp');
const runtime = join(folder, 'runtime');
mkdirSync(temporary);
mkdirSync(runtime, { mode: 0o700 });

async function until(look) {
  for (let i = 0; i < 200; i++, await sleep(100)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error('The window did not open within 20 s');
}

const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24'], {
  stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
});
const display = await new Promise((found) =>
  screen.stdio[3].once('data', (data) => found(`:${String(data).trim()}`)),
);
const env = {
  ...process.env,
  DISPLAY: display,
  TMPDIR: temporary,
  XDG_RUNTIME_DIR: runtime,
  OBJGRAPH_VIEWER: 'chromium',
  OBJGRAPH_CHROMIUM_ARGS: '--remote-debugging-port=0 --force-device-scale-factor=2 --window-size=900,620',
};

const demo = join(root, 'dist/demo');
spawnSync(process.execPath, ['story.mjs', folder, '--window'], { cwd: demo, env, stdio: 'inherit' });
const port = await until(() => {
  const profile = readdirSync(temporary).find((name) => name.startsWith('objgraph-browser-'));
  try {
    return readFileSync(join(temporary, profile, 'DevToolsActivePort'), 'utf8').split('\n')[0];
  } catch {
    return null;
  }
});
const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
const page = await until(() => browser.contexts()[0]?.pages()[0]);
await page.waitForSelector('canvas[data-status=ready]');
await page.screenshot({ path: join(root, 'docs/viewer.png') });
await page.close();
await browser.close();
await sleep(1000);
screen.kill();
rmSync(folder, { recursive: true, force: true });
