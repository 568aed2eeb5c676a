// `npm run e2e:electron`: the tests of windows on Electron itself. Without its binary nothing runs, and that is no success.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const electron = join(root, 'node_modules/electron');
/** Written by Electron's installation when its binary is there. */
const installed = join(electron, 'path.txt');

if (existsSync(installed) && existsSync(join(electron, 'dist', readFileSync(installed, 'utf8').trim()))) {
  const files = ['view', 'grow', 'heap', 'library', 'python', 'hostile'].map((name) => `e2e/${name}`);
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...files, '-t', 'on Electron'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, OBJGRAPH_TEST_HOSTS: 'Electron' },
  });
  process.exitCode = status ?? 1;
} else {
  console.error(
    'NOT RUN on Electron itself: its binary is not installed. To download it: node node_modules/electron/install.js',
  );
  process.exitCode = 1;
}
