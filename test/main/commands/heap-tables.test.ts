// The commands that tell of a heap in tables.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { heapCommands, some, type Row } from './heap-commands.ts';

const { folder, run, json } = heapCommands();

describe('types', () => {
  it('is a table of counts and bytes', () => {
    const { status, stdout, stderr } = run(['types', 'before.heapsnapshot', '--limit', '3']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^ *count +shallow +retained +type$/);
    expect(lines[1]).toMatch(/^ *[\d,]+ +[\d.]+ (B|kB|MB) +[\d.]+ (B|kB|MB) +\*? *\S/);
    expect(lines[4]).toMatch(/^3 of \d+ types; all have [\d,]+ objects, [\d.]+ MB$/);
    expect(lines).toHaveLength(6);
  });

  it('keeps classes of one name apart, by where they are written', () => {
    const { types } = json<{ types: Row[] }>(['types', 'before.heapsnapshot']);
    const users = types.filter(({ type }) => type === 'User').sort((a, b) => b.count - a.count);
    expect(users.map(({ count, location }) => [count, location?.script, location?.line])).toEqual([
      [30, join(folder, 'leak.cjs'), 2],
      [2, join(folder, 'other.cjs'), 1],
    ]);
    for (const row of types) {
      expect(row).toEqual({
        type: expect.any(String),
        location: row.location && some.location,
        count: expect.any(Number),
        ...some.sizes,
        distance: row.distance === null ? null : expect.any(Number),
        owner: row.location?.script.startsWith(folder)
          ? 'yours'
          : (expect.stringMatching(/^(internal|builtIn|yours)$/) as string),
      });
      expect(row.retainedSize).toBeGreaterThanOrEqual(0);
    }
    const table = run(['types', 'before.heapsnapshot', '--limit', '1000']).stdout;
    expect(table).toMatch(/ 30 .* User — leak\.cjs:2\n/);
    expect(table).toMatch(/ 2 .* User — other\.cjs:1\n/);
  });

  it('has the classes of one owner alone, and marks those that are yours', () => {
    const of = (only: string) =>
      json<{ types: Row[] }>(['types', 'before.heapsnapshot', '--only', only]).types;
    expect(of('yours').map(({ type }) => type)).toEqual(expect.arrayContaining(['User', 'Job']));
    expect(of('yours').every(({ location }) => location!.script.startsWith(folder))).toBe(true);
    expect(of('packages')).toEqual([]);
    expect(of('internal').map(({ type }) => type)).toContain('(string)');
    expect(of('all')).toHaveLength(of('yours').length + of('internal').length);
    const { stdout } = run(['types', 'before.heapsnapshot', '--only', 'yours']);
    expect(stdout).toMatch(/ \* {2}User — leak\.cjs:2\n[^]*\n\* yours: written outside of node_modules\n$/);
    const mistake = run(['types', 'before.heapsnapshot', '--only', 'mine']);
    expect(mistake.status).toBe(2);
    expect(mistake.stderr).toContain('yours, packages, internal, all');
  });

  it.each(['retained', 'shallow', 'count'] as const)('is sorted by %s', (sort) => {
    const key = sort === 'count' ? 'count' : (`${sort}Size` as const);
    const { types } = json<{ types: Row[] }>([
      'types',
      'before.heapsnapshot',
      '--sort',
      sort,
      '--limit',
      '10',
    ]);
    expect(types).toHaveLength(10);
    const values = types.map((row) => row[key]);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });

  it('reads standard input, gzipped or not', () => {
    const input = readFileSync(join(folder, 'before.heapsnapshot'));
    const expected = run(['types', 'before.heapsnapshot']).stdout;
    expect(run(['types', '-'], { input })).toEqual({ status: 0, stdout: expected, stderr: '' });
    expect(run(['types', '-'], { input: gzipSync(input) }).stdout).toBe(expected);
  });
});

