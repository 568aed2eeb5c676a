// The commands for heaps as users run them: the built command on snapshots of real programs.
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, '../../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-heaps-'));
const temporary = join(folder, 'tmp');
mkdirSync(temporary);
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: string[], { input = Buffer.alloc(0) as Uint8Array } = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    input,
    env: { ...process.env, OBJGRAPH_VIEWER: 'none', TMPDIR: temporary },
    maxBuffer: 2 ** 28,
  });
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
};
const json = <T>(args: string[]): T => {
  const { status, stdout, stderr } = run([...args, '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as T;
};

/** A class of the same name in two files, and a leak that grows between two snapshots. */
writeFileSync(
  join(folder, 'other.cjs'),
  `exports.make = () => { class User { constructor() { this.other = {} } } return new User() }`,
);
writeFileSync(
  join(folder, 'leak.cjs'),
  `const { writeHeapSnapshot } = require('node:v8');
class User { constructor(i) { this.name = 'user ' + i; this.data = { i: [i] } } }
const cache = exports.cache = new Map();
exports.others = [require('./other.cjs').make(), require('./other.cjs').make()];
for (let i = 0; i < 30; i++) cache.set('key' + i, new User(i));
cache.copies = Array.from({ length: 9 }, () => Buffer.from('the very same text').toString());
const odd = { ['bad\\x1b[31mname']: {} };
class Job { constructor(i) { this.i = { i } } }
const queue = exports.queue = Array.from({ length: 200 }, (_, i) => new Job(i));
class Odd\\u0041 {}
cache.odd = [odd, new OddA()];
writeHeapSnapshot('before.heapsnapshot');
for (let i = 0; i < 12; i++) cache.set('more' + i, new User(i));
cache.delete('key0');
for (let i = 0; i < 1500; i++) queue.push(new Job(i));
writeHeapSnapshot('after.heapsnapshot');`,
);

interface Row {
  type: string;
  location: { script: string; line: number; column: number } | null;
  count: number;
  shallowSize: number;
  retainedSize: number;
  distance: number | null;
  id: number;
  name: string;
}

const aLocation = { script: expect.any(String), line: expect.any(Number), column: expect.any(Number) };
const sizes = { shallowSize: expect.any(Number), retainedSize: expect.any(Number) };
/** docs/json.md */
const anObject = {
  id: expect.any(Number),
  type: expect.any(String),
  name: expect.any(String),
  ...sizes,
};

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, ['leak.cjs'], { cwd: folder });
  expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
});

