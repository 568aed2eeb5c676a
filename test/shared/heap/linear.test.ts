// That no analysis looks at more than in proportion to the heap: what it reads of the edges is counted, not timed. The kinds
// that were read too often once; all kinds, with larger heaps and times: `npm run bench:linear`.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import type { HeapGraph } from '../../../shared/heap/heap-graph.ts';
import { analyses } from '../../bench/programs/analyses.ts';
import { nodes, snapshotsOf } from '../../oracle/snapshots.ts';
import { readText } from './build-graph.ts';

const program = join(import.meta.dirname, '../../fixtures/programs/node-kinds.cjs');
const kinds = [
  'FinalizationRegistry',
  'AbortSignal.any',
  'cons string',
  'deep scopes',
  'chain of ephemerons',
];
/** Each twice as large as the one before it. */
const sizes = [200, 400, 800, 1600];

/** What each analysis reads of a graph's edges, besides what those before it have found already. */
function readsOf(graph: HeapGraph, before: HeapGraph): Record<string, number> {
  let reads = 0;
  const edgeTargets = new Proxy(graph.edgeTargets, {
    get(target, key) {
      reads++;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  const counted = Object.create(graph, { edgeTargets: { value: edgeTargets } }) as HeapGraph;
  const [now, earlier] = [new HeapAnalysis(counted), new HeapAnalysis(before)];
  const readsBy = Object.entries(analyses).map(([name, analyse]) => {
    reads = 0;
    analyse(now, earlier);
    return [name, reads];
  });
  return Object.fromEntries(readsBy) as Record<string, number>;
}

describe.each(kinds)('%s', (kind) => {
  let reads: Record<string, number>[];
  beforeAll(() => {
    const graphs = snapshotsOf(nodes['Node 24'], program, sizes.length, kind, ...sizes.map(String)).map(
      (bytes) => readText(bytes),
    );
    reads = [1, 2, 3].map((i) => readsOf(graphs[i], graphs[i - 1]));
  });

  it.each(Object.keys(analyses))('%s: twice as many take twice as much', (name) => {
    // What the rest of the heap takes is in all of them: the differences are of the things alone.
    const [small, middle, large] = reads.map((each) => each[name]);
    const [first, second] = [middle - small, large - middle];
    expect(first).toBeLessThan(1000 * sizes[1]);
    if (second > 20 * sizes[3]) expect(second / first).toBeLessThan(2.5);
  });
});
