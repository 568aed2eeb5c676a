// Running Python processes, attached to by a real debugger: their heap, and that they go on as before.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { Attachment } from '../../../../main/documents/attachment.ts';
import { HeapDocument } from '../../../../main/documents/heap-document.ts';
import { titleOf } from '../../../../main/targets/processes/command-line.ts';

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

it('is in the list of processes, with its script and its version', async () => {
  const { pid } = await start('sleep');
  const { stdout } = await objgraph('ps', '--json');
  const { targets } = JSON.parse(stdout) as { targets: { pid: number }[] };
  expect(targets.find((target) => target.pid === pid)).toMatchObject({
    address: String(pid),
    title: 'server.py',
    runtime: 'python',
    version: expect.stringMatching(/^3\.\d+$/),
    folder: process.cwd(),
    inspector: null,
    obstacle: null,
  });
});

it.each([
  ['python3 -W error /srv/app.py --port 80', 'app.py'],
  ['python3.11 -m http.server 8000', 'python -m http.server'],
  ['python3 -Im venv', 'python -m venv'],
  ['python3 -c while(1):pass', 'python -c'],
  ['python3', 'python3'],
])('the title of `%s` is %s', (line, title) => {
  const args = line.split(' ');
  expect(titleOf('python', args, `/usr/bin/${args[0]}`)).toBe(title);
});

it('a window attaches to it: snapshots of one process, the second with the same ids, and no expressions', async () => {
  const { pid, child } = await start('thread');
  const heap = new HeapDocument();
  const attachment = new Attachment(heap);
  try {
    await attachment.attach(String(pid));
    expect(attachment.state).toMatchObject({
      title: 'server.py',
      runtime: 'python',
      status: 'attached',
      isInspectable: false,
      problem: null,
    });
    const memory = await attachment.attached.memory();
    expect(memory).toMatchObject({ heapUsed: null, heapTotal: null, external: null });
    expect(memory!.rss).toBeGreaterThan(1e6);
    expect((await attachment.attached.estimate()).pause).toBeLessThan(1000);
    await attachment.takeSnapshot();
    await attachment.takeSnapshot();
    expect(attachment.state).toMatchObject({ status: 'attached', problem: null });
    expect(heap.state).toMatchObject({ sameProcess: true });
    expect(heap.state!.snapshots).toHaveLength(2);
    await expect(attachment.evaluate('1')).rejects.toThrow('no expression can be run in it');
    child.kill('SIGKILL');
    await expect
      .poll(() => attachment.state)
      .toMatchObject({ status: 'ended', problem: { message: `process ${pid} ended` } });
  } finally {
    await attachment.close();
    heap.close();
  }
});
