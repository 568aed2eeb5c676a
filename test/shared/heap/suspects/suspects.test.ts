// Each detector against a program that leaks in its way, and all of them against one that does not leak.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { detectors, findSuspects } from '../../../../shared/heap/suspects/index.ts';
import { nodes, snapshotOfPage, snapshotsOf, snapshotsOfPage } from '../../../oracle/snapshots.ts';
import { readText } from '../build-graph.ts';

/** A page that never removes what it adds. */
const leakingPage = `<!doctype html><div id="list"></div><script>
  const list = document.getElementById('list');
  function leak() {
    for (let i = 0; i < 150; i++) list.addEventListener('click', function onClick() { return i; });
    for (let i = 0; i < 250; i++) setInterval(function poll() { return i; }, 100_000);
  }
  leak();
</script>`;

const folder = join(import.meta.dirname, 'programs');
const run = (leak: string, version = 'Node 24'): HeapAnalysis[] =>
  snapshotsOf(nodes[version], join(folder, 'leaks.mjs'), 3, leak).map(
    (bytes) => new HeapAnalysis(readText(bytes)),
  );
/** The findings of one detector, and the surest finding of all. */
const find = (snapshots: HeapAnalysis[], detector: string) => {
  const findings = findSuspects(snapshots, { folder });
  return { first: findings[0], own: findings.find((finding) => finding.detector === detector)! };
};

/** The oldest and the newest; all with `OBJGRAPH_ALL=1`. */
const someNodes = Object.keys(nodes).filter(
  (_, i, all) => i === 0 || i === all.length - 1 || process.env.OBJGRAPH_ALL,
);

