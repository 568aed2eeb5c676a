// The analyses of heaps of real programs whose numbers are known.
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { dominatedBy } from '../../../../shared/heap/dominator-children.ts';
import { IdIndex } from '../../../../shared/heap/id-index.ts';
import { pageOf } from '../../../../shared/heap/instances.ts';
import { NodeNames } from '../../../../shared/heap/node-names.ts';
import { findPaths } from '../../../../shared/heap/paths.ts';
import { isSameProcess } from '../../../../shared/heap/same-process.ts';
import { snapshotGrowth } from '../../../../shared/heap/snapshot-growth.ts';
import { nodes, page, snapshotOfPage, snapshotsOf } from '../../../oracle/snapshots.ts';
import { readText } from '../build-graph.ts';
import { sumOf } from '../../../../shared/heap/sizes.ts';

const program = join(import.meta.dirname, 'programs/shop.mjs');
const shop = (node: string): HeapAnalysis[] =>
  snapshotsOf(node, program, 2).map((bytes) => new HeapAnalysis(readText(bytes)));

/** The classes called so that the file at hand defines. */
const classesNamed = ({ classes }: HeapAnalysis, name: string): number[] =>
  classes.list.flatMap((heapClass, index) =>
    heapClass.name === name && heapClass.location?.script?.endsWith('shop.mjs') ? [index] : [],
  );

describe.each(['Node 20', 'Node 22', 'Node 26'])('a program of %s', (version) => {
  let before: HeapAnalysis;
  let after: HeapAnalysis;
  beforeAll(() => {
    [before, after] = shop(nodes[version]);
  });

  // V8's place of a class is that of its constructor.
  it('has its same-named classes apart, with their places', () => {
    const { classes, histogram } = before;
    const found = classesNamed(before, 'Order').map((index) => ({
      line: classes.list[index].location!.line,
      count: histogram.counts[index],
    }));
    expect(found.sort((a, b) => a.line - b.line)).toEqual([
      { line: 8, count: 200 },
      { line: 15, count: 30 },
    ]);
  });

  it('counts every byte in the histogram', () => {
    const { histogram, shallowSizes, retainedSizes, graph } = before;
    const sum = histogram.shallowSizes.reduce((a, b) => a + b, 0);
    expect(sum).toBe(sumOf(shallowSizes));
    expect(sum).toBe(retainedSizes[0]);
    expect(histogram.counts.reduce((a, b) => a + b, 0)).toBe(shallowSizes.filter((size) => size > 0).length);
    expect(histogram.counts.length).toBeLessThan(graph.nodeCount);
  });

  it('lists instances by retained size, page by page', () => {
    const [index] = classesNamed(before, 'Order');
    const instances = before.instances(index);
    const sizes = Array.from(instances, (node) => before.retainedSizes[node]);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(sizes[0]).toBeGreaterThan(600 * 4);
    expect(pageOf(instances, 198, 50)).toEqual({ total: 200, nodes: instances.slice(198) });
    expect(before.instances(index)).toBe(instances);
  });

  it('knows what each node dominates', () => {
    const { dominatorChildren, dominatorTree, retainedSizes, shallowSizes, graph } = before;
    const largest = dominatedBy(dominatorChildren, retainedSizes, 0);
    const sum = largest.reduce((bytes, node) => bytes + retainedSizes[node], shallowSizes[0]);
    expect(sum).toBe(retainedSizes[0]);
    for (let node = 1; node < graph.nodeCount; node += 97) {
      const siblings = dominatedBy(dominatorChildren, retainedSizes, dominatorTree.dominators[node]);
      expect(siblings.includes(node)).toBe(true);
    }
    expect(dominatorChildren.nodes.length).toBe(graph.nodeCount - 1);
  });

  it('grew by the orders that came, object by object', () => {
    const growth = snapshotGrowth(before, after);
    expect(growth.matchedBy).toBe('id');
    const row = growth.rows.find(({ name, location }) => name === 'Order' && location?.line === 8)!;
    expect(row).toMatchObject({ added: 120, removed: 50 });
    expect(row.addedSize / row.added).toBe(row.removedSize / row.removed);
    expect(
      growth.rows.some(({ location }) => location?.line === 15 && location.script?.endsWith('shop.mjs')),
    ).toBe(false);
  });

  it('grew by the same in numbers', () => {
    const { matchedBy, rows } = snapshotGrowth(before, after, 'type');
    expect(matchedBy).toBe('type');
    const row = rows.find(({ name, location }) => name === 'Order' && location?.line === 8)!;
    expect(row).toMatchObject({ added: 70, removed: 0 });
  });

  it('is not taken for another process of the same program', () => {
    const [other] = shop(nodes[version]);
    expect(isSameProcess(before.graph, after.graph)).toBe(true);
    expect(isSameProcess(after.graph, before.graph)).toBe(true);
    expect(isSameProcess(before.graph, other.graph)).toBe(false);
    expect(snapshotGrowth(before, other).matchedBy).toBe('type');
  });

  it('lists duplicate strings, cut ones with care', () => {
    const note = before.duplicateStrings.find(({ text }) => text === 'a note that many orders have')!;
    expect(note).toMatchObject({ count: 200, isCut: false });
    expect(note.wasted).toBe((note.size / 200) * 199);
    const long = before.duplicateStrings.filter(({ text }) => text.startsWith('long long'));
    expect(long).toMatchObject([{ count: 3, isCut: true }]);
    expect(long[0].text.length).toBe(1024);
    const wasted = before.duplicateStrings.map((string) => string.wasted);
    expect(wasted).toEqual([...wasted].sort((a, b) => b - a));
  });

  it('finds every way to an order', () => {
    const names = new NodeNames(before.objects);
    const [index] = classesNamed(before, 'Order');
    const order = before.instances(index)[0];
    const paths = findPaths(before.objects, order, { count: 5 });
    const types = paths.map((path) => path.map(({ node }) => names.type(node)).join(' '));
    expect(types).toContain('global Object Order');
    expect(types.some((path) => path.endsWith('Map Order'))).toBe(true);
    const between = paths.flatMap((path) => path.slice(1, -1).map(({ node }) => node));
    expect(new Set(between).size).toBe(between.length);
    expect(paths.map((path) => path.length)).toEqual(paths.map((path) => path.length).sort((a, b) => a - b));
    for (const path of paths) {
      expect(path.at(-1)).toEqual({ node: order, edge: -1 });
      expect(before.objects.isRoot(path[0].node)).toBe(true);
      for (const { edge } of path.slice(0, -1)) expect(before.graph.edgeType(edge)).not.toBe(6);
    }
  });
});

