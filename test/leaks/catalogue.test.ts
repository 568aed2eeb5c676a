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

const drive = join(import.meta.dirname, 'drive.cjs');

async function suspectsOf(kind: 'leaking' | 'healthy', name: string, version = 'Node 24') {
  const program = join(import.meta.dirname, kind, `${name}.cjs`);
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
    'many-arrays',
    'intervals',
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
  // Node 22 and 24 keep deleted entries of Maps and Sets in their tables.
  it.each(
    ['lru', 'sliding-window', 'static-table', 'handles-kept'].flatMap((name) => [
      [name, 'Node 22'],
      [name, 'Node 24'],
    ]),
  )('%s, %s', async (name, version) => {
    const { findings } = await suspectsOf('healthy', name, version);
    expect(findings.filter(({ confidence }) => confidence > 0.5)).toEqual([]);
  });
});

it('has the leaks and the healthy programs that its table counts', () => {
  expect(readdirSync(join(import.meta.dirname, 'leaking')).length).toBeGreaterThanOrEqual(60);
  expect(readdirSync(join(import.meta.dirname, 'healthy')).length).toBeGreaterThanOrEqual(25);
});
