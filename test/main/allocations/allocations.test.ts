// `objgraph allocations` on a real process: what is alive, by who allocated it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Profile } from 'pprof-format';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { endPrograms, oldestAndNewest, root, start } from '../targets/programs.ts';

const cli = join(root, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-allocations-'));
afterEach(endPrograms);
afterAll(() => rmSync(folder, { recursive: true }));

/** `keep` allocates twice of what `keepLess` does; `drop` allocates the most, and nothing of it stays alive. */
const program = `
const cache = require('lru');
const kept = [];
function keep() { for (let i = 0; i < 200; i++) kept.push({ a: i + 0.5, b: [i, i, i, i] }); }
function keepLess() { for (let i = 0; i < 100; i++) kept.push({ a: i + 0.5, b: [i, i, i, i] }); }
function drop() { let all = []; for (let i = 0; i < 2000; i++) all.push({ a: i + 0.5, b: [i, i] }); return all.length; }
function remember() { for (let i = 0; i < 50; i++) cache.put(i); }
setInterval(() => { keep(); keepLess(); drop(); remember(); }, 10);
`;
mkdirSync(join(folder, 'node_modules/lru'), { recursive: true });
writeFileSync(
  join(folder, 'node_modules/lru/index.js'),
  'const entries = []; exports.put = function put(i) { entries.push({ key: i, value: { i: [i, i, i] } }); };',
);
const file = join(folder, 'program.cjs');
writeFileSync(file, `${program}; console.log('ready')`);

interface Row {
  name: string;
  location: { script: string; line: number } | null;
  owner: string;
  package: string | null;
  selfBytes: number;
  totalBytes: number;
}
interface Answer {
  isEstimate: boolean;
  isDifference: boolean;
  totalBytes: number;
  rows: Row[];
}

function allocations(...args: string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'allocations', ...args, '--json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Answer;
}

const bytesOf = ({ rows }: Answer, name: string) => rows.find((row) => row.name === name)?.selfBytes ?? 0;

/** Runs the program of this folder, whose package it needs. */
const run = (node = process.execPath) =>
  start(`process.chdir(${JSON.stringify(folder)}); require(${JSON.stringify(file)})`, {
    node,
    cwd: folder,
    // A function that V8 inlines counts for the one that calls it.
    flags: ['--inspect-port=0', '--no-opt', '--no-maglev'],
  });

it.each(oldestAndNewest)(
  'finds who allocated what is alive, and leaves nothing behind: $name',
  async ({ path }) => {
    const { pid } = await run(path);
    const found = allocations(String(pid), '--for', '3s', '--interval', '1024');
    expect(found).toMatchObject({ isEstimate: true, isDifference: false });
    const [keep, less, drop] = ['keep', 'keepLess', 'drop'].map((name) => bytesOf(found, name));
    expect(keep / less).toBeGreaterThan(1.5);
    expect(keep / less).toBeLessThan(2.7);
    expect(drop).toBeLessThan(less);
    expect(found.rows.find(({ name }) => name === 'put')).toMatchObject({ owner: 'package', package: 'lru' });
    const row = found.rows.find(({ name }) => name === 'keep')!;
    expect(row.location!.line).toBe(
      program.split('\n').findIndex((line) => line.includes('function keep(')) + 1,
    );
    expect(found.rows.map(({ name }) => name)).not.toContain('look');
    expect(await listeningPorts(pid)).toEqual([]);
  },
);

describe('one profile', () => {
  it('as files and back, by package, and by what is yours', async () => {
    const { pid } = await run();
    const [profile, pprof] = [join(folder, 'a.heapprofile'), join(folder, 'a.pb.gz')];
    const found = allocations(String(pid), '--for', '2s', '--interval', '1024', '-o', profile, '-o', pprof);
    const again = allocations(profile);
    for (const name of ['keep', 'keepLess', 'put']) expect(bytesOf(again, name)).toBe(bytesOf(found, name));
    // What pprof says of each function, added up anew.
    const { sample, stringTable, function: functions } = Profile.decode(gunzipSync(readFileSync(pprof)));
    const names = functions.map(({ name }) => stringTable.strings[Number(name)]);
    const sums = new Map<string, number>();
    for (const { locationId, value } of sample) {
      const name = names[Number(locationId[0]) - 1];
      sums.set(name, (sums.get(name) ?? 0) + Number(value[0]));
    }
    expect(sums.get('keep')).toBe(bytesOf(found, 'keep'));
    const packages = allocations(profile, '--by', 'package');
    expect(packages.rows.map(({ name }) => name)).toContain('lru');
    // What the package keeps was put there by a function of the program.
    const yours = allocations(profile, '--only', 'yours');
    expect(yours.rows.every(({ owner }) => owner === 'yours')).toBe(true);
    const { totalBytes } = found.rows.find(({ name }) => name === 'remember')!;
    expect(bytesOf(yours, 'remember')).toBe(totalBytes);
    expect(totalBytes).toBeGreaterThan(bytesOf(found, 'put'));
  });

  it('two moments: what came between them', async () => {
    const { pid } = await run();
    const found = allocations(String(pid), String(pid), '--for', '2s', '--interval', '1024');
    expect(found.isDifference).toBe(true);
    expect(bytesOf(found, 'keep')).toBeGreaterThan(bytesOf(found, 'keepLess'));
    const [before, after] = [join(folder, 'before.heapprofile'), join(folder, 'after.heapprofile')];
    allocations(String(pid), '--for', '500ms', '-o', before);
    allocations(String(pid), '--for', '500ms', '-o', after);
    const back = allocations(after, before);
    const forth = allocations(before, after);
    expect(back.totalBytes).toBe(-forth.totalBytes);
  });
});

it('says what is wrong', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [cli, 'allocations', ...args], { encoding: 'utf8', cwd: folder });
  expect(run()).toMatchObject({ status: 2 });
  expect(run('1', '-o', 'a.txt')).toMatchObject({ status: 2 });
  expect(run('missing.heapprofile').stderr).toContain('no such file');
  expect(run(file).stderr).toContain('is no heap profile: it is not JSON');
  writeFileSync(join(folder, 'empty.json'), '{}');
  expect(run('empty.json').stderr).toContain('is no heap profile: it has no "head"');
  expect(run('a.heapprofile', '--by', 'colour').status).toBe(2);
});
