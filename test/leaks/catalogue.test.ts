// A part of the catalogue, on one Node: each leak is the first finding, and healthy programs are not accused. The whole of
// it, on all versions: `npm run bench:leaks`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { findSuspects } from '../../shared/heap/suspects/index.ts';
import { nodes, snapshotsOf } from '../oracle/snapshots.ts';
import { readText } from '../shared/heap/build-graph.ts';

interface Program {
  truth: { holder: RegExp; type: RegExp };
}

const folder = import.meta.dirname;
const drive = join(folder, 'drive.cjs');

async function suspectsOf(kind: 'leaking' | 'healthy', name: string, version = 'Node 24') {
  const program = join(folder, kind, `${name}.cjs`);
  const snapshots = snapshotsOf(nodes[version], drive, 3, program).map(
    (bytes) => new HeapAnalysis(readText(bytes)),
  );
  const { default: module } = (await import(program)) as { default: Program };
  return { findings: findSuspects(snapshots), truth: module.truth };
}

describe('a leak is the first finding', () => {
  // Those that were missed once, or named for a wrong reason.
  it.each([
    'promise-race',
    'abort-listeners',
    'finalization-registry',
    'linked-list',
    'promise-chain',
    'nested-maps',
    'intervals',
    'async-generators',
    'pending-replies',
    'function-properties',
    'weakmap-handlers',
    'wait-async',
  ])('%s', async (name) => {
    const { findings, truth } = await suspectsOf('leaking', name);
    const [{ summary, chain, className, consequences, confidence }] = findings;
    expect([summary, ...chain].join('\n')).toMatch(truth.holder);
    expect([className, ...consequences.map((one) => one.className)]).toContainEqual(
      expect.stringMatching(truth.type),
    );
    expect(confidence).toBeGreaterThan(0.8);
  });
});

describe('a healthy program is not accused', () => {
  const healthy = ['lru', 'sliding-window', 'static-table', 'handles-kept', 'linked-lru'];
  // Node 22 and 24 keep deleted entries of Maps and Sets in their tables. Two programs on both; all with `OBJGRAPH_ALL=1`.
  const onBoth = process.env.OBJGRAPH_ALL ? healthy : healthy.slice(0, 2);
  it.each([
    ...onBoth.map((name) => ({ name, version: 'Node 22' })),
    ...healthy.map((name) => ({ name, version: 'Node 24' })),
  ])('$name, $version', async ({ name, version }) => {
    const { findings } = await suspectsOf('healthy', name, version);
    expect(findings.filter(({ confidence }) => confidence > 0.5)).toEqual([]);
  });
});

describe('what a finding says is of the same objects', () => {
  it('what only native code holds: each with its parts, and none called their holder', async () => {
    const snapshots = snapshotsOf(nodes['Node 24'], drive, 3, join(folder, 'leaking/http-agents.cjs')).map(
      (bytes) => new HeapAnalysis(readText(bytes)),
    );
    const [{ summary, className, count, node, bytes, chain }] = findSuspects(snapshots);
    const { graph, retainedSizes } = snapshots[2];
    expect(summary).toBe(
      `${count} TCP, each with a Socket and an Agent, are held by native code, 800 more than before`,
    );
    expect(className).toBe('TCP');
    expect(graph.nodeName(node)).toBe('TCP');
    expect(chain).toHaveLength(2);
    expect(bytes).toBeGreaterThan(count * 0.5 * retainedSizes[node]);
  });

  it('functions that wrap one another begin where the last one is', async () => {
    const { findings } = await suspectsOf('leaking', 'wrapped-method');
    expect(findings[0].summary).toMatch(
      /^`api\.send` in .*wrapped-method\.cjs is followed by 829 Function with 829 Span, 800 more/,
    );
  });

  it('like collections that are properties of one object are one finding, counted in each snapshot', async () => {
    const { findings } = await suspectsOf('leaking', 'blob-urls');
    expect(findings.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^10 Object in `byUser\[…\]` in .*blob-urls\.cjs hold 830 Object, 800 more/),
    ]);
    expect(findings[0].growth.map(({ count }) => count)).toEqual([30, 430, 830]);
  });

  it('like collections a step below the properties of one object are one finding', async () => {
    const { findings } = await suspectsOf('leaking', 'cookie-jar');
    expect(findings.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^5 Object in `idx\[…\]\["\/"\]` in .*cookie-jar\.cjs hold 830 Cookie, 800 more/),
    ]);
  });

  it('values of ever more WeakMaps that have one key come with the WeakMaps', async () => {
    const { findings } = await suspectsOf('leaking', 'weakmap-shared-key');
    expect(findings.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^Array `builds` in .*weakmap-shared-key\.cjs holds 830 Build, 800 more/),
    ]);
  });

  it('listeners of several events that one call adds are one finding', async () => {
    const { findings } = await suspectsOf('leaking', 'stream-piping');
    expect(findings.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^PassThrough `out` in .*stream-piping\.cjs has 830 listeners of `\w+`: /),
    ]);
    expect(findings[0].confidence).toBeGreaterThan(0.8);
  });

  it('what hangs from process is said to be its own, and no module’s', async () => {
    const { findings } = await suspectsOf('leaking', 'process-listeners');
    expect(findings[0].summary).toMatch(
      /^process has 830 listeners of `app-end`: \(anonymous\) .*process-listeners\.cjs:10, 800 more/,
    );
  });

  it('a list some of whose entries a map leads to is one finding', async () => {
    const { findings } = await suspectsOf('leaking', 'unlinked-lru');
    expect(findings.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^`cache\.oldest` in .*unlinked-lru\.cjs is followed by 7\d\d Entry, 7\d\d more/),
    ]);
    expect(findings[0].confidence).toBeGreaterThan(0.8);
    expect(findings[0].doubts).toEqual([]);
  });

  it('timers some of which their users lead to are one finding', async () => {
    const { findings } = await suspectsOf('leaking', 'overwritten-timers');
    expect(findings.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^810 timers wait to call .*overwritten-timers\.cjs:6, 800 more/),
    ]);
  });

  it('a tree that grows at all branches is one finding', async () => {
    const { findings } = await suspectsOf('leaking', 'tree');
    expect(findings.map(({ summary }) => summary)).toEqual([
      expect.stringMatching(/^`root` in .*tree\.cjs is followed by 1,6\d\d Leaf, 1,\d\d\d more than before$/),
    ]);
  });
});

it('has the leaks and the healthy programs that its table counts', () => {
  expect(readdirSync(join(folder, 'leaking')).length).toBeGreaterThanOrEqual(183);
  expect(readdirSync(join(folder, 'healthy')).length).toBeGreaterThanOrEqual(78);
});
