// The table of classes before all is known of a heap, and after.
import { expect, it, vi } from 'vitest';
import { analysisPlans } from '../../../main/heap/analyses.ts';
import { LoadedSnapshot } from '../../../main/heap/loaded-snapshot.ts';
import { typePage } from '../../../main/heap/type-rows.ts';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { buildGraph } from '../../shared/heap/build-graph.ts';

const graph = buildGraph({
  nodes: ['synthetic (root)', 'object Window', 'object Shop', 'object Cart', 'object Lost'],
  edges: ['0 shortcut window 1', '1 property shop 2', '2 property cart 3', '0 element 1 4', '4 weak 1 3'],
});
const asked = { filter: '', only: 'all', sort: 'shallowSize', direction: 'descending' } as const;

it('has counts and sizes before distances are measured, and says of none how far it is', () => {
  const analysis = new HeapAnalysis(graph);
  const measured = vi.spyOn(analysis, 'distances', 'get');
  for (const { run } of analysisPlans.counts.steps) run(analysis);
  const snapshot = new LoadedSnapshot('shop', graph, {}, new Set(['counts']), analysis);
  const { rows } = typePage(snapshot, { ...asked, offset: 0, limit: 10 });
  expect(measured).not.toHaveBeenCalled();
  expect(rows.find(({ type }) => type === 'Cart')).toMatchObject({
    count: 1,
    shallowSize: graph.selfSizes[3],
    retainedSize: null,
    distance: null,
  });
});

it('has the least distance of the objects of a class with their retained sizes', () => {
  const analysis = new HeapAnalysis(graph);
  for (const name of ['counts', 'retainedSizes'] as const)
    for (const { run } of analysisPlans[name].steps) run(analysis);
  const snapshot = new LoadedSnapshot('shop', graph, {}, new Set(['counts', 'retainedSizes']), analysis);
  const { rows } = typePage(snapshot, { ...asked, offset: 0, limit: 10 });
  const distances = Object.fromEntries(rows.map(({ type, distance }) => [type, distance]));
  expect(distances).toMatchObject({ Window: 1, Shop: 2, Cart: 3 });
});
