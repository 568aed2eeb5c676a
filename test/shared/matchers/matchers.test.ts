// The matcher in the real Vitest: a project of its own, with the built package in its node_modules.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

interface Outcome {
  fullName: string;
  status: string;
  failureMessages: string[];
}

/** Runs the fixture's tests. */
function run(): Map<string, Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-vitest-'));
  folders.push(folder);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/objgraph'));
  symlinkSync(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'));
  cpSync(resolve(import.meta.dirname, '../../fixtures/matchers'), folder, { recursive: true });
  const report = join(folder, 'report.json');
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  const options = [
    '--globals',
    '--testTimeout=60000',
    '--root',
    folder,
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  spawnSync(process.execPath, [program, 'run', ...options]);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { assertionResults: Outcome[] }[];
  };
  return new Map(testResults[0].assertionResults.map((outcome) => [outcome.fullName.trim(), outcome]));
}

describe('toLeak', () => {
  const outcomes = run();
  const failure = (name: string) => outcomes.get(name)?.failureMessages.join('\n') ?? '';

  test('passes what leaks nothing, and what fills a cache once', () => {
    expect(outcomes.get('a function that leaks nothing')).toMatchObject({ status: 'passed' });
    expect(outcomes.get('a function that fills a cache once')).toMatchObject({ status: 'passed' });
    expect(outcomes.get('a function that leaks is said to leak')).toMatchObject({ status: 'passed' });
  });

  test('fails with the type, the number and the chain that keeps it', () => {
    expect(outcomes.get('FAILS: a leak of a type')).toMatchObject({ status: 'failed' });
    const message = failure('FAILS: a leak of a type');
    expect(message).toContain('Expected no Session to leak, but 10 runs left behind');
    expect(message).toMatch(
      /10 Session, kept by\n +\S*service\.cjs —sessions→ Map \d+ items —"user-\d+"→ Session/,
    );
    expect(message).toMatch(/\n +made by \(anonymous\) \S*service\.cjs:12\n/);
    expect(message).toContain('Sure: each run left as many, and none of them was removed.');
    expect(message).toContain('Only a cache for more than 22 results looks the same');
  });

  test('finds the type by itself', () => {
    const message = failure('FAILS: a leak of any type');
    expect(message).toMatch(/5 runs left behind\n +5 Session, kept by/);
  });

  test('begins the chain at the file whose variable it is, and folds lists', () => {
    expect(failure('FAILS: a variable of the test file')).toMatch(
      /kept by\n +\S*leaks\.spec\.js —log→ Map \d+ items —\d+→ Visit/,
    );
    expect(failure('FAILS: a variable of the test itself')).toMatch(
      /kept by\n +\S*leaks\.spec\.js —kept→ Array \d+ items —\[\d+\]→ Visit/,
    );
    expect(failure('FAILS: timers')).toMatch(/—\[1000000\]→ TimersList \{.*—_idle(Next|Prev) × \d+→ Timeout/);
  });

  test('says what it wants', () => {
    expect(failure('FAILS: something that is no function')).toContain(
      'toLeak: expect() takes a function, which toLeak runs: not number',
    );
  });
});