describe('findSuspects', () => {
  it.each(someNodes)('says nothing of a program that does not leak, %s', (version) => {
    const snapshots = run('clean', version);
    expect(findSuspects(snapshots)).toEqual([]);
    expect(findSuspects(snapshots.slice(1))).toEqual([]);
    expect(findSuspects(snapshots.slice(2))).toEqual([]);
  });

  it('a Map that grows: growth; in one snapshot, look-alikes', () => {
    const snapshots = run('cache');
    const { first } = find(snapshots, 'growth');
    expect(first).toMatchObject({
      detector: 'growth',
      className: 'Request',
      place: { text: 'leaks.mjs:13' },
      count: 4000,
      holders: 1,
      summary: 'Map `cache` in leaks.mjs holds 4,000 Request, 4,000 more than before',
      chain: ['Module leaks.mjs', 'cache: Map'],
      confidence: 0.95,
      because: 'It grew from snapshot to snapshot: 0, 2,000, 4,000 objects.',
      doubts: [],
    });
    // The keys, and what each request is made of.
    expect(first.consequences.map(({ className, count }) => [className, count])).toEqual([
      ['Array', 4000],
      ['Object', 4000],
      ['string', 16000],
    ]);
    expect(first.growth.map(({ count }) => count)).toEqual([0, 2000, 4000]);
    const { graph, retainedSizes } = snapshots[2];
    expect(graph.nodeName(first.node)).toBe('Map');
    expect(first.bytes).toBeLessThanOrEqual(retainedSizes[first.node]);
    expect(first.bytes).toBeGreaterThan(0.7 * retainedSizes[first.node]);
    expect(findSuspects(snapshots, { folder })).toHaveLength(1);
    const two = find(snapshots.slice(1), '').first;
    expect(two.confidence).toBe(0.5);
    expect(two.doubts).toEqual([
      'Two snapshots cannot tell growth from a cache that fills up once: take a third.',
    ]);
    expect(find(snapshots.slice(2), '').first).toMatchObject({
      detector: 'look-alikes',
      summary: 'Map `cache` in leaks.mjs holds 4,000 Request',
      bytes: retainedSizes[first.node],
      growth: [{ count: 4000, bytes: retainedSizes[first.node] }],
    });
  });

  it('an array that was filled once: look-alikes in one snapshot, nothing in three', () => {
    const snapshots = run('sessions');
    expect(find(snapshots.slice(2), '').first).toMatchObject({
      detector: 'look-alikes',
      count: 4000,
      summary: 'Array `service.sessions` in leaks.mjs holds 4,000 Session',
    });
    expect(findSuspects(snapshots)).toEqual([]);
  });

  it('a list whose links are held one by one: growth', () => {
    const { first } = find(run('survivors'), 'growth');
    expect(first).toMatchObject({
      className: 'Session',
      count: 2999,
      summary: '`service.latest` in leaks.mjs is followed by 2,999 Session, 2,999 more than before',
    });
  });

  it('a long list that one variable keeps: dominating', () => {
    const { own, first } = find(run('tree').slice(2), 'dominating');
    expect(own).toBe(first);
    expect(own.summary).toMatch(/^Object `service` in leaks\.mjs keeps 4\.\d MB, \d\d % of the heap$/);
    expect(own.chain).toEqual(['Module leaks.mjs', 'service: Object {sessions, index}']);
  });

  it('small functions with large scopes: large scopes', () => {
    const { own, first } = find(run('scopes').slice(2), 'large scopes');
    expect(own).toBe(first);
    expect(own).toMatchObject({ className: 'Function', place: { text: 'leaks.mjs:36' }, count: 40 });
    expect(own.summary).toMatch(
      /^40 functions handle leaks\.mjs:36 keep 1\.6 MB in scopes, most of it in the variable `large` \(Array\)$/,
    );
  });

  it('listeners that nothing removes: growth; in one snapshot, listeners', () => {
    const snapshots = run('listeners');
    const { first } = find(snapshots, 'growth');
    expect(first).toMatchObject({
      count: 600,
      place: { text: 'leaks.mjs:74' },
      summary:
        'EventEmitter `bus` in leaks.mjs has 600 listeners of `change`: onChange leaks.mjs:74, 600 more than before',
      confidence: 0.95,
    });
    // What the listeners hold is no leak of its own.
    for (const some of [snapshots, snapshots.slice(1), snapshots.slice(2)])
      expect(findSuspects(some)).toHaveLength(1);
    expect(find(snapshots.slice(2), '').first.detector).toBe('listeners');
  });

  it('intervals that nothing clears: growth; in one snapshot, timers', () => {
    const snapshots = run('timers');
    const { first } = find(snapshots, 'growth');
    expect(first).toMatchObject({
      className: 'Timeout',
      count: 600,
      place: { text: 'leaks.mjs:112' },
      summary: '600 timers wait to call poll leaks.mjs:112, 600 more than before',
    });
    expect(find(snapshots.slice(2), '').first).toMatchObject({
      detector: 'timers',
      count: 600,
      summary: '600 timers wait to call poll leaks.mjs:112',
      because: 'Each calls the same function again and again, until it is cleared.',
    });
  });

  it.each(someNodes)('timers that fired or were cleared do not wait, %s', (version) => {
    const [now] = run('fired', version).slice(2);
    expect(findSuspects([now], { folder }).filter(({ detector }) => detector === 'timers')).toEqual([]);
  });

  it('many equal collections that grow are one finding', () => {
    expect(findSuspects(run('tenants'), { folder })).toMatchObject([
      {
        count: 1200,
        holders: 20,
        className: 'Request',
        summary: '20 Map in `tenants[…]` in leaks.mjs hold 1,200 Request, 1,200 more than before',
      },
    ]);
  });

  it('numbers, which no snapshot lists: what grew in place', () => {
    const findings = findSuspects(run('numbers'), { folder });
    expect(findings.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^Set `numbers\.set` in leaks\.mjs grew from [\d.]+ k?B to [\d.]+ MB$/),
      expect.stringMatching(/^Array `numbers\.array` in leaks\.mjs grew from [\d.]+ k?B to [\d.]+ kB$/),
    ]);
    expect(findings.map(({ confidence }) => confidence)).toEqual([0.8, 0.8]);
  });

  it('modules that are loaded again and again: modules', () => {
    const { first } = find(run('modules'), 'modules');
    expect(first.summary).toMatch(/^Node keeps 1\d\d modules in `require\.cache`, 100 more than before: ./);
    // A file that a click opens.
    expect(first.place?.location).toMatchObject({
      script: expect.stringMatching(/^\/.*\.[cm]?js$/) as string,
      line: 1,
    });
  });

  it.skipIf(!existsSync('/usr/bin/chromium'))('listeners and timers of a page', async () => {
    const bytes = await snapshotOfPage(leakingPage);
    const findings = findSuspects([new HeapAnalysis(readText(bytes))], { folder });
    expect(findings.map(({ detector, count, summary, chain }) => [detector, count, summary, chain])).toEqual([
      ['listeners', 150, '<div id="list"> has 150 listeners: onClick', []],
      ['timers', 250, '250 timers wait to call poll', []],
    ]);
  });

  it.skipIf(!existsSync('/usr/bin/chromium'))('listeners and timers of a page that become more', async () => {
    const pages = await snapshotsOfPage(leakingPage, 'leak()', 3);
    const findings = findSuspects(
      pages.map((bytes) => new HeapAnalysis(readText(bytes))),
      { folder },
    );
    const own = findings.filter(({ detector }) => detector === 'page callbacks');
    expect(own.map(({ summary }) => summary)).toEqual([
      'The page has 750 timers that wait to call poll, 500 more than before',
      'The page has 450 listeners that call onClick, 300 more than before',
    ]);
  });

  it('has a test above for each detector, and sorts by confidence', () => {
    // Those of Python are in python.test.ts.
    expect(Object.keys(detectors)).toHaveLength(8 + 4);
    for (const leak of ['cache', 'scopes', 'tree']) {
      const findings = findSuspects(run(leak), { folder });
      for (const finding of findings) {
        expect(finding.confidence).toBeGreaterThan(0);
        expect(finding.confidence).toBeLessThan(1);
        expect(finding.chain.length).toBeLessThanOrEqual(17);
      }
      const confidence = findings.map((finding) => finding.confidence);
      expect(confidence).toEqual([...confidence].sort((a, b) => b - a));
    }
  });

  it('compares snapshots of separate processes by class, place and path, and says that it is less sure', () => {
    const [before] = run('cache');
    const [, during] = run('cache');
    const [, , after] = run('cache');
    const [first, ...others] = findSuspects([before, during, after], { folder });
    expect(first).toMatchObject({
      summary: 'Map `cache` in leaks.mjs holds 4,000 Request, 4,000 more than before',
      confidence: 0.6,
      doubts: [
        'The snapshots are of separate processes or visits: compared by class, place and path, not object by object.',
      ],
    });
    expect(others.filter(({ confidence }) => confidence > 0.5)).toEqual([]);
  });

  it('refuses to look for something in no snapshot', () => {
    expect(() => findSuspects([])).toThrow(RangeError);
  });
});
