// Running Python processes, attached to by a real debugger: their heap, and that they go on as before.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';

const python = '/usr/bin/python3';
const cli = resolve('dist/cli.js');
const processes: ChildProcess[] = [];
afterEach(() => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
});

interface Program {
  child: ChildProcess;
  pid: number;
  output(): string;
}

async function start(mode: string): Promise<Program> {
  const child = spawn(python, [resolve('test/fixtures/python/server.py'), mode], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  processes.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  await expect.poll(() => output).toContain('ready');
  return { child, pid: child.pid!, output: () => output };
}

const objgraph = (...args: string[]) => promisify(execFile)(process.execPath, [cli, ...args]);

const leftovers = () => readdirSync('/tmp').filter((name) => /^objgraph-[\da-f-]{36}$/.test(name));

it.each(['busy', 'thread', 'sleep'])('reads the heap of a program whose main thread is %s', async (mode) => {
  const { child, pid, output } = await start(mode);
  const { stdout } = await objgraph('types', String(pid), '--json');
  const types = JSON.parse(stdout) as { types: { type: string; count: number }[] };
  expect(types.types.find(({ type }) => type.endsWith('Session'))?.count).toBe(500);
  const before = output().length;
  if (mode !== 'sleep') await expect.poll(() => output().length).toBeGreaterThan(before);
  else await sleep(300);
  expect(child.exitCode).toBeNull();
  expect(child.signalCode).toBeNull();
  expect(output()).not.toContain('woke');
  expect(leftovers()).toEqual([]);
});

it('keeps ids over two snapshots of one visit', async () => {
  const { pid } = await start('sleep');
  const { stdout } = await objgraph('growth', String(pid), String(pid), '--every', '0.2', '--json');
  const { matchedBy, types } = JSON.parse(stdout) as {
    matchedBy: string;
    types: { type: string; count: number }[];
  };
  expect(matchedBy).toBe('id');
  // Nothing of the program grew, and the dumper's own functions and classes are left out.
  const grown = types.filter(({ count }) => count > 0).map(({ type }) => type);
  expect(grown.filter((type) => /Session|^function$|^code$|^type$/.test(type))).toEqual([]);
});

it('is refused by a process that a debugger has already, and says so', async () => {
  const { pid } = await start('sleep');
  const gdb = spawn('gdb', ['-nx', '-q', '-p', String(pid)], { stdio: ['pipe', 'ignore', 'ignore'] });
  processes.push(gdb);
  await expect
    .poll(() =>
      objgraph('types', String(pid)).then(
        () => '',
        (error: { stderr: string }) => error.stderr,
      ),
    )
    .toMatch(/is traced by process \d+: end that debugger first/);
});

it('leaves no child and no debugger behind, visit after visit', async () => {
  const { child, pid } = await start('busy');
  for (let visit = 0; visit < 5; visit++) await objgraph('types', String(pid), '--limit', '1');
  const { stdout } = await promisify(execFile)('ps', ['--ppid', String(pid), '-o', 'pid=']).catch(() => ({
    stdout: '',
  }));
  expect(stdout.trim()).toBe('');
  expect(child.exitCode).toBeNull();
  expect(leftovers()).toEqual([]);
});
