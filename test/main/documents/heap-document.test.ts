// A window's heap: real snapshots in the real thread, and the pages of its tables beside what the commands print.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { HeapDocument } from '../../../main/documents/heap-document.ts';
import { heapAnalyses, type HeapState } from '../../../shared/protocol/heap.ts';
import { takeSnapshots, type Snapshots } from './snapshots.ts';

const cli = join(import.meta.dirname, '../../../dist/cli.js');
let snapshots: Snapshots;
let heap: HeapDocument;
const states: HeapState[] = [];

beforeAll(() => {
  snapshots = takeSnapshots();
});
afterAll(() => snapshots.remove());
beforeEach(() => {
  states.length = 0;
  heap = new HeapDocument();
  heap.on('changed', () => heap.state && states.push(heap.state));
});
afterEach(() => {
  if (heap !== readBefore) heap.close();
});

let readBefore: HeapDocument | null = null;
/** One heap for all tests of a `describe`, none of which leaves it changed. */
function readOnce(...names: ('before' | 'after')[]): void {
  beforeAll(async () => {
    readBefore = new HeapDocument();
    for (const name of names) await readBefore.open(snapshots[name]);
  });
  beforeEach(() => void (heap = readBefore!));
  afterAll(() => {
    readBefore!.close();
    readBefore = null;
  });
}

