// The matcher in the real Jest: projects of their own, with the built package in their node_modules.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const fixture = resolve(import.meta.dirname, '../../fixtures/matchers');
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

interface Outcome {
  fullName: string;
  status: string;
  failureMessages: string[];
}

interface Project {
  /** The fixture's tests in the words of this project. */
  spec: (text: string) => string;
  flags: string[];
  manifest: object;
  config: object;
}

const projects: Record<string, Project> = {
  CommonJS: {
    spec: (text: string) =>
      text
        .replace("import 'objgraph/vitest';", "require('objgraph/jest');")
        .replace(/import (\{.*\}) from (.*);/, 'const $1 = require($2);'),
    flags: [],
    manifest: {},
    config: {},
  },
  'CommonJS, set up for all tests': {
    spec: (text: string) =>
      text
        .replace("import 'objgraph/vitest';", '')
        .replace(/import (\{.*\}) from (.*);/, 'const $1 = require($2);'),
    flags: [],
    manifest: {},
    config: { setupFilesAfterEnv: ['objgraph/jest'] },
  },
  'ES modules': {
    spec: (text: string) => text.replace('objgraph/vitest', 'objgraph/jest'),
    flags: ['--experimental-vm-modules', '--no-warnings'],
    manifest: { type: 'module' },
    config: { transform: {} },
  },
};

/** Each takes half a minute: all of them with `OBJGRAPH_ALL=1`. */
const chosen = Object.entries(projects).slice(process.env.OBJGRAPH_ALL ? 0 : -1);

/** Runs the fixture's tests, or those whose names have a pattern. */
function run({ spec, flags, manifest, config }: Project, pattern = ''): Map<string, Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-jest-'));
  folders.push(folder);
  const installed = join(folder, 'node_modules/objgraph');
  mkdirSync(join(installed, 'dist'), { recursive: true });
  // Copies: Jest treats what lies in node_modules in another way than what a link leads to.
  for (const file of ['package.json', 'dist/index.cjs', 'dist/index.js', 'dist/jest.cjs'])
    cpSync(join(root, file), join(installed, file));
  for (const name of ['jest', '@jest'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  cpSync(join(fixture, 'service.cjs'), join(folder, 'service.cjs'));
  // How chains are printed is the same in all runners, and tested in Vitest.
  const [specs] = readFileSync(join(fixture, 'leaks.spec.js'), 'utf8').split('// What keeps them');
  writeFileSync(join(folder, 'leaks.spec.js'), spec(specs));
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, ...manifest, jest: { testTimeout: 60_000, ...config } }),
  );
  const program = join(root, 'node_modules/jest/bin/jest.js');
  const report = join(folder, 'report.json');
  const { stderr } = spawnSync(
    process.execPath,
    [...flags, program, '--rootDir', folder, '--json', `--outputFile=${report}`, '-t', pattern],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: Outcome[] }[];
  };
  expect(testResults[0].assertionResults, stderr).not.toEqual([]);
  return new Map(testResults[0].assertionResults.map((outcome) => [outcome.fullName.trim(), outcome]));
}

const wants = 'toLeak: expect() takes a function, which toLeak runs: not number';

describe.each(chosen)('toLeak in Jest, %s', (_name, project) => {
  let outcomes: Map<string, Outcome>;
  beforeAll(() => void (outcomes = run(project)));
  const failure = (name: string) => outcomes.get(name)?.failureMessages.join('\n') ?? '';

  test('passes what leaks nothing, and what fills a cache once', () => {
    expect(failure('a function that leaks nothing')).toBe('');
    for (const name of [
      'a function that leaks nothing',
      'a function that fills a cache once',
      'a function that leaks is said to leak',
    ])
      expect(outcomes.get(name)).toMatchObject({ status: 'passed' });
  });

  test('fails with the type, the number and the chain that keeps it', () => {
    const message = failure('FAILS: a leak of a type');
    expect(message).toContain('Expected no Session to leak, but 10 runs left behind');
    expect(message).toMatch(
      /10 Session, kept by\n +(Module )?\S*(service\.cjs|leaks\.spec\.js) —(.*—)?sessions→ Map \d+ items —"user-\d+"→ Session/,
    );
    expect(message).toMatch(/\n +made by \(anonymous\) \S*service\.cjs:12\n/);
    expect(message).toContain('Sure: each run left as many, and none of them was removed.');
    expect(message).toContain('Only a cache for more than 22 results looks the same');
  });

  test('finds the type by itself', () => {
    expect(failure('FAILS: a leak of any type')).toMatch(/5 runs left behind\n +5 Session, kept by/);
  });

  test('says what it wants', () => {
    expect(failure('FAILS: something that is no function')).toContain(wants);
  });
});

test('toLeak is there in all files when a CommonJS project is set up so', () => {
  const name = 'FAILS: something that is no function';
  const outcomes = run(projects['CommonJS, set up for all tests'], name);
  expect(outcomes.get(name)?.failureMessages.join()).toContain(wants);
});
