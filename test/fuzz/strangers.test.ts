// What strangers may send: DOT, output of Graphviz, messages of a page, answers of inspectors, processes, what comes to the doors of a viewer. Each is read, or refused in words; nothing crashes,
// hangs or eats the memory. How to run them for longer is said in run-fuzzer.ts.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { heapProgram, nodes, snapshotOf } from '../oracle/snapshots.ts';
import type { SnapshotJson } from '../shared/heap/build-graph.ts';
import { fuzz, seconds, seed } from './run-fuzzer.ts';
import { shrink } from './shrink.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/dot');
const graphs = readdirSync(fixtures)
  .filter((name) => name.endsWith('.dot'))
  .map((name) => join(fixtures, name));
const folder = mkdtempSync(join(tmpdir(), 'objgraph-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

function writeSnapshot(): string {
  const json = JSON.parse(snapshotOf(nodes['Node 20'], heapProgram, '100').toString()) as SnapshotJson;
  const file = join(folder, 'small.heapsnapshot');
  writeFileSync(file, JSON.stringify(shrink(json, 1000)));
  return file;
}

it.each([
  ['DOT', 'dot-cases.ts', () => graphs],
  ["Graphviz's output", 'output-cases.ts', () => graphs],
  ["an inspector's answers", 'inspector-cases.ts', () => []],
  ['processes and their files', 'program-cases.ts', () => ['/bin/true']],
  ['doors of a viewer', 'door-cases.ts', () => [join(fixtures, 'cells.dot')]],
  ["a page's messages", 'protocol-cases.ts', () => [writeSnapshot(), join(fixtures, 'cells.dot')]],
])(
  `reads or refuses all spoiled %s, seeds from ${seed}`,
  async (what, program, files) => {
    const { cases, accepted, slowest, peak, failures } = await fuzz(program, files(), 21);
    console.log(
      `${what}: ${cases} cases, ${accepted} accepted, slowest ${Math.round(slowest)} ms, peak ${Math.round(peak / 1000)} MB`,
    );
    expect(failures.slice(0, 10)).toEqual([]);
    expect(cases).toBeGreaterThan(20);
    expect(accepted).toBeGreaterThan(0);
    expect(peak).toBeLessThan(2_000_000);
  },
  (seconds + 60) * 1000,
);
