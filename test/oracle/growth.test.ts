// Growth between two snapshots of one process against Chrome DevTools' comparison: no class differs.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { sizeChange, snapshotGrowth } from '../../shared/heap/snapshot-growth.ts';
import { readText } from '../shared/heap/build-graph.ts';
import { readWithDevTools } from './devtools.ts';
import { runtimes, snapshotsOf } from './snapshots.ts';
import { sumOf } from '../../shared/heap/sizes.ts';

const program = join(import.meta.dirname, '../shared/heap/analysis/programs/shop.mjs');

it.each(Object.entries(runtimes))(
  'the growth that DevTools shows, class by class: %s',
  async (_, runtime) => {
    const bytes = snapshotsOf(runtime, program, 2);
    const [before, after] = await Promise.all(bytes.map((one) => readWithDevTools(one.toString())));
    const diff = after.calculateSnapshotDiff(1, before.aggregatesForDiff('[]'));
    const figures = new Map<string, number[]>();
    for (const [key, row] of Object.entries(diff)) {
      // V8 15 names each scope apart, and DevTools gives each a row; here they are one class.
      const name = key.replace(/^,system \/ Context \/ scope @\d+$/, ',system / Context');
      const sum = figures.get(name) ?? [0, 0, 0, 0];
      const own = [row.addedCount, row.removedCount, row.addedSize, row.removedSize];
      figures.set(
        name,
        sum.map((figure, i) => figure + own[i]),
      );
    }
    const theirs = [...figures].map(([key, row]) => [key, ...row].join(' ')).sort();
    const [first, second] = bytes.map((one) => new HeapAnalysis(readText(one)));
    const { matchedBy, rows } = snapshotGrowth(first, second);
    const size = ({ shallowSizes }: HeapAnalysis) => sumOf(shallowSizes);
    expect(rows.reduce((sum, row) => sum + sizeChange(row), 0)).toBe(size(second) - size(first));
    const ours = rows
      .filter(({ added, removed }) => added + removed > 0)
      .map(({ name, location, added, removed, addedSize, removedSize }) => {
        const place = location ? `${location.scriptId},${location.line - 1},${location.column - 1}` : '';
        return [`${place},${name}`, added, removed, addedSize, removedSize].join(' ');
      })
      .sort();
    expect(matchedBy).toBe('id');
    expect(ours).toEqual(theirs);
    expect(ours.length).toBeGreaterThan(5);
  },
);
