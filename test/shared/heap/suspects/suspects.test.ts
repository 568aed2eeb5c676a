// Each detector against a program that leaks in its way, and all of them against one that does not leak.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { detectors, findSuspects } from '../../../../shared/heap/suspects/index.ts';
import { nodes, snapshotOfPage, snapshotsOf } from '../../../oracle/snapshots.ts';
import { readText } from '../build-graph.ts';

/** A page that never removes what it adds. */
const leakingPage = `<!doctype html><div id="list"></div><script>
  const list = document.getElementById('list');
  for (let i = 0; i < 150; i++) list.addEventListener('click', function onClick() { return i; });
  for (let i = 0; i < 250; i++) setInterval(function poll() { return i; }, 100_000);
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

describe('findSuspects', () => {
  it.each(Object.keys(nodes))('says nothing of a program that does not leak, %s', (version) => {
    const snapshots = run('clean', version);
    expect(findSuspects(snapshots)).toEqual([]);
    expect(findSuspects(snapshots.slice(1))).toEqual([]);
    expect(findSuspects(snapshots.slice(2))).toEqual([]);
  });

  it('a Map that grows: growing collection; in one snapshot, look-alikes', () => {
    const snapshots = run('cache');
    const { first } = find(snapshots, 'growing collection');
    expect(first).toMatchObject({
      detector: 'growing collection',
      className: 'Request',
      place: 'leaks.mjs:10',
      count: 4000,
      summary: 'Map `cache` in leaks.mjs holds 4,000 Request, 4,000 entries more than before',
      chain: ['Module leaks.mjs', 'cache: Map'],
      confidence: 0.9,
      because: 'It grew from snapshot to snapshot: 0, 2,000, 4,000 entries.',
    });
    const { graph, retainedSizes } = snapshots[2];
    expect(graph.nodeName(first.node)).toBe('Map');
    expect(first.bytes).toBe(retainedSizes[first.node]);
    expect(find(snapshots.slice(1), '').first.confidence).toBe(0.7);
    expect(find(snapshots.slice(2), '').first).toMatchObject({
      detector: 'look-alikes',
      summary: 'Map `cache` in leaks.mjs holds 4,000 Request',
      bytes: first.bytes,
    });
  });

  it('an array that somebody filled: look-alikes, surer with three snapshots', () => {
    const snapshots = run('sessions');
    expect(find(snapshots.slice(2), '').first).toMatchObject({
      detector: 'look-alikes',
      count: 4000,
      summary: 'Array `service.sessions` in leaks.mjs holds 4,000 Session',
    });
    expect(find(snapshots, '').first).toMatchObject({
      detector: 'survivors',
      className: 'Session',
      count: 4000,
    });
  });

  it('objects that outlive their work one by one: survivors', () => {
    const { first } = find(run('survivors'), 'survivors');
    expect(first).toMatchObject({
      detector: 'survivors',
      className: 'Session',
      count: 1500,
      summary: 'Object `service` in leaks.mjs holds 1,500 Session that outlived the work that made them',
      confidence: 0.85,
    });
    expect(first.because).toContain('1,500 more have come since');
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
    expect(own).toMatchObject({ className: 'Function', place: 'leaks.mjs:33', count: 40 });
    expect(own.summary).toMatch(
      /^40 functions handle leaks\.mjs:33 keep 1\.6 MB in scopes, most of it in the variable `large` \(Array\)$/,
    );
  });

  it('listeners that nobody removes: listeners', () => {
    const snapshots = run('listeners');
    const { first } = find(snapshots, 'listeners');
    expect(first).toMatchObject({
      detector: 'listeners',
      count: 600,
      place: 'leaks.mjs:69',
      summary: 'EventEmitter `bus` in leaks.mjs has 600 listeners of `change`: onChange leaks.mjs:69',
    });
    // Of all that can be said of them, that their list grows, once.
    for (const some of [snapshots, snapshots.slice(1), snapshots.slice(2)])
      expect(findSuspects(some, { folder }).map(({ detector }) => detector)).toEqual(['listeners']);
  });

  it('intervals that nobody clears: timers', () => {
    const { first } = find(run('timers'), 'timers');
    expect(first).toMatchObject({
      detector: 'timers',
      className: 'Timeout',
      count: 600,
      place: 'leaks.mjs:77',
      summary: '600 timers wait to call poll leaks.mjs:77',
      because: 'Each calls the same function again and again, until it is cleared.',
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

  it('has a test above for each detector, and is as sure as can be told', () => {
    expect(Object.keys(detectors).length).toBe(7);
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

  it('refuses snapshots of different processes, and none', () => {
    const [one] = run('clean');
    const [, two] = run('clean');
    expect(() => findSuspects([one, two])).toThrow(/snapshot 1 is of another process/);
    expect(() => findSuspects([])).toThrow(RangeError);
  });
});
