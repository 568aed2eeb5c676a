// The list of what can be attached to, on this machine, with real processes in it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { TargetRow } from '../../../../shared/protocol/targets.ts';
import { attach } from '../../../../main/targets/attached-target.ts';
import { listTargets } from '../../../../main/targets/processes/target-list.ts';
import { endPrograms, leaking, nodes, oldestAndNewest, root, start, startPage } from '../programs.ts';

const never = new AbortController().signal;
const rowsOf = async (pid: number): Promise<TargetRow[]> =>
  (await listTargets(never)).filter((row) => row.pid === pid);
const oldest = nodes[0];
const newest = nodes.at(-1)!;

afterEach(endPrograms);

const folder = mkdtempSync(join(tmpdir(), 'objgraph-list-'));
mkdirSync(join(folder, 'src'));
writeFileSync(join(folder, 'package.json'), '{ "name": "@shop/backend" }');
writeFileSync(join(folder, 'src/package.json'), '{ "type": "commonjs" }');
writeFileSync(join(folder, 'src/server.js'), "setInterval(() => {}, 1000); console.log('ready')");
afterAll(() => rmSync(folder, { recursive: true }));

async function startServer(args: readonly string[], cwd: string) {
  const child = spawn(newest.path, args, { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return { pid: child.pid!, child };
}

describe('the list of targets', () => {
  it('lists what runs, of which package, where, since when', async () => {
    const { pid, child } = await startServer(
      ['--require', join(folder, 'src/package.json'), '--stack-size=900', 'server.js', '--port', '80'],
      join(folder, 'src'),
    );
    const [row] = await rowsOf(pid);
    child.kill();
    expect(row).toEqual({
      address: String(pid),
      pid,
      kind: 'process',
      title: 'server.js',
      packageName: '@shop/backend',
      folder: join(folder, 'src'),
      runtime: 'node',
      version: expect.stringMatching(/^26\./) as string,
      uptime: expect.any(Number) as number,
      memory: expect.any(Number) as number,
      inspector: null,
      obstacle: null,
    });
    expect(row.uptime).toBeLessThan(60);
    expect(row.memory).toBeGreaterThan(20e6);
  });

  it.each(oldestAndNewest)('has worker threads, where the inspector is open: $name', async ({ path }) => {
    const { pid, stderr } = await start(
      `const { Worker } = require('node:worker_threads');
       for (let i = 0; i < 2; i++) new Worker('setInterval(() => {}, 1000)', { eval: true });
       setInterval(() => {}, 1000)`,
      { node: path, flags: ['--inspect=127.0.0.1:0'] },
    );
    const place = /ws:\/\/([^/]+)/.exec(stderr)![1];
    await expect
      .poll(async () => (await rowsOf(pid)).map(({ address }) => address).sort())
      .toEqual([String(pid), `${pid}#1`, `${pid}#2`]);
    for (const row of await rowsOf(pid)) expect(row).toMatchObject({ inspector: place, obstacle: null });
  });

  it('does not disturb who is attached already', async () => {
    const { pid } = await start(leaking, { flags: ['--inspect=127.0.0.1:0'] });
    const target = await attach(String(pid), never);
    await target.takeSnapshot(
      () => {},
      () => {},
      never,
    );
    expect((await rowsOf(pid)).map(({ kind }) => kind)).toEqual(['process']);
    expect(
      await target.takeSnapshot(
        () => {},
        () => {},
        never,
      ),
    ).toEqual({ idsKept: true });
    await target.detach();
  });

  it('has Deno', async () => {
    const closed = await start(leaking, { node: deno, flags: ['run', '--allow-all'], asFile: true });
    expect(await rowsOf(closed.pid)).toMatchObject([
      {
        runtime: 'deno',
        title: 'program.cjs',
        version: expect.stringMatching(/^2\./) as string,
        inspector: null,
        obstacle: `process ${closed.pid} has no inspector open: start it with --inspect`,
      },
    ]);
    const open = await start(leaking, {
      node: deno,
      flags: ['run', '--inspect=127.0.0.1:0', '--allow-all'],
      asFile: true,
    });
    const [row] = await rowsOf(open.pid);
    expect(row).toMatchObject({ runtime: 'deno', kind: 'process', obstacle: null });
    const target = await attach(row.address, never);
    expect(target.pid).toBe(open.pid);
    await target.detach();
  });

  it('has the pages of Chromium', async () => {
    const { pid, place, openPage, end } = await startPage('<title>A shop</title>');
    try {
      await openPage('<title>Its admin</title>');
      const rows = async () => (await rowsOf(pid)).filter(({ kind }) => kind === 'page');
      await expect
        .poll(async () => (await rows()).map(({ title }) => title).sort())
        .toEqual(['A shop', 'Its admin']);
      for (const row of await rows()) {
        expect(row).toMatchObject({ runtime: 'chromium', inspector: place, obstacle: null });
        const target = await attach(row.address, never);
        expect(target.title).toBe(row.title);
        await target.detach();
      }
    } finally {
      await end();
    }
  });

  it.each([
    ['is stopped', {}, (pid: number) => process.kill(pid, 'SIGSTOP'), /is stopped: let it go on first/],
    ['denies the signal', { flags: ['--disable-sigusr1'] }, () => {}, /was started with --disable-sigusr1/],
  ])('says why a process that %s cannot be attached to', async (_what, options, act, sentence) => {
    const { pid } = await start(leaking, { node: newest.path, ...options });
    act(pid);
    await expect.poll(async () => (await rowsOf(pid))[0].obstacle).toMatch(sentence);
  });

  it('has no process twice, and not itself', async () => {
    await start(leaking, { node: oldest.path });
    const rows = await listTargets(never);
    expect(new Set(rows.map(({ address }) => address)).size).toBe(rows.length);
    expect(rows.filter(({ pid }) => pid === process.pid)).toEqual([]);
  });
});

const deno = join(root, 'node_modules/deno/deno');