describe('growth', () => {
  it('lists what is new and what is gone, object by object', () => {
    const { matchedBy, types } = json<{
      matchedBy: string;
      types: (Row & { added: number; removed: number })[];
    }>(['growth', 'before.heapsnapshot', 'after.heapsnapshot']);
    expect(matchedBy).toBe('id');
    const user = types.find(({ type }) => type === 'User');
    expect(user).toMatchObject({ count: 11, added: 12, removed: 1, location: { line: 2 } });
    expect(user!.shallowSize).toBe((user!.shallowSize / 11) * 11);
    const { stdout } = run(['growth', 'before.heapsnapshot', 'after.heapsnapshot', '--limit', '500']);
    expect(stdout).toMatch(/^ *objects +new +gone +larger +shallow +type\n/);
    expect(stdout).toMatch(/\n +\+11 +12 +1 +(\+[\d.]+ k?B +)?\+[\d.]+ k?B {2}\* {2}User — leak\.cjs:2\n/);
  });

  it('has the classes of one owner alone', () => {
    const files = ['before.heapsnapshot', 'after.heapsnapshot'];
    const of = (only: string) =>
      json<{ types: (Row & { owner: string })[] }>(['growth', ...files, '--only', only]).types;
    const yours = of('yours');
    expect(yours.map(({ type }) => type)).toContain('User');
    expect(yours.map(({ owner }) => owner)).toEqual(yours.map(() => 'yours'));
    expect(of('packages')).toEqual([]);
    expect(of('internal').map(({ type }) => type)).not.toContain('User');
    expect(of('internal').length).toBeGreaterThan(0);
    expect(of('all')).toHaveLength(yours.length + of('internal').length);
    expect(run(['growth', ...files, '--only', 'mine']).status).toBe(2);
  });

  it('compares numbers alone where an option says so', () => {
    const { matchedBy, types } = json<{ matchedBy: string; types: Row[] }>([
      'growth',
      'before.heapsnapshot',
      'after.heapsnapshot',
      '--by',
      'type',
    ]);
    expect(matchedBy).toBe('type');
    expect(types.find(({ type }) => type === 'User')).toMatchObject({ count: 11, added: 11, removed: 0 });
  });
});

describe('instances', () => {
  it('are the objects of all classes of a name, or of the one with a place', () => {
    const all = json<{ total: number; instances: Row[] }>([
      'instances',
      'before.heapsnapshot',
      '--type',
      'User',
    ]);
    expect(all.total).toBe(32);
    expect(all.instances).toHaveLength(32);
    for (const row of all.instances)
      expect(row).toEqual({
        ...some.object,
        location: some.location,
        distance: expect.any(Number),
        owner: 'yours',
      });
    const one = json<{ total: number }>([
      'instances',
      'before.heapsnapshot',
      '--type',
      'User — other.cjs:1',
      '--limit',
      '1',
    ]);
    expect(one).toMatchObject({ total: 2, instances: [{ name: '{other}' }] });
    const { stdout } = run(['instances', 'before.heapsnapshot', '--type', 'User', '--limit', '2']);
    expect(stdout).toMatch(
      /^ *id +distance +shallow +retained +object\n( *@\d+ +\d+ +\d+ B +[\d.]+ k?B {2}User — \w+\.cjs:\d \{.*\}\n){2}2 of 32 objects\n$/,
    );
  });
});

describe('strings', () => {
  it('lists what is there more than once', () => {
    const { wasted, strings } = json<{
      wasted: number;
      strings: { text: string; count: number; wasted: number }[];
    }>(['strings', 'before.heapsnapshot']);
    expect(strings.find(({ text }) => text === 'the very same text')).toEqual({
      text: 'the very same text',
      isCut: false,
      count: expect.any(Number),
      shallowSize: expect.any(Number),
      wasted: expect.any(Number),
      id: expect.any(Number),
    });
    expect(strings.reduce((sum, string) => sum + string.wasted, 0)).toBe(wasted);
    expect(run(['strings', 'before.heapsnapshot', '--limit', '1']).stdout).toMatch(
      /^ *count +shallow +wasted +text\n.*\n1 of \d+ texts; all waste /,
    );
  });
});

