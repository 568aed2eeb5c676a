// The inspectors of other programs than Node, by their addresses: Deno, and the pages of a Chromium.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { findPaths } from '../../../shared/heap/paths.ts';
import { NodeNames } from '../../../shared/heap/node-names.ts';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { LiveTarget } from '../../../main/targets/connection.ts';
import { describeTarget } from '../../../main/targets/describe-target.ts';
import { findTarget } from '../../../main/targets/kinds.ts';
import { deno } from '../../oracle/snapshots.ts';
import { countNamed, leaking, read } from './programs.ts';

const chromium = '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'objgraph-inspectors-'));
const started: ChildProcess[] = [];

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill();
    await ended;
  }
});
// A browser's children write their last words when it has gone.
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));

/** Starts a program, and gives the address of its inspector when it has printed that, and `ready` after it. */
async function start(
  program: string,
  args: string[],
  ready = '',
  heard: (text: string) => void = () => {},
): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  started.push(child);
  let said = '';
  return await new Promise((resolve, reject) => {
    child.stderr.on('data', (data: Buffer) => {
      heard(data.toString());
      const url = /listening on ws:\/\/(\S+?:\d+)\//.exec((said += data.toString()));
      if (url && said.includes(ready)) resolve(url[1]);
    });
    child.once('exit', (code, signal) =>
      reject(new Error(`${program} ended with ${signal ?? code}: ${said}`)),
    );
  });
}

/** What holds the first object of a type, from the root on. */
function chainTo(graph: HeapGraph, type: string): string[] {
  const analysis = new HeapAnalysis(graph);
  const names = new NodeNames(analysis.objects, '');
  const index = analysis.classes.list.findIndex(({ name }) => name === type);
  const [path] = findPaths(analysis.objects, analysis.instances(index)[0], { count: 1 });
  return path.map(({ node }) => names.type(node));
}

describe.skipIf(!existsSync(deno))('Deno', () => {
  it('is read by its address, and its leaks lead to the global object', async () => {
    const program = join(folder, 'leak.js');
    // Deno loads its own `process` when it is first read, which ends a program that is starting.
    const watch = `Object.defineProperty(globalThis, 'process', { get() { console.error('process was read') } })`;
    writeFileSync(program, `${watch}; ${leaking}; console.error('ready')`);
    let said = '';
    const args = ['run', '--inspect=127.0.0.1:0', program];
    const place = await start(deno, args, 'ready', (text) => (said += text));
    const heap = await read(place);
    expect(countNamed(heap, 'Leaked')).toBe(25);
    expect(chainTo(heap, 'Leaked')).toEqual(['global', 'Array', 'Leaked']);
    const target = findTarget(place);
    if (!(target instanceof LiveTarget)) throw new Error(`${place} is no live target`);
    const connection = await target.open(new AbortController().signal, () => {});
    expect(await describeTarget(connection)).toMatchObject({ runtime: 'deno' });
    await connection.close();
    expect(said).not.toContain('process was read');
  });
});

describe.skipIf(!existsSync(chromium))('Chromium', () => {
  const page = (name: string) =>
    `data:text/html,<title>${name}</title><script>class Leaked${name}{};` +
    `cache=Array.from({length:25},()=>new Leaked${name})</script>`;
  const browse = () =>
    start(chromium, [
      '--headless=new',
      '--no-sandbox',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--remote-debugging-port=0',
      page('One'),
    ]);

  it('is read by its address while it has one page, and by the address of a page', async () => {
    const place = await browse();
    await expect.poll(async () => countNamed(await read(place), 'LeakedOne')).toBe(25);
    expect(chainTo(await read(place), 'LeakedOne')).toEqual(['global', 'Array', 'LeakedOne']);

    await fetch(`http://${place}/json/new?${page('Two')}`, { method: 'PUT' });
    const list = async () =>
      ((await (await fetch(`http://${place}/json/list`)).json()) as { type: string; title: string }[])
        .filter(({ type }) => type === 'page')
        .map(({ title }) => title);
    await expect.poll(list).toContain('Two');
    const error = await read(place).catch((reason: Error) => reason.message);
    expect(error).toMatch(
      new RegExp(`^at ${place} there is more than one target: name one of .*ws://${place}/devtools/page/`),
    );
    const addresses = Object.fromEntries(
      [...String(error).matchAll(/(ws:\/\/\S+) \((\w+)\)/g)].map(([, address, title]) => [title, address]),
    );
    expect(Object.keys(addresses).sort()).toEqual(['One', 'Two']);
    await expect.poll(async () => countNamed(await read(addresses.Two), 'LeakedTwo')).toBe(25);
    expect(countNamed(await read(addresses.One), 'LeakedOne')).toBe(25);
  });
});
