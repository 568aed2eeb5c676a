// Snapshots of real programs whose allocations V8 tracks: each object has the stack that made it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aliveByStack,
  allocationStackOf,
  allocationTimeline,
} from '../../../shared/heap/allocation-traces.ts';
import { groupAllocations } from '../../../shared/heap/allocation-tree.ts';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { nodes } from '../../main/targets/programs.ts';
import { trackedProgram } from './tracked-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-traces-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(bytes: Uint8Array, chunk: number): HeapGraph {
  const reader = new SnapshotReader();
  for (let at = 0; at < bytes.length; at += chunk) reader.write(bytes.subarray(at, at + chunk));
  return reader.end();
}

function jobsOf(graph: HeapGraph): Uint32Array {
  const analysis = new HeapAnalysis(graph);
  return analysis.instances(analysis.classes.list.findIndex(({ name }) => name === 'Job'));
}

// Node 20 gives many objects no stack.
describe.each([nodes[1], nodes[nodes.length - 1]])('$name', ({ name, path }) => {
  const file = join(folder, `${name}.heaptimeline`);
  let bytes: Buffer;
  beforeAll(() => {
    // V8 loses the stacks of objects that a garbage collection moves: there is room for all of them.
    const args = ['--min-semi-space-size=64', '-e', trackedProgram, file];
    const { status, stderr } = spawnSync(path, args, { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    bytes = readFileSync(file);
  });

  it('knows the stack that allocated each object, and how many are alive of each', () => {
    const graph = read(bytes, 1 << 20);
    const jobs = jobsOf(graph);
    const makers = Array.from(jobs, (node) =>
      allocationStackOf(graph, node).map(({ functionName }) => functionName),
    );
    const count = (maker: string) => makers.filter((stack) => stack.includes(maker)).length;
    expect([count('morning'), count('evening')]).toEqual([30, 70]);
    const tree = aliveByStack(graph, jobs)!;
    const evening = tree.frames.findIndex(({ functionName }) => functionName === 'evening');
    const groups = groupAllocations(
      tree,
      Array.from(tree.frames, (_, i) => (i === evening ? 0 : -1)),
    );
    expect(groups[0].selfCount).toBe(70);
    expect(tree.frames[evening].line).toBe(
      trackedProgram.split('\n').findIndex((line) => line.includes('function evening')),
    );
  });

  it('knows when: a range of the timeline has the objects of that time', () => {
    const graph = read(bytes, 1 << 20);
    const bars = allocationTimeline(graph);
    expect(bars.length).toBeGreaterThan(1);
    const tracked = bars.reduce((sum, { count }) => sum + count, 0);
    expect(tracked).toBeGreaterThan(50);
    const jobs = jobsOf(graph);
    // Bars cut the time into parts: together they have all that has a stack.
    const made = (from: number, to: number) =>
      aliveByStack(graph, jobs, [from, to])!.counts!.reduce((sum, each) => sum + each, 0);
    const parts = bars.reduce((sum, { after, last }) => sum + made(after, last), 0);
    expect(parts).toBe(made(0, Infinity));
    expect(parts).toBeGreaterThanOrEqual(70);
    expect(made(bars[bars.length - 1].last, Infinity)).toBe(0);
  });

  it('is read the same in pieces of any size', () => {
    const whole = read(bytes, bytes.length).allocations!;
    for (const chunk of [997, 65_537]) expect(read(bytes, chunk).allocations).toEqual(whole);
  });

  it('a tree that is none is refused with its place', () => {
    const text = bytes.toString('latin1');
    const at = text.indexOf('"trace_tree":[') + '"trace_tree":['.length;
    for (const wrong of ['[', 'x', '1,2]']) {
      const damaged = Buffer.from(text.slice(0, at) + wrong + text.slice(at), 'latin1');
      expect(() => read(damaged, 1 << 20)).toThrow(/trace_tree/);
    }
  });
});
