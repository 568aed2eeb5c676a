// That no leak passes and no healthy work fails, in each runner: some of test/fixtures/matchers/works.cjs by default, all of
// them with `OBJGRAPH_ALL=1`, and, with `OBJGRAPH_BUSY=1`, while another process keeps a core busy.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const fixture = join(root, 'test/fixtures/matchers/works.cjs');
const { leaking, healthy } = createRequire(import.meta.url)(fixture) as Record<string, object>;
const all = process.env.OBJGRAPH_ALL === '1';
/** What the other tests of the matchers do not have. */
const some = new Set([
  'a Set of texts',
  'an object of texts',
  'values of a WeakMap',
  'a ring of the last ones',
  'a stream',
]);
const chosen = [...Object.keys(leaking), ...Object.keys(healthy)].filter((name) => all || some.has(name));
/** What leaks stays in its process, and each look at the heap takes longer: a process has so many works. */
const batchSize = 10;
const batches = Array.from({ length: Math.ceil(chosen.length / batchSize) }, (_, i) =>
  chosen.slice(i * batchSize, (i + 1) * batchSize),
);

const tests = (matcher: string, assertion: (work: string) => string) => (names: string[]) => `
${matcher}
const names = ${JSON.stringify(names)};
for (const name of names)
  test(name, async () => { await ${assertion('works.leaking[name] ?? works.healthy[name]')}; });
`;

/** Per runner: its program, and the file of its tests. */
const runners: Record<
  string,
  { args: (folder: string) => string[]; file: string; text: (names: string[]) => string }
> = {
  Vitest: {
    args: (folder) => [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--globals', '--testTimeout=120000', '--root', folder],
      ...['--reporter=json', `--outputFile=${join(folder, 'report.json')}`],
    ],
    file: 'works.spec.mjs',
    text: tests(
      `import 'objgraph/vitest'; import works from './works.cjs';`,
      (work) => `expect(${work}).not.toLeak()`,
    ),
  },
  Jest: {
    args: (folder) => [
      join(root, 'node_modules/jest/bin/jest.js'),
      ...['--rootDir', folder, '--testTimeout=120000', '--forceExit'],
      ...['--json', `--outputFile=${join(folder, 'report.json')}`],
    ],
    file: 'works.spec.js',
    text: tests(
      `require('objgraph/jest'); const works = require('./works.cjs');`,
      (work) => `expect(${work}).not.toLeak()`,
    ),
  },
  'node:test': {
    args: () => ['--test', '--test-force-exit', '--test-reporter=tap', 'works.test.mjs'],
    file: 'works.test.mjs',
    text: tests(
      `import { test } from 'node:test'; import { doesNotLeak } from 'objgraph/node-test'; import works from './works.cjs';`,
      (work) => `doesNotLeak(${work})`,
    ),
  },
};

/** The outcome of each test, by its name. */
function run(runner: string, names: string[]): Map<string, string> {
  const { args, file, text } = runners[runner];
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-works-'));
  try {
    const installed = join(folder, 'node_modules/objgraph');
    mkdirSync(join(installed, 'dist'), { recursive: true });
    // Copies: Jest treats what is in node_modules in another way than what a link leads to.
    for (const one of [
      'package.json',
      ...['index.cjs', 'index.js', 'jest.cjs'].map((name) => `dist/${name}`),
    ])
      cpSync(join(root, one), join(installed, one));
    for (const one of ['vitest.js', 'node-test.js', 'find-leaks.js'])
      cpSync(join(root, 'dist', one), join(installed, 'dist', one));
    for (const name of ['vitest', 'jest', '@jest'])
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    cpSync(fixture, join(folder, 'works.cjs'));
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    writeFileSync(join(folder, file), text(names));
    const { stdout, stderr } = spawnSync(process.execPath, args(folder), {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined },
    });
    const outcomes =
      runner === 'node:test'
        ? [...stdout.matchAll(/^(ok|not ok) \d+ - (.*)$/gm)].map(([, outcome, name]) => [name, outcome])
        : outcomesIn(join(folder, 'report.json'));
    expect(outcomes, stderr).not.toEqual([]);
    return new Map(
      outcomes.map(([name, outcome]) => [name, /^(ok|passed)$/.test(outcome) ? 'passes' : 'fails']),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function outcomesIn(report: string): string[][] {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: { fullName: string; status: string }[] }[];
  };
  return testResults[0].assertionResults.map(({ fullName, status }) => [fullName.trim(), status]);
}

let busy: ChildProcess | null = null;
beforeAll(() => {
  if (process.env.OBJGRAPH_BUSY === '1')
    busy = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
});
afterAll(() => void busy?.kill());

const batchesOfRunners = (all ? Object.keys(runners) : ['Vitest']).flatMap((runner) =>
  batches.map((names, i) => [`${runner}, part ${i + 1} of ${batches.length}`, runner, names] as const),
);

describe.each(batchesOfRunners)('%s', (_part, runner, names) => {
  let outcomes: Map<string, string>;
  beforeAll(() => void (outcomes = run(runner, names)), 1_800_000);
  const partOf = (works: object) => names.filter((name) => name in works);

  it.each(partOf(leaking))('%s leaks: its test fails', (name) => {
    expect(outcomes.get(name)).toBe('fails');
  });

  it.each(partOf(healthy))('%s leaks nothing: its test passes', (name) => {
    expect(outcomes.get(name)).toBe('passes');
  });
});
