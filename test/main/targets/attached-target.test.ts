// Staying attached to real processes: questions, snapshots with the same ids, and nothing left behind.
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { attach } from '../../../main/targets/attached-target.ts';
import type { Attached } from '../../../main/targets/attached.ts';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { countNamed, endPrograms, leaking, oldestAndNewest, root, start, startPage } from './programs.ts';

const attached: Attached[] = [];
afterEach(async () => {
  await Promise.all(attached.splice(0).map((target) => target.detach()));
  endPrograms();
});

const never = new AbortController().signal;
async function attachTo(address: string | number): Promise<Attached> {
  const target = await attach(String(address), never);
  attached.push(target);
  return target;
}

async function snapshotOf(target: Attached): Promise<{ heap: HeapGraph; idsKept: boolean | null }> {
  const reader = new SnapshotReader();
  const { idsKept } = await target.takeSnapshot(
    (chunk) => reader.write(chunk),
    () => {},
    never,
  );
  return { heap: reader.end(), idsKept };
}

const idsOf = (heap: HeapGraph, name: string) => {
  const ids = [];
  for (let node = 0; node < heap.nodeCount; node++)
    if (heap.nodeTypes[node] === 3 && heap.nodeName(node) === name) ids.push(heap.nodeIds[node]);
  return ids.sort((a, b) => a - b);
};

/** All that one asks of a target that has `globalThis.cache` of 25 `Leaked`. */
async function askEverything(target: Attached): Promise<void> {
  const { heapUsed, pause, memory } = await target.estimate();
  expect(heapUsed).toBeGreaterThan(100_000);
  expect(pause).toBeGreaterThan(0);
  expect(memory).toBeGreaterThan(heapUsed);

  const { heap, idsKept } = await snapshotOf(target);
  expect(idsKept).toBeNull();
  expect(countNamed(heap, 'Leaked')).toBe(25);

  const evaluated = await target.evaluate('globalThis.cache[3]');
  expect(evaluated).toMatchObject({ description: 'Leaked {i: Object}', threw: false, type: 'Leaked' });
  expect(idsOf(heap, 'Leaked')).toContain(evaluated.id);
  expect(await target.completions('globalThis.cac')).toContain('cache');
  const fields = await target.fieldsNow(evaluated.id!);
  expect(fields).toMatchObject({
    fields: [{ name: 'i', description: 'Object', id: expect.any(Number) as number }],
    isComplete: true,
  });

  const second = await snapshotOf(target);
  expect(second.idsKept).toBe(true);
  expect(idsOf(second.heap, 'Leaked')).toEqual(idsOf(heap, 'Leaked'));
}

describe('attached to a process by its id', () => {
  it.each(oldestAndNewest)('all can be asked, and it is left as it was: $name', async ({ name, path }) => {
    const { pid, child } = await start(leaking, { node: path });
    const target = await attachTo(pid);
    expect(target.description).toEqual({
      title: `process ${pid}`,
      pid,
      runtime: 'node',
      version: expect.stringMatching(`^${name.slice(4)}\\.`) as string,
      folder: process.cwd(),
      startedAt: expect.any(Number) as number,
    });
    await askEverything(target);
    expect(await listeningPorts(pid)).toHaveLength(1);
    await target.detach();
    expect(await listeningPorts(pid)).toEqual([]);
    expect(child.exitCode).toBeNull();
  });

  it.each(oldestAndNewest)('a worker thread: $name', async ({ path }) => {
    const { pid } = await start(
      `const { Worker } = require('node:worker_threads');
       new Worker(${JSON.stringify(leaking)}, { eval: true }).once('online', () => setTimeout(() => console.log('up'), 200));
       setInterval(() => {}, 1000); globalThis.no = 0; console.log = ((log) => (text) => text === 'up' && log(text))(console.log)`,
      { node: path },
    );
    const target = await attachTo(`${pid}#1`);
    expect(target.title).toMatch(/^worker #1 of /);
    await askEverything(target);
    await target.detach();
    expect(await listeningPorts(pid)).toEqual([]);
  });
});

describe('attached by an address', () => {
  it('to Deno', async () => {
    const deno = `${root}/node_modules/.bin/deno`;
    const { pid, stderr } = await start(leaking, {
      node: deno,
      flags: ['run', '--inspect=127.0.0.1:0', '--allow-all'],
      asFile: true,
    });
    const url = /ws:\/\/\S+/.exec(stderr)![0];
    const target = await attachTo(url);
    expect(target.description).toMatchObject({
      pid,
      runtime: 'deno',
      title: expect.stringMatching(/\.cjs$/),
    });
    await askEverything(target);
    await target.detach();
    expect(await listeningPorts(pid)).toHaveLength(1);
  });

  it('to a page of Chromium', async () => {
    const { place, end } = await startPage(`<title>A shop</title><script>${leaking}</script>`);
    try {
      const target = await attachTo(place);
      expect(target.description).toEqual({
        title: 'A shop',
        pid: null,
        runtime: 'chromium',
        version: expect.stringMatching(/^\d+/) as string,
        folder: null,
        startedAt: expect.any(Number) as number,
      });
      await askEverything(target);
      await target.detach();
      const again = await attachTo(place);
      expect((await again.evaluate('cache.length')).description).toBe('25');
    } finally {
      await end();
    }
  });

  it('of something else is refused in words', async () => {
    await expect(attach('./a.heapsnapshot', never)).rejects.toThrow(
      "./a.heapsnapshot is no process: name a process id, an inspector's HOST:PORT or ws://…",
    );
  });
});

it('reports that the target ended', async () => {
  const { pid, child } = await start(leaking);
  const target = await attachTo(pid);
  const ended = once(target, 'ended');
  child.kill('SIGKILL');
  const [reason] = (await ended) as [Error];
  expect(reason.message).toBe(`process ${pid} ended, or closed its inspector`);
  await expect(target.evaluate('1')).rejects.toThrow(reason.message);
});