describe('types', () => {
  it('is a table of counts and bytes', () => {
    const { status, stdout, stderr } = run(['types', 'before.heapsnapshot', '--limit', '3']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^ *count +shallow +retained +type$/);
    expect(lines[1]).toMatch(/^ *[\d,]+ +[\d.]+ (B|kB|MB) +[\d.]+ (B|kB|MB) {2}\S/);
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
        location: row.location && aLocation,
        count: expect.any(Number),
        ...sizes,
        distance: row.distance === null ? null : expect.any(Number),
      });
      expect(row.retainedSize).toBeGreaterThanOrEqual(0);
    }
    const table = run(['types', 'before.heapsnapshot', '--limit', '1000']).stdout;
    expect(table).toMatch(/ 30 .* User — leak\.cjs:2\n/);
    expect(table).toMatch(/ 2 .* User — other\.cjs:1\n/);
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
  it('tells what came and what went, object by object', () => {
    const { matchedBy, types } = json<{
      matchedBy: string;
      types: (Row & { added: number; removed: number })[];
    }>(['growth', 'before.heapsnapshot', 'after.heapsnapshot']);
    expect(matchedBy).toBe('id');
    const user = types.find(({ type }) => type === 'User');
    expect(user).toMatchObject({ count: 11, added: 12, removed: 1, location: { line: 2 } });
    expect(user!.shallowSize).toBe((user!.shallowSize / 11) * 11);
    const { stdout } = run(['growth', 'before.heapsnapshot', 'after.heapsnapshot', '--limit', '500']);
    expect(stdout).toMatch(/^ *objects +new +gone +shallow +type\n/);
    expect(stdout).toMatch(/\n +\+11 +12 +1 +\+[\d.]+ k?B {2}User — leak\.cjs:2\n/);
  });

  it('compares numbers alone where it is told to', () => {
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
      expect(row).toEqual({ ...anObject, location: aLocation, distance: expect.any(Number) });
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
  it('tells what is there more than once', () => {
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
        expect(tree).toMatchObject(anObject);
        expect(tree.share).toBeGreaterThanOrEqual(0.01);
        const below = tree.dominated.reduce((sum, { retainedSize }) => sum + retainedSize, 0);
        expect(below).toBeLessThanOrEqual(tree.retainedSize);
        check(tree.dominated, depth + 1);
      }
    };
    expect(dominators[0].share).toBeGreaterThan(0.5);
    check(dominators, 1);
    const { stdout } = run(['dominators', 'before.heapsnapshot', '--max-depth', '2']);
    expect(stdout).toMatch(/^ *retained +share +id +object\n *[\d.]+ MB +\d\d\.\d % +@\d+ {2}\S/);
    expect(run(['dominators', 'before.heapsnapshot', '--id', String(dominators[0].id)]).status).toBe(0);
  });
});

describe('chain', () => {
  it('says what holds an object', () => {
    const { chains } = json<{ chains: (Row & { edge: string | null })[][] }>([
      'chain',
      'after.heapsnapshot',
      '--type',
      'User — leak.cjs:2',
    ]);
    expect(chains).toHaveLength(1);
    const words = chains[0].map(({ type, edge }) => [type, edge]);
    expect(words.at(-1)).toEqual(['User', null]);
    expect(words.at(-2)).toEqual(['Map', expect.stringMatching(/^"(key|more)\d+"$/)]);
    for (const row of chains[0]) expect(row).toMatchObject(anObject);
  });

  it('is written and drawn', () => {
    const { status, stdout } = run([
      'chain',
      'after.heapsnapshot',
      '--type',
      'User — leak.cjs:2',
      '-o',
      'chain.svg',
    ]);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /\n {2}cache → Map .*@\d+\n {2}"\w+" → User \{name, data\} @\d+\nImage generated as chain\.svg\n$/,
    );
    expect(readFileSync(join(folder, 'chain.svg'), 'utf8')).toContain('User');
  });
});

