// The pictures of docs/tutorial.md: what test/e2e/story.test.ts sees while it lives the story.
// `npm run build && node build/scripts/tutorial.mjs` needs Xvfb and Chromium.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const { status } = spawnSync('npx', ['vitest', 'run', 'test/e2e/story.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, OBJGRAPH_TEST_HOSTS: 'Chromium', OBJGRAPH_TUTORIAL: join(root, 'docs/tutorial') },
});
process.exitCode = status ?? 1;