const command = <T>(...args: string[]): T => {
  const { stdout, stderr } = spawnSync(process.execPath, [cli, ...args, '--json'], {
    // From elsewhere: a window knows files by their whole path.
    cwd: '/usr',
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as T;
};
const page = { snapshot: 0, offset: 0, limit: 1000 };
const byRetained = { sort: 'retainedSize', direction: 'descending', filter: '' } as const;
const allTypes = async (snapshot = 0) =>
  (await heap.ask('heap.types', { ...page, snapshot, ...byRetained })).rows;
const typeIndex = async (type: string, snapshot = 0) =>
  (await allTypes(snapshot)).find((row) => row.type === type)!.index;
const instancesOf = async (type: string, snapshot = 0) =>
  heap.ask('heap.instances', {
    ...{ ...page, snapshot, ...byRetained, newSince: null },
    type: await typeIndex(type, snapshot),
  });
describe('original places', () => {
  it('are found in the folders that the window was given', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'objgraph-maps-'));
    const [source, bundle, maps] = ['shop.ts', 'shop.cjs', 'maps'].map((name) => join(folder, name));
    const lines = [
      '',
      'class ShoppingCart { items: string[] = []; }',
      'globalThis.kept = new ShoppingCart();',
    ];
    writeFileSync(source, [...lines, `require('v8').writeHeapSnapshot(process.argv[2]);`].join('\n'));
    buildSync({
      entryPoints: [source],
      outfile: bundle,
      bundle: true,
      minify: true,
      sourcemap: 'external',
      platform: 'node',
    });
    mkdirSync(maps);
    renameSync(`${bundle}.map`, join(maps, 'shop.cjs.map'));
    const file = join(folder, 'shop.heapsnapshot');
    spawnSync(process.execPath, [bundle, file]);
    const [without, within] = [new HeapDocument(), new HeapDocument(undefined, [maps])];
    try {
      const typesOf = async (document: HeapDocument) => {
        await document.open(file);
        return (await document.ask('heap.types', { ...page, ...byRetained })).rows;
      };
      expect((await typesOf(without)).some(({ type }) => type === 'ShoppingCart')).toBe(false);
      const cart = (await typesOf(within)).find(({ type }) => type === 'ShoppingCart');
      expect(cart?.location).toMatchObject({ script: pathToFileURL(join(maps, 'shop.ts')).href, line: 2 });
    } finally {
      without.close();
      within.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('reading', () => {
  it('reports its progress, what is ready, and what there is', async () => {
    await heap.open(snapshots.after);
    await vi.waitFor(() => expect(heap.state?.snapshots[0].ready).toEqual(heapAnalyses), 60_000);
    expect(heap.state).toMatchObject({
      shown: 0,
      snapshots: [{ name: 'after.heapsnapshot', path: snapshots.after, progress: null, problem: null }],
    });
    const { nodes, edges, size } = heap.state!.snapshots[0];
    expect(nodes).toBeGreaterThan(20_000);
    expect(edges).toBeGreaterThan(nodes);
    expect(size).toBeGreaterThan(1e6);
    // Reading may be done before it is reported.
    expect(states[0].snapshots[0]).toMatchObject({ ready: [], progress: { task: expect.any(String) } });
    // What is ready becomes more and more, in the order of the protocol.
    const ready = states.map(({ snapshots: [first] }) => first.ready);
    ready.forEach((names, i) =>
      expect(names.slice(0, ready[i - 1]?.length ?? 0)).toEqual(ready[i - 1] ?? []),
    );
  });

  it('unpacks gzip, and takes pieces of what has no path', async () => {
    const bytes = readFileSync(snapshots.before);
    const packed = join(snapshots.folder, 'packed.heapsnapshot.gz');
    writeFileSync(packed, gzipSync(bytes));
    await heap.open(packed);
    const incoming = heap.receive('dropped.heapsnapshot', bytes.length);
    for (let from = 0; from < bytes.length; from += 2 ** 20)
      await incoming.write(new Uint8Array(bytes.subarray(from, from + 2 ** 20)));
    await incoming.end();
    const [first, second] = heap.state!.snapshots;
    expect(second).toMatchObject({ name: 'dropped.heapsnapshot', path: null, problem: null });
    expect(second.nodes).toBe(first.nodes);
    expect(heap.state).toMatchObject({ shown: 1, sameProcess: true });
  });

  it.each([
    [
      'is not there',
      () => join(snapshots.folder, 'missing.heapsnapshot'),
      /missing\.heapsnapshot: no such file/,
    ],
    ['is cut short', () => cutShort(), /cut\.heapsnapshot: The snapshot ends too early, in the /],
    ['is no snapshot', () => written('text.heapsnapshot', 'hello'), /This is no heap snapshot/],
    ['is empty', () => written('empty.heapsnapshot', ''), /The input is empty/],
  ])('says what is wrong with a file that %s, and keeps what was there', async (_what, file, sentence) => {
    await heap.open(snapshots.before);
    await heap.open(file());
    const [good, bad] = heap.state!.snapshots;
    expect(bad).toMatchObject({
      nodes: 0,
      progress: null,
      problem: { message: expect.stringMatching(sentence) },
    });
    expect(good.problem).toBeNull();
    expect((await allTypes(0)).length).toBeGreaterThan(50);
    await expect(allTypes(1)).rejects.toThrow(sentence);
  });

  it.each([
    { when: 'before it reports anything', maxOldGenerationSizeMb: 4 },
    { when: 'while it reads', maxOldGenerationSizeMb: 8 },
  ])(
    'reports that its thread ran out of memory $when, and reads the files again',
    async ({ maxOldGenerationSizeMb }) => {
      const limits = { maxOldGenerationSizeMb };
      const small = new HeapDocument(limits);
      try {
        for (let i = 0; i < 20 && !small.state?.isLost; i++) await small.open(snapshots.before);
        const problem = { message: 'There is not enough memory for this snapshot' };
        expect(small.state).toMatchObject({ isLost: true });
        for (const each of small.state!.snapshots) expect(each).toMatchObject({ progress: null, problem });
        limits.maxOldGenerationSizeMb = 1000;
        const { length } = small.state!.snapshots;
        await small.reload();
        expect(small.state!.isLost).toBeUndefined();
        expect(small.state!.snapshots).toHaveLength(length);
        for (const { nodes, problem } of small.state!.snapshots)
          expect([problem, nodes > 20_000]).toEqual([null, true]);
      } finally {
        small.close();
      }
    },
  );

  it('is given up on Cancel, and other snapshots stay', async () => {
    await heap.open(snapshots.before);
    const incoming = heap.receive('slow.heapsnapshot', 1e9);
    await incoming.write(new Uint8Array(readFileSync(snapshots.before).subarray(0, 100_000)));
    await vi.waitFor(() => expect(heap.state?.snapshots[1].progress?.done).toBe(100_000), 60_000);
    await heap.cancel(1);
    await vi.waitFor(
      () =>
        expect(heap.state?.snapshots[1]).toMatchObject({
          progress: null,
          problem: { message: 'Reading was cancelled' },
        }),
      60_000,
    );
    // A sender that goes on is not kept waiting.
    for (let i = 0; i < 40; i++) await incoming.write(new Uint8Array(1000));
    await incoming.end();
    expect((await allTypes(0)).length).toBeGreaterThan(50);
    await heap.remove(1);
    expect(heap.state).toMatchObject({ shown: 0, snapshots: [{ name: 'before.heapsnapshot' }] });
  });

  it('reports that no more comes of a snapshot that comes in pieces', async () => {
    const incoming = heap.receive('process 1', null);
    await incoming.write(new Uint8Array(readFileSync(snapshots.before).subarray(0, 100_000)));
    await incoming.end('process 1 ended before its snapshot was complete');
    expect(heap.state!.snapshots[0].problem).toEqual({
      message: 'process 1 ended before its snapshot was complete',
    });
  });

  it('is gone with its last snapshot', async () => {
    await heap.open(snapshots.before);
    await heap.remove(0);
    expect(heap.state).toBeNull();
  });
});

const written = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(snapshots.folder, name), content);
  return join(snapshots.folder, name);
};
const cutShort = () => written('cut.heapsnapshot', readFileSync(snapshots.before).subarray(0, 200_000));

describe('an analysis', () => {
  it('is over for the window as soon as it is cancelled, whatever the thread is doing', async () => {
    const isWorking = () => heap.state!.snapshots[0].progress !== null;
    await new Promise<void>((resolve) => {
      heap.on('changed', () => {
        if (heap.state!.snapshots[0].nodes > 0 && isWorking()) resolve();
      });
      void heap.open(snapshots.after);
    });
    const cancelled = heap.cancel(0);
    expect(isWorking()).toBe(false);
    const seen: boolean[] = [];
    heap.on('changed', () => seen.push(isWorking()));
    await cancelled;
    expect(seen).not.toContain(true);
    expect(heap.state!.snapshots[0].ready).not.toContain('suspects');
  });

  it('that is asked for comes first; one that was cancelled comes when it is asked for', async () => {
    await heap.open(snapshots.after);
    await heap.cancel(0);
    const before = heap.state!.snapshots[0].ready;
    expect(before).not.toContain('strings');
    await heap.ask('heap.strings', { ...page, filter: '' });
    await vi.waitFor(() => expect(heap.state!.snapshots[0].ready).toContain('strings'), 60_000);
  });
});

describe('pages are those of the commands', () => {
  readOnce('after');

  it('types', async () => {
    const { types } = command<{ types: object[] }>('types', snapshots.after);
    const rows = await allTypes();
    expect(rows.length).toBe(Math.min(1000, types.length));
    expect(rows).toEqual(types.slice(0, 1000).map((type) => expect.objectContaining(type)));
  });

  it('instances, in parts as well', async () => {
    const { total, instances } = command<{ total: number; instances: object[] }>(
      ...['instances', snapshots.after, '--type', 'Session'],
    );
    expect(total).toBe(1600);
    const type = await typeIndex('Session');
    await vi.waitFor(() => expect(heap.state!.snapshots[0].ready).toContain('dominators'), 60_000);
    const rows: object[] = [];
    for (let offset = 0; offset < total; offset += 700) {
      const params = { snapshot: 0, offset, limit: 700, type, ...byRetained, newSince: null };
      const part = await heap.ask('heap.instances', params);
      expect(part).toMatchObject({ offset, total });
      rows.push(...part.rows);
    }
    expect(rows).toEqual(instances);
  });

  it('what dominates', async () => {
    const { dominators } = command<{ dominators: object[] }>(
      ...['dominators', snapshots.after, '--max-depth', '1', '--limit', '50', '--least', '0'],
    );
    const { rows } = await heap.ask('heap.dominators', { ...page, limit: 50, id: null });
    const told = rows.map(({ dominated: _dominated, ...row }) => ({ ...row, dominated: [] }));
    expect(told).toEqual(dominators);
    const tree = await heap.ask('heap.treemap', { snapshot: 0, id: null, least: 0.01, depth: 3 });
    expect(tree.size).toBe(heap.state!.snapshots[0].size);
    expect(tree.parts.map(({ object }) => object.id)).toEqual(
      rows.filter(({ share }) => share >= 0.01).map(({ id }) => id),
    );
    const sum = (parts: typeof tree.parts) => parts.reduce((bytes, { size }) => bytes + size, 0);
    expect(sum(tree.parts)).toBeLessThanOrEqual(tree.size);
  });

  it('strings', async () => {
    const { wasted, strings } = command<{ wasted: number; strings: object[] }>('strings', snapshots.after);
    const all = await heap.ask('heap.strings', { ...page, filter: '' });
    expect(all.wasted).toBe(wasted);
    expect(all.rows).toEqual(strings.slice(0, 1000));
    const found = await heap.ask('heap.strings', { ...page, filter: 'very SAME' });
    expect(found).toMatchObject({ total: 1, rows: [{ text: 'the very same text', count: 10 }] });
  });

  it('chains', async () => {
    const { chains } = command<{ chains: object[][] }>(
      ...['chain', snapshots.after, '--type', 'Session', '--count', '3'],
    );
    const id = (await instancesOf('Session')).rows[0].id;
    await vi.waitFor(() => expect(heap.state!.snapshots[0].ready).toContain('dominators'), 60_000);
    const paths = await heap.ask('heap.paths', {
      snapshot: 0,
      id,
      count: 3,
      leaveOut: { ids: [], edges: [] },
    });
    expect(paths.map((path) => path.map(({ object, edge }) => ({ ...object, edge })))).toEqual(chains);
  });

  it('suspects', async () => {
    await heap.open(snapshots.before);
    const { suspects } = command<{ suspects: object[] }>('suspects', snapshots.after);
    expect(await heap.ask('heap.suspects', { snapshots: [0] })).toEqual(suspects);
    await heap.remove(1);
  });
});

describe('growth', () => {
  readOnce('before', 'after');
  const growth = { before: 0, after: 1, offset: 0, limit: 1000, filter: '' };

  it('is that of the command, with the counts of both', async () => {
    const { matchedBy, types } = command<{ matchedBy: string; types: Record<string, unknown>[] }>(
      ...['growth', snapshots.before, snapshots.after],
    );
    const page = await heap.ask('heap.growth', { ...growth, sort: 'size', direction: 'descending' });
    expect(page.matchedBy).toBe(matchedBy);
    const told = page.rows.map(({ index: _index, counts: _counts, retainedGrowth: _growth, ...row }) => ({
      ...row,
      count: row.added - row.removed,
      shallowSize: row.addedSize - row.removedSize,
    }));
    // The window knows in addition what objects retain, which may grow where their own bytes do not.
    const grewAlone = told.filter(({ count, shallowSize }) => count === 0 && shallowSize === 0);
    // What grew in place counts among the bytes that came, and what shrank among those that went.
    const inWindow = types.map(({ resizedSize, ...row }) => ({
      ...row,
      addedSize: Number(row.addedSize) + Math.max(0, Number(resizedSize)),
      removedSize: Number(row.removedSize) + Math.max(0, -Number(resizedSize)),
    }));
    expect(told.filter((row) => !grewAlone.includes(row))).toEqual(inWindow);
    for (const { type } of grewAlone)
      expect(page.rows.find((row) => row.type === type)!.retainedGrowth).not.toBe(0);
    const sessions = page.rows.find(({ type }) => type === 'Session')!;
    expect(sessions).toMatchObject({ counts: [100, 1600], added: 1500, removed: 0 });
    expect(page.rows.find(({ type }) => type === 'User')).toMatchObject({
      counts: [30, 41],
      added: 12,
      removed: 1,
    });
    expect(sessions.index).toBe(await typeIndex('Session', 1));
    expect(heap.state).toMatchObject({ shown: 1, sameProcess: true });
  });

  it('lists the new objects of a class alone', async () => {
    const { rows } = await heap.ask('heap.growth', { ...growth, sort: 'added', direction: 'descending' });
    for (const type of ['Session', 'User']) {
      const row = rows.find((each) => each.type === type)!;
      const params = { snapshot: 1, offset: 0, limit: 10, type: row.index!, ...byRetained, newSince: 0 };
      expect((await heap.ask('heap.instances', params)).total).toBe(row.added);
    }
  });

  it('finds the suspect by what grew', async () => {
    const { suspects } = command<{ suspects: object[] }>('suspects', snapshots.before, snapshots.after);
    const rows = await heap.ask('heap.suspects', { snapshots: [0, 1] });
    expect(rows.map(({ path: _path, ...row }) => row)).toEqual(suspects);
    expect(rows[0].path.at(-1)!.object).toMatchObject({ id: rows[0].id });
    expect(rows[0].path.map(({ edge }) => edge)).toContain('sessions');
    expect(rows[0]).toMatchObject({ type: 'Session', summary: expect.stringContaining('sessions') });
  });
});

describe('one object', () => {
  let id: number;
  readOnce('after');
  beforeEach(async () => {
    // Not the last one, which the program's stack holds as well.
    id = (await instancesOf('Session')).rows.toSorted((a, b) => a.id - b.id)[3].id;
    await vi.waitFor(() => expect(heap.state!.snapshots[0].ready).toEqual(heapAnalyses), 60_000);
  });
  const leaveOut = { ids: [] as number[], edges: [] as number[] };

  it('has what it refers to and what refers to it', async () => {
    const details = (await heap.ask('heap.object', { snapshot: 0, id }))!;
    expect(details).toMatchObject({
      id,
      type: 'Session',
      name: expect.stringMatching(/^\{secret: "the secret token of session \d+", id\}$/) as string,
      isRoot: false,
      value: null,
    });
    const references = await heap.ask('heap.references', { ...page, id });
    expect(references.total).toBe(details.references);
    expect(references.rows.map(({ edge }) => edge)).toEqual(expect.arrayContaining(['id', 'secret']));
    const secret = references.rows.find(({ edge }) => edge === 'secret')!.object;
    expect(await heap.ask('heap.object', { snapshot: 0, id: secret.id })).toMatchObject({
      value: expect.stringMatching(/^the secret token of session \d+$/),
    });
    const retainers = await heap.ask('heap.retainers', { ...page, id, leaveOut });
    expect(retainers.rows).toMatchObject([
      { edge: expect.stringMatching(/^\[\d+\]$/), object: { type: 'Array' } },
    ]);
    expect(retainers.rows[0].further).toBeGreaterThan(0);
    expect(details.dominator).toMatchObject({ type: 'Array' });
  });

  it('is held in other ways when one is left out', async () => {
    const [path] = await heap.ask('heap.paths', { snapshot: 0, id, count: 1, leaveOut });
    expect(path[0].object.type).toBe('Module');
    const without = { ids: [], edges: [path[0].edgeIndex!] };
    const [other] = await heap.ask('heap.paths', { snapshot: 0, id, count: 1, leaveOut: without });
    expect(other).not.toEqual(path);
    const retainers = await heap.ask('heap.retainers', { ...page, id, leaveOut });
    const array = { ids: [retainers.rows[0].object.id], edges: [] };
    expect(await heap.ask('heap.paths', { snapshot: 0, id, count: 1, leaveOut: array })).toEqual([]);
    expect((await heap.ask('heap.retainers', { ...page, id, leaveOut: array })).rows).toEqual([]);
  });

  it('is not there in every snapshot', async () => {
    expect(await heap.ask('heap.object', { snapshot: 0, id: 4_000_000_001 })).toBeNull();
    await expect(heap.ask('heap.references', { ...page, id: 4_000_000_001 })).rejects.toThrow(
      'after.heapsnapshot has no object @4000000001',
    );
  });
});

describe('pictures', () => {
  readOnce('after');

  it.each(['references', 'referrers'] as const)('are those of the commands: %s', async (kind) => {
    const { rows } = await instancesOf('Session');
    const name = kind === 'references' ? 'refs' : 'backrefs';
    const { stdout } = spawnSync(
      process.execPath,
      [cli, name, snapshots.after, '--id', String(rows[0].id), '-o', '-'],
      { encoding: 'utf8', cwd: '/usr' },
    );
    expect(stdout).toContain('Session');
    const { dot } = await heap.draw(0, { kind, ids: [rows[0].id] });
    expect(dot).toBe(stdout);
  });

  it('show the path to a root, and all of a class merged', async () => {
    const { rows } = await instancesOf('Session');
    const [{ id }] = rows;
    const path = await heap.draw(0, { kind: 'path', id });
    for (const part of ['leak.cjs', 'label="  sessions  "']) expect(path.dot).toContain(part);
    expect(path.picture.boxes.filter((box) => box.kind === 'object' && box.isStart)).toMatchObject([{ id }]);
    const { edges } = path.picture;
    // Nothing but the references of the path: each begins where the last one ends.
    expect(edges.slice(1).map(({ tail }) => tail)).toEqual(edges.slice(0, -1).map(({ head }) => head));
    expect(edges.at(-1)!.head).toBe(`o${id}`);
    const merged = await heap.draw(0, { kind: 'merged', type: await typeIndex('Session') });
    expect(merged.dot).toContain('1,600 × Session');
  });
});