describe('refs and backrefs', () => {
  const id = () =>
    String(
      json<{ instances: Row[] }>(['instances', 'after.heapsnapshot', '--type', 'User — leak.cjs:2'])
        .instances[0].id,
    );

  it('are DOT, by the library', () => {
    const one = id();
    const { stdout } = run(['refs', 'after.heapsnapshot', '--id', one, '-o', '-']);
    expect(stdout).toMatch(new RegExp(`^digraph ObjectGraph \\{[^]*o${one}\\[label="User`));
    expect(stdout).toContain('[label="data",weight=2]');
    const back = run([
      'backrefs',
      'after.heapsnapshot',
      '--id',
      `@${one}`,
      '--max-depth',
      '1',
      '-o',
      '-',
    ]).stdout;
    expect(back.match(/ -> /g)).toHaveLength(1);
    expect(back).toContain('label="Map\\n{copies, odd}"');
  });

  it('are files', () => {
    for (const file of ['refs.dot', 'refs.svg', 'refs.png'])
      expect(run(['refs', 'after.heapsnapshot', '--id', id(), '-o', file])).toEqual({
        status: 0,
        stdout: `Image generated as ${file}\n`,
        stderr: '',
      });
    expect(readFileSync(join(folder, 'refs.dot'), 'utf8')).not.toContain('pos=');
    expect(readFileSync(join(folder, 'refs.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('draw the largest of many objects, and say so', () => {
    const { stdout, stderr } = run([
      'refs',
      'before.heapsnapshot',
      '--type',
      'User',
      '--too-many',
      '4',
      '-o',
      '-',
    ]);
    expect(stdout.match(/\[fontcolor=red\]/g)).toHaveLength(4);
    expect(stderr).toBe(
      'objgraph: warning: of 32 objects, the 4 that retain the most are drawn (see --too-many and --merge)\n',
    );
  });

  it('become a png where there is no screen, and leave nothing behind', () => {
    const { status, stdout } = run(['refs', 'after.heapsnapshot', '--id', id()]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${join(folder, 'objgraph.dot.png')}\n` });
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('refs --merge', () => {
  it('draws all objects of a class as one box, and what they refer to', () => {
    const args = ['refs', 'after.heapsnapshot', '--type', 'User — leak.cjs:2', '--merge'];
    const { stdout } = run([...args, '-o', '-']);
    expect(stdout).toMatch(/label="41 × User\\n[\d.]+ kB"/);
    expect(stdout).toMatch(/group0 -> group\d \[label="data\\n41 · [\d.]+ kB"/);
    expect(stdout).toMatch(/label="i\\n41 · /);
    expect(run([...args, '--max-depth', '1', '-o', 'merged.svg'])).toEqual({
      status: 0,
      stdout: 'Image generated as merged.svg\n',
      stderr: '',
    });
  });
});

describe('backrefs --merge', () => {
  it('draws all objects of a class as one box, and what holds them', () => {
    const args = ['after.heapsnapshot', '--type', 'User — leak.cjs:2', '--merge'];
    const { stdout } = run(['backrefs', ...args, '-o', '-']);
    expect(stdout).toMatch(/label="41 × User\\n[\d.]+ kB"/);
    expect(stdout).toMatch(/-> group0 \[label="value\\n41 · [\d.]+ kB"/);
    expect(stdout).toMatch(/label="Module\\nleak\.cjs/);
  });
});

describe('suspects', () => {
  it('are told in words, and why', () => {
    const args = ['suspects', 'before.heapsnapshot', 'after.heapsnapshot', '--least', '1000'];
    const { suspects } = json<{ suspects: Record<string, unknown>[] }>(args);
    expect(suspects[0]).toMatchObject({ type: 'Job', summary: expect.stringContaining('queue') });
    for (const suspect of suspects)
      expect(suspect).toEqual({
        detector: expect.any(String),
        type: expect.any(String),
        place: suspect.place === null ? null : expect.any(String),
        count: expect.any(Number),
        retainedSize: expect.any(Number),
        id: expect.any(Number),
        summary: expect.any(String),
        chain: expect.any(Array),
        confidence: expect.any(Number),
        because: expect.any(String),
      });
    const { stdout } = run([...args, '--limit', '1']);
    expect(stdout).toMatch(/^\S.* \([\d.]+ [kM]?B, \d+ % sure\)\n {2}\S.*\n/);
    expect(run(['suspects', 'before.heapsnapshot', '--least', '999999999']).status).toBe(0);
  });
});

/** A program that leaks ten objects in each tenth of a second. */
const growing = async () => {
  const child = spawn(process.execPath, [
    '--inspect-port=0',
    '-e',
    'class Kept {}; globalThis.all = []; setInterval(() => { for (let i = 0; i < 10; i++) all.push(new Kept()) }, 100); console.log(1)',
  ]);
  await new Promise((ready) => child.stdout.once('data', ready));
  return child;
};

describe('several moments of one process', () => {
  it('are files whose objects have the same ids', async () => {
    const child = await growing();
    const files = ['one', 'two', 'three'];
    const { status, stdout } = run([
      'snapshot',
      String(child.pid),
      ...files.flatMap((file) => ['-o', file]),
      '--every',
      '0.5',
    ]);
    child.kill();
    expect(status).toBe(0);
    expect(stdout.match(/^Snapshot written to (one|two|three) \([\d.]+ MB\)$/gm)).toHaveLength(3);
    const { matchedBy, types } = json<{
      matchedBy: string;
      types: (Row & { added: number; removed: number })[];
    }>(['growth', 'one', 'three']);
    expect(matchedBy).toBe('id');
    const kept = types.find(({ type }) => type === 'Kept')!;
    expect(kept.added).toBeGreaterThanOrEqual(20);
    expect(kept.removed).toBe(0);
    expect(run(['suspects', ...files])).toMatchObject({ status: 0, stderr: '' });
    expect(run(['suspects', 'before.heapsnapshot', 'one']).stderr).toMatch(
      /^objgraph: these are no snapshots of one process, .*\n$/,
    );
  });

  it('are compared at once when the process is named twice', async () => {
    const child = await growing();
    const pid = String(child.pid);
    const { matchedBy, types } = json<{ matchedBy: string; types: Row[] }>([
      'growth',
      pid,
      pid,
      '--every',
      '0.5',
    ]);
    expect(run(['growth', pid, pid]).stderr).toContain(
      'say how long to wait between the snapshots: --every SECONDS',
    );
    const asked = run(['instances', pid, '--type', 'Kept', '--limit', '1']);
    expect(asked.status).toBe(0);
    expect(run(['chain', pid, '--id', '1']).stderr).toMatch(
      /^objgraph: warning: the ids of process \d+ may have changed/,
    );
    child.kill();
    expect(matchedBy).toBe('id');
    expect(types.find(({ type }) => type === 'Kept')!.count).toBeGreaterThanOrEqual(10);
  });
});

describe('snapshot', () => {
  it('writes the heap of a process, for its owner alone', async () => {
    const child = spawn(process.execPath, [
      '--inspect-port=0',
      '-e',
      'class Kept {}; globalThis.k = new Kept(); setInterval(() => {}, 1e3); console.log(1)',
    ]);
    await new Promise((ready) => child.stdout.once('data', ready));
    const { status, stdout } = run(['snapshot', String(child.pid), '-o', 'process.heapsnapshot']);
    child.kill();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Snapshot written to process\.heapsnapshot \([\d.]+ MB\)\n$/);
    expect(statSync(join(folder, 'process.heapsnapshot')).mode & 0o777).toBe(0o600);
    expect(run(['types', 'process.heapsnapshot', '--limit', '1000']).stdout).toMatch(
      / 1 .* Kept — \[eval\]:1\n| 1 .* Kept\n/,
    );
  });

  it('leaves no half file, and the old one alone', () => {
    writeFileSync(join(folder, 'old'), 'old');
    expect(run(['snapshot', '4194303', '-o', 'old'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'objgraph: there is no process 4194303\n',
    });
    expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('is given up by Ctrl-C', async () => {
    const child = spawn(process.execPath, [
      '--inspect-port=0',
      '-e',
      'globalThis.many = Array.from({ length: 1e6 }, (_, i) => ({ i: [i] })); setInterval(() => {}, 1e3); console.log(1)',
    ]);
    await new Promise((ready) => child.stdout.once('data', ready));
    const command = spawn(process.execPath, [cli, 'snapshot', String(child.pid), '-o', 'given-up'], {
      cwd: folder,
    });
    let said = '';
    command.stderr.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr.on('data', (data: Buffer) => {
      if (data.includes('Debugger attached')) command.kill('SIGINT');
    });
    const status = await new Promise((ended) => command.once('exit', ended));
    expect(child.exitCode).toBeNull();
    child.kill();
    expect(status).toBe(130);
    expect(said).toMatch(/^(process \d+ has a heap of .*\n)?objgraph: stopped\n$/);
    expect(existsSync(join(folder, 'given-up'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });
});

writeFileSync(join(folder, 'hello'), 'hello');

it.each([
  [['types'], 2, 'it takes one SOURCE'],
  [['types', 'a', 'b'], 2, 'it takes one SOURCE'],
  [['growth', 'a'], 2, 'it takes 2 SOURCEs'],
  [['growth', '-', '-'], 2, 'standard input can be read once only'],
  [['types', 'a', '--sort', 'size'], 2, '--sort is one of retained, shallow, count, not "size"'],
  [['types', 'a', '--limit', 'all'], 2, '--limit is a number from 0 on, not "all"'],
  [['types', 'a', '--nonsense'], 2, "Unknown option '--nonsense'"],
  [['instances', 'a'], 2, 'say of which class: --type NAME (see objgraph instances --help)'],
  [['refs', 'a'], 2, 'say which objects: --id ID or --type NAME'],
  [['refs', 'a', '--id', '1', '--type', 'x'], 2, 'say which objects'],
  [['chain', 'a', '--id', 'x'], 2, '--id is a number as the commands print it, not "x"'],
  [['refs', 'a', '--id', '1', '-o', 'picture'], 2, 'picture has no extension to tell its format'],
  [
    ['refs', 'a', '--id', '1', '-o', 'no/such.svg'],
    1,
    'no/such.svg cannot be written: its folder does not exist',
  ],
  [['growth', 'a', 'b', '--every', 'soon'], 2, '--every is a number of seconds, not "soon"'],
  [['suspects'], 2, 'it takes 1 to 3 SOURCEs'],
  [['snapshot', '-', '-o', 'a', '-o', 'b'], 2, 'standard input has one moment only: name one file'],
  [['snapshot', '1'], 2, 'say where to write the snapshot: -o FILE'],
  [['types', 'missing'], 1, 'missing: no such file'],
  [['types', '.'], 1, '.: it is a folder, not a file'],
  [['types', 'hello'], 1, 'hello: This is no heap snapshot: it does not begin with "{" (at byte 0).'],
  [['types', '-'], 1, 'standard input: The input is empty: this is no heap snapshot (at byte 0).'],
  [['chain', 'before.heapsnapshot', '--id', '2'], 1, 'before.heapsnapshot has no object with the id 2'],
  [
    ['instances', 'before.heapsnapshot', '--type', 'user'],
    1,
    'has no objects of type "user"; did you mean User?',
  ],
  [['instances', 'before.heapsnapshot', '--type', 'Nothing'], 1, 'objgraph types tells which there are'],
])('%j ends with %i and one sentence', (args, status, sentence) => {
  const result = run(args);
  expect(result).toMatchObject({ status, stdout: '' });
  expect(result.stderr).toContain(sentence);
  expect(result.stderr).toMatch(/^objgraph: [^\n]+\n$/);
});

it.runIf(process.getuid?.() === 0)('tells other users that they may not', async () => {
  const asNobody = (args: string[]) => {
    const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { uid: 65534, gid: 65534 });
    return { status, stderr: stderr.toString() };
  };
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'before.heapsnapshot'), 0o600);
  const file = join(folder, 'before.heapsnapshot');
  expect(asNobody(['types', file])).toEqual({
    status: 1,
    stderr: `objgraph: ${file}: no permission to read it\n`,
  });
  const child = spawn(process.execPath, [
    '--inspect-port=0',
    '-e',
    'setInterval(() => {}, 1e3); console.log(1)',
  ]);
  await new Promise((ready) => child.stdout.once('data', ready));
  expect(asNobody(['types', String(child.pid)])).toEqual({
    status: 1,
    stderr: `objgraph: process ${child.pid} belongs to another user: run this command as that user\n`,
  });
  expect(child.exitCode).toBeNull();
  child.kill();
});

it('prints nothing that a terminal would obey', () => {
  const { stdout } = run(['strings', 'before.heapsnapshot', '--limit', '100000']);
  expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
});
