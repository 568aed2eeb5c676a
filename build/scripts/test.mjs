// `npm test`: builds, then runs all tests and, beside them, the checks (lint, types, format). Installs Debian's browser and tools
// when it may; otherwise prints which tests did not run because one is missing. `npm test -- FILE …` runs these files alone, and builds
// only what changed. `npm test -- --all` (or OBJGRAPH_ALL=1) runs whole catalogues, all versions and all hosts, where the others run a part.
// The last line is `N passed, N failed`; what failed is named before it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { delimiter, join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

const debianGraphs = '/usr/share/doc/graphviz/examples/graphs';

/** What the tests use besides npm's packages: how to see that it is there, and the Debian package that has it. */
const tools = [
  { name: 'Chromium', isHere: () => onPath('chromium'), debian: 'chromium' },
  { name: 'Xvfb', isHere: () => onPath('Xvfb'), debian: 'xvfb' },
  { name: 'Graphviz', isHere: () => onPath('dot'), debian: 'graphviz' },
  { name: 'the graphs of graphviz-doc', isHere: () => existsSync(debianGraphs), debian: 'graphviz-doc' },
  { name: "Python's objgraph", isHere: hasPythonObjgraph, debian: 'python3-objgraph' },
  // Graphviz computes with the widths of Times, which are Liberation Serif's.
  {
    name: 'the Liberation fonts',
    isHere: () => existsSync('/usr/share/fonts/truetype/liberation'),
    debian: 'fonts-liberation',
  },
  { name: 'gdb', isHere: () => onPath('gdb'), debian: 'gdb' },
  { name: 'import (ImageMagick)', isHere: () => onPath('import'), debian: 'imagemagick' },
];

function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function hasPythonObjgraph() {
  return spawnSync('/usr/bin/python3', ['-c', 'import objgraph'], { stdio: 'ignore' }).status === 0;
}

/** Installs what is missing where that is possible; gives what is missing still. */
function installTools() {
  const missing = tools.filter((tool) => !tool.isHere());
  if (missing.length === 0 || !onPath('apt-get') || process.getuid?.() !== 0) return missing;
  const packages = missing.map((tool) => tool.debian);
  console.log(`Installing ${packages.join(', ')} from Debian …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return missing.filter((tool) => !tool.isHere());
}

const wanted = process.argv.slice(2).filter((argument) => argument !== '--all');
if (process.argv.includes('--all')) process.env.OBJGRAPH_ALL = '1';
const missing = wanted.length > 0 ? [] : installTools();
mkdirSync(join(root, 'test-results'), { recursive: true });

/** First the package with its declarations; then what only tests need. Ends this process when it fails. */
async function build() {
  for (const args of [[], ['--changed']]) {
    const script = join(root, 'build/scripts/build.mjs');
    const status = await run('build', { isLive: true }, process.execPath, script, ...args);
    if (status !== 0) process.exit(1);
  }
}

/**
 * Runs a program; gives its status.
 * @param isLive whether it prints at once; else when it has ended
 * @param niceness is added to that of this process: with a higher one it runs while others wait
 */
function run(title, { isLive = false, niceness = 0 }, program, ...args) {
  return new Promise((resolve) => {
    if (isLive) console.log(`\n— ${title}`);
    const stdio = isLive ? 'inherit' : 'pipe';
    const child = spawn(program, args, { cwd: root, stdio, shell: process.platform === 'win32' });
    if (child.pid) setPriority(child.pid, Math.min(getPriority() + niceness, 19));
    const chunks = [];
    for (const output of [child.stdout, child.stderr]) output?.on('data', (chunk) => chunks.push(chunk));
    child.on('close', (status) => {
      if (!isLive) process.stdout.write(Buffer.concat([Buffer.from(`\n— ${title}\n`), ...chunks]));
      resolve(status);
    });
  });
}

/** With the lowest priority: in the time in which tests wait. */
async function check(script) {
  const status = await run(script, { niceness: 10 }, 'npm', 'run', '--silent', script);
  return { script, ok: status === 0 };
}

/** Runs Vitest; gives its report, null when there is none. */
async function vitest(title, options, ...args) {
  const report = join(root, `test-results/${title}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`];
  await run(title, options, 'npx', 'vitest', 'run', ...reporters, ...args);
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
}

/**
 * Real windows are tested one after the other: two desktops at once are more than a small machine carries. All else runs in
 * the time that they wait, with a lower priority, so that a window comes as soon as on a quiet machine.
 */
async function runAll() {
  // It needs nothing that is built, and the build leaves a core idle.
  const format = check('format:check');
  await build();
  const windows = vitest('windows', {}, '--project=windows', '--no-file-parallelism');
  const projects = ['page', 'together', 'tests'].map((name) => `--project=${name}`);
  const tests = vitest('tests', { isLive: true, niceness: 5 }, ...projects);
  const checks = [await format, await check('lint'), await check('typecheck')];
  return { checks, results: [await tests, await windows] };
}

const { checks, results } =
  wanted.length > 0
    ? { checks: [], results: [await vitest('tests', { isLive: true }, ...wanted)] }
    : await runAll();
const sum = (figure) => results.reduce((total, result) => total + (result ? figure(result) : 0), 0);
// A file that fails without a test that does (it could not be loaded, or what is before or after its tests failed) counts as one,
// and so does a run without report.
const isBroken = ({ status, assertionResults }) =>
  status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
const broken =
  sum((result) => result.testResults.filter(isBroken).length) +
  results.filter((result) => result === null).length;
const passed = sum((result) => result.numPassedTests) + checks.filter(({ ok }) => ok).length;
const failed = sum((result) => result.numFailedTests) + broken + checks.filter(({ ok }) => !ok).length;
const skipped = sum((result) => result.numPendingTests + result.numTodoTests);

// Named again, where a reader of thousands of lines looks first.
const firstLines = (text) => text.split('\n', 8).join('\n');
for (const { ok, script } of checks) if (!ok) console.log(`Failed: npm run ${script}`);
for (const file of results.flatMap((result) => result?.testResults ?? [])) {
  const name = relative(root, file.name);
  if (isBroken(file)) console.log(`Failed: ${name}, before or after its tests\n${firstLines(file.message)}`);
  for (const test of file.assertionResults.filter(({ status }) => status === 'failed'))
    console.log(`Failed: ${name}: ${test.fullName}\n${firstLines(test.failureMessages.join('\n'))}`);
}
for (const tool of missing)
  console.log(`Not run: the tests that need ${tool.name} (Debian's package ${tool.debian}).`);
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || (process.env.CI && missing.length > 0) ? 1 : 0;
