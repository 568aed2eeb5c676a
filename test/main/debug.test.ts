// The debug log of the built command: what it names, and what it must never name.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { takeVerbose } from '../../main/debug.ts';
import { endPrograms, start } from './targets/programs.ts';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-debug-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(endPrograms);

function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Without what differs from run to run. */
const steps = (stderr: string) =>
  stderr
    .trim()
    .split('\n')
    .map((line) => line.replace(/^OBJGRAPH \d+(#\d+)? \+\d+ms /, '').replace(/ after [\d.]+ ms$/, ''));

const secret = 'leaked-password-4711';
const program = `class ${'Sess' + 'ion'} {}; globalThis.kept = Object.assign(new Session(), { key: '${secret}' }); setInterval(() => {}, 1000)`;

it.each([
  ['--verbose', ['--verbose'], {}],
  ['NODE_DEBUG', [], { NODE_DEBUG: 'http, objgraph' }],
])('an attach is logged step by step, by %s', async (_by, options, env) => {
  const { pid } = await start(program);
  const { status, stdout, stderr } = run(['instances', String(pid), '--type', 'Session', ...options], env);
  expect(status, stderr).toBe(0);
  expect(stdout).toContain('Session');
  expect(steps(stderr)).toEqual(
    expect.arrayContaining([
      `attach: process ${pid} listens on no port`,
      `attach: opening the inspector of process ${pid}`,
      expect.stringMatching(/^inspector: connecting to process \d+ at 127\.0\.0\.1:\d+$/),
      'inspector: HeapProfiler.takeHeapSnapshot ended',
      `attach: leaving process ${pid}, whose inspector we opened`,
      `inspector: the connection to process ${pid} closed`,
    ]),
  );
  expect(stderr).not.toMatch(/Session|leaked-password/);
});

it('a layout is logged with its size', () => {
  writeFileSync(join(folder, 'a.dot'), 'digraph { secret -> b }');
  const { status, stderr } = run(['render', 'a.dot', '-o', 'a.svg', '--verbose']);
  expect(status).toBe(0);
  expect(stderr).not.toContain('secret');
});

it('a failure shows its stack in the log, and one sentence after it', () => {
  const { status, stderr } = run(['types', 'nowhere.heapsnapshot', '--verbose']);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^OBJGRAPH \d+ \+\d+ms command: .*\n( {4}at .*\n)+objgraph: .*\n$/);
});

it('nothing is logged otherwise, whatever else NODE_DEBUG names', () => {
  writeFileSync(join(folder, 'a.dot'), 'digraph { a -> b }');
  expect(run(['render', 'a.dot', '-o', 'a.svg'], { NODE_DEBUG: 'objgraphics' })).toEqual({
    status: 0,
    stdout: '',
    stderr: '',
  });
});

it('an argument after -- is not an option', () => {
  const before = process.env.NODE_DEBUG;
  expect(takeVerbose(['view', '--', '--verbose'])).toEqual(['view', '--', '--verbose']);
  expect(process.env.NODE_DEBUG).toBe(before);
});
