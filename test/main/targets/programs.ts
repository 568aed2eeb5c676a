// Node programs to attach to: real processes, ended after the test.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { findTarget } from '../../../main/targets/kinds.ts';
import { readHeaps } from '../../../main/targets/read-heap.ts';

export const root = resolve(import.meta.dirname, '../../..');

/** The Nodes of this machine, oldest first. */
export const nodes = ['node20', 'node22', 'node24', 'node26']
  .map((name) => ({ name, path: join(root, 'node_modules', name, 'bin', 'node') }))
  .filter(({ path }) => existsSync(path));

/** The oldest and the newest of them; all with `OBJGRAPH_ALL=1`. */
export const oldestAndNewest = process.env.OBJGRAPH_ALL ? nodes : [nodes[0], nodes[nodes.length - 1]];

const started: ChildProcess[] = [];
const folders: string[] = [];

export interface Program {
  pid: number;
  child: ChildProcess;
  stderr: string;
}

/**
 * Starts a program that says something when it is ready; `source` is CommonJS. Its inspector takes any port: several tests
 * run at once, and 9229 is one.
 */
export async function start(
  source: string,
  {
    flags = ['--inspect-port=0'],
    node = process.execPath,
    env = process.env,
    asFile = false,
    cwd = process.cwd(),
  } = {},
): Promise<Program> {
  const code = `${source}; console.log('ready')`;
  const child = spawn(node, [...flags, ...(asFile ? [inFile(code)] : ['-e', code])], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, NODE_OPTIONS: '' },
    cwd,
  });
  track(child);
  const program = { pid: child.pid!, child, stderr: '' };
  child.stderr.on('data', (data: Buffer) => (program.stderr += data.toString()));
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return program;
}

/** Ends a program with the others after the test. */
export function track<T extends ChildProcess>(child: T): T {
  started.push(child);
  return child;
}

function inFile(code: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-program-'));
  folders.push(folder);
  writeFileSync(join(folder, 'program.cjs'), code);
  return join(folder, 'program.cjs');
}

/** For an inspector of its own: of one that may take any port, every port is asked whether it is the inspector's. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export function endPrograms(): void {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

export interface Browser {
  pid: number;
  /** HOST:PORT of its inspector. */
  place: string;
  openPage(page: string): Promise<void>;
  end(): Promise<void>;
}

/** A page in Debian's Chromium, which listens on a port as `--remote-debugging-port` makes it. */
export async function startPage(page: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'objgraph-chromium-'));
  const addressOf = (html: string) => `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
  const chromium = spawn(
    '/usr/bin/chromium',
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0'],
      ...[`--user-data-dir=${profile}`, addressOf(page)],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  for await (const line of createInterface({ input: chromium.stderr })) {
    const place = /DevTools listening on ws:\/\/([^/]+)/.exec(line)?.[1];
    if (place === undefined) continue;
    await untilLoaded(place);
    return {
      pid: chromium.pid!,
      place,
      openPage: async (html) =>
        void (await fetch(`http://${place}/json/new?${addressOf(html)}`, { method: 'PUT' })),
      end: async () => {
        chromium.kill();
        if (chromium.exitCode === null) await once(chromium, 'exit');
        await removeProfile(profile);
      },
    };
  }
  throw new Error('Chromium did not start');
}

/** A program whose leak is found by name. */
export const leaking = `class Leaked { constructor(i) { this.i = { i } } }
globalThis.cache = Array.from({ length: 25 }, (_, i) => new Leaked(i));
setInterval(() => {}, 1000)`;

/** Reads a target as the commands do. */
export async function read(text: string, signal = new AbortController().signal): Promise<HeapGraph> {
  const [heap] = await readHeaps(findTarget(text), { signal, progress: () => {} });
  return heap;
}

/** How many objects V8 calls by this name. */
export function countNamed(graph: HeapGraph, name: string): number {
  let count = 0;
  for (let node = 0; node < graph.nodeCount; node++)
    if (graph.nodeTypes[node] === 3 && graph.nodeName(node) === name) count++;
  return count;
}

/** Chromium's helpers write for a moment after it has ended, also into folders that were just emptied. */
async function removeProfile(profile: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return rmSync(profile, { recursive: true, force: true });
    } catch (error) {
      if (attempt === 50) throw error;
      await sleep(100);
    }
  }
}

/** The page is there, and no longer the empty one that Chromium begins with. */
async function untilLoaded(place: string): Promise<void> {
  for (let look = 0; look < 200; look++) {
    const pages = (await (await fetch(`http://${place}/json/list`)).json()) as {
      type: string;
      url: string;
    }[];
    if (pages.some(({ type, url }) => type === 'page' && url.startsWith('data:'))) return;
    await sleep(50);
  }
  throw new Error(`Chromium at ${place} did not open its page`);
}
