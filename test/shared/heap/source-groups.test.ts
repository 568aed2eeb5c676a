// Whose a heap is, of a real program with packages.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { Owner } from '../../../shared/heap/owner.ts';
import { SnapshotReader } from '../../../shared/heap/snapshot-reader.ts';
import { groupBySource } from '../../../shared/heap/source-groups.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

let analysis: HeapAnalysis;
beforeAll(() => {
  for (const name of ['small', '@scope/large'])
    mkdirSync(join(folder, 'node_modules', name), { recursive: true });
  const code = (count: number) =>
    `const cache = new Map(); for (let i = 0; i < ${count}; i++) cache.set(i, { text: 'entry ' + i }); exports.get = (i) => cache.get(i);`;
  writeFileSync(join(folder, 'node_modules/small/index.js'), code(100));
  writeFileSync(join(folder, 'node_modules/@scope/large/index.js'), code(20_000));
  writeFileSync(
    join(folder, 'main.cjs'),
    `const small = require('small'), large = require('@scope/large');
class Job { constructor(i) { this.data = [i, { i }]; } }
exports.jobs = Array.from({ length: 500 }, (_, i) => new Job(i));
exports.get = () => [small, large];
require('node:v8').writeHeapSnapshot('a.heapsnapshot');`,
  );
  expect(spawnSync(process.execPath, ['main.cjs'], { cwd: folder }).status).toBe(0);
  const reader = new SnapshotReader();
  reader.write(readFileSync(join(folder, 'a.heapsnapshot')));
  analysis = new HeapAnalysis(reader.end());
});

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('the groups of a heap', () => {
  it('are the packages by their names, the program, Node and V8, and together the whole heap', () => {
    const groups = groupBySource(analysis, 'package');
    const size = sum(groups.map((group) => group.size));
    expect(size).toBeCloseTo(sum(analysis.shallowSizes), 0);
    const named = (name: string) => groups.find((group) => group.name === name)!;
    // Each entry has an object, a text, and its place in the table.
    expect(named('@scope/large').size).toBeGreaterThan(20_000 * 40);
    expect(named('@scope/large').retainedSize).toBeGreaterThan(100 * named('small').retainedSize);
    expect(named('small').owner).toBe(Owner.package);
    const yours = groups.find(({ name, owner }) => name === null && owner === Owner.yours)!;
    expect(yours.count).toBeGreaterThanOrEqual(500);
    expect(groups.map(({ owner }) => owner)).toEqual(expect.arrayContaining([Owner.internal, Owner.builtIn]));
  });

  it('are files, with the same bytes', () => {
    const files = groupBySource(analysis, 'file');
    expect(sum(files.map(({ size }) => size))).toBeCloseTo(sum(analysis.shallowSizes), 0);
    const large = files.find(({ name }) => name?.endsWith('large/index.js'))!;
    const [, packaged] = [0, groupBySource(analysis, 'package').find(({ name }) => name === '@scope/large')!];
    expect(large.size).toBe(packaged.size);
  });
});
