// The assertion for node:test, in a project of its own and the real runner, on the oldest and the newest Node.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oldestAndNewest } from '../../main/targets/programs.ts';
import { nodes } from '../../oracle/snapshots.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-node-test-'));
afterAll(() => void rmSync(folder, { recursive: true, force: true }));

const suite = `
import { createServer } from 'node:http';
import { EventEmitter, once } from 'node:events';
import { test } from 'node:test';
import { doesNotLeak } from 'objgraph/node-test';

class Session {}
const sessions = new Map();
const bus = new EventEmitter().setMaxListeners(0);
const never = new Promise(() => {});
let next = 0;

test('a Map leaks', () => doesNotLeak(() => void sessions.set(next++, new Session()), { type: 'Session' }));
test('listeners leak', () => doesNotLeak(() => void bus.on('x', () => next)));
test('promises leak', () => doesNotLeak(() => void never.then(() => next), { type: 'Promise' }));
test('timers leak', () => doesNotLeak(() => void setInterval(() => next, 1e6).unref(), { type: 'Timeout' }));
test('work is healthy', () => doesNotLeak(async () => { await null; return new Session(); }));
test('a small cache is healthy', () => {
  const cache = new Map();
  return doesNotLeak(() => void cache.set(next++ % 5, new Session()));
});
test('fetch is healthy', async () => {
  const server = createServer((request, response) => response.end('ok')).listen(0);
  // A snapshot on a busy machine takes longer than the five seconds after which a server closes what rests.
  server.keepAliveTimeout = 60_000;
  await once(server, 'listening');
  try {
    await doesNotLeak(async () => void (await (await fetch('http://127.0.0.1:' + server.address().port)).text()));
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
test('wrong options are refused', () => doesNotLeak(() => {}, { runs: 0 }));
test('what the work throws comes through', () => doesNotLeak(() => { throw new Error('broken work'); }));
`;

mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules/objgraph'));
writeFileSync(join(folder, 'leaks.test.mjs'), suite);

describe.each(oldestAndNewest)('doesNotLeak in node:test, $name', ({ path }) => {
  let stdout: string;
  beforeAll(() => {
    ({ stdout } = spawnSync(path, ['--test', '--test-reporter=tap', 'leaks.test.mjs'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined },
    }));
  });
  const outcome = (name: string) => new RegExp(`^ *(ok|not ok) \\d+ - ${name}$`, 'm').exec(stdout)?.[1];

  test('fails for every leak, with what keeps it', () => {
    for (const name of ['a Map leaks', 'listeners leak', 'promises leak', 'timers leak'])
      expect([name, outcome(name)], stdout).toEqual([name, 'not ok']);
    expect(stdout).toMatch(
      /5 Session, kept by\s+Module leaks\.test\.mjs —sessions→ Map( \d+ items)? —\d+→ Session/,
    );
    expect(stdout).toMatch(/5 Function, kept by\s+Module leaks\.test\.mjs —bus→ EventEmitter/);
  });

  const lineOf = (test: string) =>
    suite.split('\n').findIndex((text) => text.startsWith(`test('${test}'`)) + 1;

  test('names the line that makes what leaks, exactly where there is a constructor', () => {
    const made = (line: number) => new RegExp(`made by \\(anonymous\\) .*leaks\\.test\\.mjs:${line}\\n`);
    expect(stdout).toMatch(made(lineOf('a Map leaks')));
    expect(stdout).toMatch(made(lineOf('timers leak')));
  });

  test('estimates it of what has none', () => {
    for (const name of ['listeners leak', 'promises leak'])
      expect(stdout).toMatch(
        new RegExp(`allocated by \\(an estimate, by bytes\\)\\n.*leaks\\.test\\.mjs:${lineOf(name)}`),
      );
  });

  test('passes for healthy work', () => {
    for (const name of ['work is healthy', 'a small cache is healthy', 'fetch is healthy'])
      expect([name, outcome(name)], stdout).toEqual([name, 'ok']);
  });

  test('says what it wants, and gives on what the work throws', () => {
    expect(stdout).toContain('runs is a positive whole number: not 0');
    expect(stdout).toContain('broken work');
  });
});

test('says that it cannot look where a process has no inspector: no leak passes', () => {
  writeFileSync(
    join(folder, 'permission.test.mjs'),
    `
import { test } from 'node:test';
import { doesNotLeak } from 'objgraph/node-test';
const kept = [];
test('a leak', () => doesNotLeak(() => void kept.push({})));
test('a leak of a type', () => doesNotLeak(() => void kept.push({}), { type: 'Object' }));
`,
  );
  const flags = ['--permission', '--allow-fs-read=*', '--test-reporter=tap', '--no-warnings'];
  const { stdout } = spawnSync(nodes['Node 24'], [...flags, 'permission.test.mjs'], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NODE_TEST_CONTEXT: undefined },
  });
  expect(stdout.match(/^not ok/gm)).toHaveLength(2);
  expect(stdout).toContain(
    'toLeak: a process without inspector, as with --permission, does not list its objects: run this test without it',
  );
});
