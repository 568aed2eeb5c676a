// What grew in a page, of graphs that are made for it; real pages are in test/pages.
import { expect, it } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { findPageLeaks, lookAtPage, momentOf } from '../../../../shared/heap/pages/page-leaks.ts';
import { describeSnapshot, readText } from '../build-graph.ts';

const runs = [7, 5, 11];

/** A page whose only object that is not a list has so many bytes. */
function pageWith(name: string, bytes: number) {
  const json = describeSnapshot({
    nodes: ['synthetic (root)', 'synthetic (Global handles)', `native ${name}`],
    edges: ['0 element 1 1', '1 element 1 2'],
  });
  const fields = json.snapshot.meta.node_fields;
  json.nodes[2 * fields.length + fields.indexOf('self_size')] = bytes;
  return lookAtPage(new HeapAnalysis(readText(JSON.stringify(json))), new Set());
}

function grownIn(name: string): string[] {
  let bytes = 10_000;
  const heaps = [0, ...runs].map((count) => pageWith(name, (bytes += 500 * count)));
  const now = heaps.at(-1)!;
  return findPageLeaks(now, heaps.slice(0, -1).map(momentOf), runs).map(({ node }) =>
    now.analysis.graph.nodeName(node),
  );
}

it.each([
  ['<pre>', ['<pre>']],
  ['AudioBuffer', ['AudioBuffer']],
  // Blink's own, of which a page knows nothing.
  ['blink::DocumentLoader', []],
  ['PerformanceObserverEntries', []],
])('%s, which grows with every run', (name, found) => {
  expect(grownIn(name)).toEqual(found);
});
