// That no analysis looks at more than in proportion to the heap: what it reads of the edges is counted, not timed. The kinds
// that were read too often once; all kinds, with larger heaps and times: `npm run bench:linear`.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

/** The graph, and how many of its edges' targets were read so far. */
function counted(graph: HeapGraph): { graph: HeapGraph; reads: () => number } {
  let reads = 0;
  const edgeTargets = new Proxy(graph.edgeTargets, {
    get(target, key) {
      reads++;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  const copy = Object.create(graph, { edgeTargets: { value: edgeTargets } }) as HeapGraph;
  return { graph: copy, reads: () => reads };
}

describe.each(kinds)('%s', (kind) => {
  const graphs = snapshotsOf(nodes['Node 24'], program, sizes.length, kind, ...sizes.map(String)).map(
    (bytes) => readText(bytes),
  );

  it.each(Object.keys(analyses))('%s: twice as many take twice as much', (name) => {
    const reads = [1, 2, 3].map((i) => {
      const now = counted(graphs[i]);
      analyses[name](new HeapAnalysis(now.graph), new HeapAnalysis(graphs[i - 1]));
      return now.reads();
    });
    // What the rest of the heap takes is in all of them: the differences are of the things alone.
    const [first, second] = [reads[1] - reads[0], reads[2] - reads[1]];
    expect(first).toBeLessThan(1000 * sizes[1]);
    if (second > 20 * sizes[3]) expect(second / first).toBeLessThan(2.5);
  });
});
