// `npm run e2e:electron`: the tests of windows on Electron itself. Without its binary nothing runs, and that is no success; nor is
// a test that was skipped for want of something.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const electron = join(root, 'node_modules/electron');
/** Written by Electron's installation when its binary is there. */
const installed = join(electron, 'path.txt');
const tests = join(root, 'test/e2e');
const results = join(root, 'test-results');
const report = join(results, 'electron.json');

/** Those that run on every host. */
const files = readdirSync(tests).filter(
  (name) => name.endsWith('.test.ts') && readFileSync(join(tests, name), 'utf8').includes('hostsToTest('),
);

/** @returns what is wrong with the run, or null */
function problemOf(status) {
  if (status !== 0) return `ended with status ${status}`;
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const empty = testResults.filter(
    ({ assertionResults }) => !assertionResults.some(({ status: result }) => result === 'passed'),
  );
  return empty.length > 0 ? `ran no test of ${empty.map(({ name }) => name).join(', ')}` : null;
}

if (existsSync(installed) && existsSync(join(electron, 'dist', readFileSync(installed, 'utf8').trim()))) {
  mkdirSync(results, { recursive: true });
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const named = files.map((name) => `e2e/${name}`);
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', ...named, '-t', 'on Electron', ...reporters],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, OBJGRAPH_TEST_HOSTS: 'Electron' },
    },
  );
  const problem = problemOf(status ?? 1);
  if (problem !== null) console.error(`FAILED on Electron itself: it ${problem}`);
  process.exitCode = problem === null ? 0 : 1;
} else {
  console.error(
    'NOT RUN on Electron itself: its binary is not installed. To download it: node node_modules/electron/install.js',
  );
  process.exitCode = 1;
}
