// Every command on snapshots that other programs than this Node write: what is asked and answered is the same.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  deno,
  node18,
  nodes,
  page,
  snapshotOf,
  snapshotOfPage,
  snapshotsOf,
  timelineProgram,
} from '../../oracle/snapshots.ts';
import { inTurn } from '../../turns.ts';

const cli = join(import.meta.dirname, '../../../dist/cli.js');
const shop = join(import.meta.dirname, '../../shared/heap/analysis/programs/shop.mjs');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A class of each heap, how many objects it has, and the beginning of the chain to one of them. */
const heaps = [
  {
    format: 'Node 18',
    write: async () => snapshotsOf(node18, shop, 2),
    type: 'Order',
    count: 230,
    chain: /^(global|Module)/,
  },
  {
    format: 'Deno',
    write: async () => snapshotsOf(deno, shop, 2),
    type: 'Order',
    count: 230,
    chain: /^(global|Module)/,
  },
  {
    format: 'a page of Chromium',
    write: async () => [await snapshotOfPage(page), await snapshotOfPage(page)],
    type: 'Row',
    count: 20,
    chain: /^global/,
  },
  {
    format: 'a timeline of allocations',
    write: async () => [1, 2].map(() => snapshotOf(nodes['Node 24'], timelineProgram, '1000')),
    type: 'Link',
    count: 1000,
    chain: /^(global|Module)/,
  },
];

/** Both draw the same heap: each on two of the formats. */
const turn = inTurn(['refs', 'backrefs']);

describe.each(heaps)('of $format', ({ format, write, type, count, chain }) => {
  const files = [1, 2].map((i) => join(folder, `${format} ${i}.heapsnapshot`));
  beforeAll(async () => (await write()).forEach((bytes, i) => writeFileSync(files[i], bytes)));

  const run = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      maxBuffer: 2 ** 28,
    });
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
    return stdout.toString();
  };
  const json = <T>(...args: string[]): T => JSON.parse(run(...args, '--json')) as T;
  interface Row {
    type: string;
    id: number;
    count: number;
    retainedSize: number;
  }

  it('classes and their objects are listed', () => {
    const { types } = json<{ types: Row[] }>('types', files[0]);
    const sum = types.filter((row) => row.type === type).reduce((all, row) => all + row.count, 0);
    expect(sum).toBe(count);
    const { total, instances } = json<{ total: number; instances: Row[] }>(
      'instances',
      files[0],
      '--type',
      type,
    );
    expect([total, instances.length]).toEqual([count, count]);
  });

  it('what holds an object is printed and drawn, one by one and merged', () => {
    const { chains } = json<{ chains: Row[][] }>('chain', files[0], '--type', type);
    expect(chains[0][0].type).toMatch(chain);
    expect(chains[0].at(-1)!.type).toBe(type);
    const id = String(chains[0].at(-1)!.id);
    for (const command of turn())
      expect(run(command, files[0], '--id', id, '-o', '-')).toMatch(
        new RegExp(`o${id}\\[label=<.*>${type}<`),
      );
    const merged = run('backrefs', files[0], '--type', type, '--merge', '-o', '-');
    expect(merged).toContain(`>${count.toLocaleString('en-US')} × ${type}<`);
  });

  it('dominators, texts and suspects are listed', () => {
    const { dominators } = json<{ dominators: { share: number }[] }>('dominators', files[0]);
    expect(dominators[0].share).toBeGreaterThan(0.05);
    expect(json<{ strings: unknown[] }>('strings', files[0]).strings.length).toBeGreaterThan(5);
    expect(Array.isArray(json<{ suspects: unknown[] }>('suspects', files[0]).suspects)).toBe(true);
  });

  it('growth is listed', () => {
    const { types } = json<{ types: Row[] }>('growth', files[0], files[1]);
    const grown = types.find((row) => row.type === type)?.count ?? 0;
    expect(grown).toBe(type === 'Order' ? 70 : 0);
  });
});