describe('dominators', () => {
  it('are a tree of what is kept alive', () => {
    interface Tree extends Row {
      share: number;
      dominated: Tree[];
    }
    const { dominators } = json<{ dominators: Tree[] }>(['dominators', 'before.heapsnapshot']);
    const check = (trees: Tree[], depth: number): void => {
      expect(depth).toBeLessThanOrEqual(trees.length > 0 ? 5 : 6);
      for (const tree of trees) {
        expect(tree).toMatchObject(some.object);
        expect(tree.share).toBeGreaterThanOrEqual(0.01);
        const below = tree.dominated.reduce((sum, { retainedSize }) => sum + retainedSize, 0);
        expect(below).toBeLessThanOrEqual(tree.retainedSize);
        check(tree.dominated, depth + 1);
      }
    };
    expect(dominators[0].share).toBeGreaterThan(0.5);
    check(dominators, 1);
    const { stdout } = run(['dominators', 'before.heapsnapshot', '--max-depth', '2']);
    expect(stdout).toMatch(/^ *retained +share +id +object\n *[\d.]+ MB +\d\d\.\d % +@\d+ +\*? *\S/);
    expect(run(['dominators', 'before.heapsnapshot', '--id', String(dominators[0].id)]).status).toBe(0);
  });

  it('have the outermost objects of one owner alone', () => {
    interface Owned extends Row {
      owner: string;
      dominated: Owned[];
    }
    const of = (only: string) =>
      json<{ dominators: Owned[] }>(['dominators', 'after.heapsnapshot', '--only', only, '--least', '0'])
        .dominators;
    const yours = of('yours');
    expect(yours.length).toBeGreaterThan(0);
    expect(yours.map(({ owner }) => owner)).toEqual(yours.map(() => 'yours'));
    expect(of('packages')).toEqual([]);
    expect(of('internal').map(({ owner }) => owner)).not.toContain('yours');
    const mistake = run(['dominators', 'after.heapsnapshot', '--only', 'mine']);
    expect([mistake.status, mistake.stderr]).toEqual([
      2,
      expect.stringContaining('yours, packages, internal, all'),
    ]);
  });
});

describe('suspects', () => {
  it('are reported in words, with the reason', () => {
    const args = ['suspects', 'before.heapsnapshot', 'after.heapsnapshot', '--least', '1000'];
    const { suspects } = json<{ suspects: Record<string, unknown>[] }>(args);
    expect(suspects[0]).toMatchObject({ type: 'Job', summary: expect.stringContaining('queue') });
    for (const suspect of suspects)
      expect(suspect).toEqual({
        detector: expect.any(String),
        type: expect.any(String),
        place: suspect.place === null ? null : expect.any(String),
        location: suspect.place === null ? null : some.location,
        count: expect.any(Number),
        retainedSize: expect.any(Number),
        id: expect.any(Number),
        summary: expect.any(String),
        chain: expect.any(Array),
        confidence: expect.any(Number),
        because: expect.any(String),
        growth: [some.growth, some.growth],
        holders: expect.any(Number),
        consequences: expect.any(Array),
        doubts: expect.any(Array),
      });
    const { stdout } = run([...args, '--limit', '1']);
    expect(stdout).toMatch(/^\S.* \([\d.]+ [kM]?B, \d+ % sure\)\n {2}\S.*\n/);
    expect(run(['suspects', 'before.heapsnapshot', '--least', '999999999']).status).toBe(0);
  });
});

it('prints nothing that a terminal would obey', () => {
  const { stdout } = run(['strings', 'before.heapsnapshot', '--limit', '100000']);
  expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
});
