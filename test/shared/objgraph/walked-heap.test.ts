// A picture of references by a walk over the live objects is the picture of V8's snapshot. With OBJGRAPH_ALL=1, one by one, with more
// random graphs, on all versions of Node.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { nodes as usualNodes } from './programs.ts';

const root = join(import.meta.dirname, '../../..');
const isAll = process.env.OBJGRAPH_ALL === '1';
const otherNodes = ['node22', 'node26'].map((name): [string, string] => [
  name,
  join(root, `node_modules/${name}/bin/node`),
]);
const nodes = isAll ? [...usualNodes, ...otherNodes] : usualNodes.slice(-1);
const folder = mkdtempSync(join(tmpdir(), 'objgraph-walked-'));

interface Report {
  walked: string[];
  refused: string[];
  different: { label: string; walked: unknown; whole: unknown }[];
  ran: string[];
}

beforeAll(async () => {
  await build({
    configFile: join(root, 'build/library.config.ts'),
    logLevel: 'error',
    build: {
      outDir: folder,
      lib: {
        entry: { index: join(import.meta.dirname, 'walked/both-pictures.ts') },
        formats: ['cjs'],
        fileName: () => 'index.cjs',
      },
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(nodes)('a walk on %s', (_name, node) => {
  let report: Report;
  beforeAll(() => {
    const program = join(import.meta.dirname, 'walked/program.mjs');
    const [seed, graphs] = isAll ? [Date.now() % 1e6, 100] : [7, 3];
    const args = [program, join(folder, 'index.cjs'), String(seed), String(graphs)];
    report = JSON.parse(
      execFileSync(node, isAll ? [...args, '--each'] : args, { encoding: 'utf8', maxBuffer: 1e9 }),
    ) as Report;
  });

  it('draws what a snapshot of the whole heap shows', () => {
    for (const { label, walked, whole } of report.different) expect(walked, label).toEqual(whole);
  });

  it('knows most kinds of data, and objects of classes', () => {
    const walked = report.walked.join();
    for (const name of [
      'a plain object',
      'an instance',
      'a derived class',
      'a map',
      'a set',
      'a cycle',
      'nested lists',
      'a date',
    ])
      expect(walked).toContain(name);
  });

  it.each([
    'private fields',
    'methods',
    'accessors',
    'a proxy',
    'a promise',
    'a generator',
    'a scope',
    'an error',
    'typed arrays',
    'weak ones',
    'a module',
    'the global object',
  ])('leaves %s to the snapshot', (name) => {
    expect(report.refused).toContain(name);
  });

  it('runs nothing of the program', () => {
    expect(report.ran).toEqual([]);
  });
});