describe('an index of ids', () => {
  it('finds every node, and nothing else', () => {
    const [{ graph }] = shop(process.execPath);
    const index = new IdIndex(graph);
    for (let node = 0; node < graph.nodeCount; node++)
      expect(graph.nodeIds[index.find(graph.nodeIds[node])]).toBe(graph.nodeIds[node]);
    const known = new Set(graph.nodeIds);
    for (let id = 0; id < 100_000; id++) if (!known.has(id)) expect(index.find(id)).toBe(-1);
    expect(index.find(0xffffffff)).toBe(-1);
  });
});

describe('a page of Chromium', () => {
  it('has its detached DOM, with what holds it', async () => {
    const analysis = new HeapAnalysis(readText(await snapshotOfPage(page)));
    const { detachedDom, classes, graph, retainedSizes } = analysis;
    const rows = Array.from(detachedDom).filter((node) => /<div id="row\d+">/.test(graph.nodeName(node)));
    expect(rows.length).toBe(20);
    expect(new Set(rows.map((node) => classes.list[classes.ofNode[node]].name))).toEqual(
      new Set(['Detached <div>']),
    );
    const spans = classes.list.findIndex(({ name }) => name === 'Detached <span>');
    expect(analysis.histogram.counts[spans]).toBe(20);
    const sizes = Array.from(detachedDom, (node) => retainedSizes[node]);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    const names = new NodeNames(analysis.objects);
    const [path] = findPaths(analysis.objects, rows[0]);
    expect(path.map(({ node }) => names.type(node))).toContain('Row');
  });
});
