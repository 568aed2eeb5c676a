// Every node of every snapshot against Chrome DevTools' own code: no difference in any figure. With a longer list, which
// takes ten seconds each: `ORACLE_LIST=1000000 npx vitest run test/oracle/equality`.
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { randomHeap } from '../shared/heap/analysis/random-heap.ts';
import { describeSnapshot, readText } from '../shared/heap/build-graph.ts';
import { readWithDevTools, type DevToolsSnapshot } from './devtools.ts';
import {
  heapProgram,
  nodes,
  page,
  runtimes,
  snapshotOf,
  snapshotOfPage,
  timelineProgram,
} from './snapshots.ts';

/** How many nodes differ, figure by figure. */
async function differences(bytes: Uint8Array): Promise<Record<string, unknown>> {
  const theirs = await readWithDevTools(new TextDecoder().decode(bytes));
  const ours = new HeapAnalysis(readText(bytes));
  const { graph } = ours;
  const { retainedSizes, shallowSizes } = ours;
  const { distances } = ours.distances;
  const { dominators } = ours.dominatorTree;
  const found = {
    nodes: Math.abs(theirs.nodeCount - graph.nodeCount),
    retained: 0,
    shallow: 0,
    distance: 0,
    dominator: 0,
    classes: differentClasses(ours, theirs),
  };
  for (let node = 0; node < graph.nodeCount; node++) {
    if (retainedSizes[node] !== theirs.retainedSizes[node]) found.retained++;
    if (shallowSizes[node] !== theirs.createNode(node * theirs.nodeFieldCount).selfSize()) found.shallow++;
    if (distances[node] !== theirs.nodeDistances[node]) found.distance++;
    if (dominators[node] !== theirs.dominatorsTree[node]) found.dominator++;
  }
  return found;
}

/** The classes that only one side has, or has other figures of: count, bytes, retained bytes, least distance. */
function differentClasses({ classes, histogram }: HeapAnalysis, theirs: DevToolsSnapshot): string[] {
  const rows = new Set<string>();
  const keys = new Set<string>();
  classes.list.forEach(({ name, location }, index) => {
    if (histogram.counts[index] === 0) return;
    const key = location
      ? `${location.scriptId},${location.line - 1},${location.column - 1},${name}`
      : `,${name}`;
    const figures = [histogram.counts, histogram.shallowSizes, histogram.retainedSizes, histogram.distances];
    keys.add(key);
    rows.add([key, ...figures.map((figure) => figure[index])].join(' '));
  });
  const all = Object.entries(theirs.getAggregatesByClassKey(false, 'allObjects'));
  // V8 15 names each scope apart, and DevTools gives each a row; here they are one class, whose sums must be the same.
  const isScope = ([key]: (typeof all)[number]) => /^,system \/ Context \/ scope @\d+$/.test(key);
  const aggregates = all.filter((entry) => !isScope(entry));
  const scopes = all.filter(isScope).map(([, aggregate]) => aggregate);
  if (scopes.length > 0) {
    const index = classes.list.findIndex(({ name }) => name === 'system / Context');
    const sum = (of: 'count' | 'self') => scopes.reduce((total, aggregate) => total + aggregate[of], 0);
    const distance = Math.min(...scopes.map((aggregate) => aggregate.distance));
    const ours = [histogram.counts[index], histogram.shallowSizes[index], histogram.distances[index]];
    if (ours.join() !== [sum('count'), sum('self'), distance].join()) return [`scopes: ${ours.join()}`];
    keys.delete(',system / Context');
  }
  const missing = aggregates
    .map(([key, { count, self, maxRet, distance }]) => [key, count, self, maxRet, distance].join(' '))
    .filter((row) => !rows.has(row));
  // Where a class is called as functions are, `Function`, DevTools shows only one of the two.
  return [...missing, ...[...keys].filter((key) => !aggregates.some(([theirKey]) => theirKey === key))];
}

const none = { nodes: 0, retained: 0, shallow: 0, distance: 0, dominator: 0, classes: [] };

describe('the figures of DevTools, node for node', () => {
  const length = process.env.ORACLE_LIST ?? '100000';

  for (const [name, runtime] of Object.entries(runtimes))
    it.skipIf(!existsSync(runtime))(name, async () => {
      expect(await differences(snapshotOf(runtime, heapProgram, length))).toEqual(none);
    });

  it.each(['Node 20', 'Node 26'])('a timeline of allocations, %s', async (name) => {
    const bytes = snapshotOf(nodes[name], timelineProgram, length);
    expect(bytes.includes('"trace_tree":[1,')).toBe(true);
    expect(await differences(bytes)).toEqual(none);
  });

  it.skipIf(!existsSync('/usr/bin/chromium'))('Chromium, a page with detached DOM', async () => {
    expect(await differences(await snapshotOfPage(page))).toEqual(none);
  });

  it('random graphs of all kinds of nodes and edges: rings, what only weak edges hold, what nothing holds', async () => {
    for (let seed = 1; seed <= 150; seed++) {
      const text = JSON.stringify(describeSnapshot(randomHeap(seed)));
      expect(await differences(new TextEncoder().encode(text)), `seed ${seed}`).toEqual(none);
    }
  });
});
