// Node programs to attach to: real processes, ended after the test.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { findTarget } from '../../../main/targets/kinds.ts';
import { readHeaps } from '../../../main/targets/read-heap.ts';

export const root = resolve(import.meta.dirname, '../../..');

/** The Nodes of this machine, oldest first. */
export const nodes = ['node20', 'node22', 'node24', 'node26']
  .map((name) => ({ name, path: join(root, 'node_modules', name, 'bin', 'node') }))
  .filter(({ path }) => existsSync(path));

const started: ChildProcess[] = [];

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
  { flags = ['--inspect-port=0'], node = process.execPath, env = process.env } = {},
): Promise<Program> {
  const child = spawn(node, [...flags, '-e', `${source}; console.log('ready')`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, NODE_OPTIONS: '' },
  });
  started.push(child);
  const program = { pid: child.pid!, child, stderr: '' };
  child.stderr.on('data', (data: Buffer) => (program.stderr += data.toString()));
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  return program;
}

export function endPrograms(): void {
  for (const child of started.splice(0)) child.kill('SIGKILL');
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
