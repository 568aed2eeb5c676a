// Files that live as long as a window, in a temporary folder that others of the machine share.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  adoptTemporary,
  isOwnFolder,
  removeTemporary,
  sweepTemporary,
  writeTemporary,
} from '../../../main/documents/temporary.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shared-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Of a process that has ended. */
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;
const write = (name = 'given.dot') => writeTemporary(name, Buffer.from('digraph { secret }'));

it('are readable by their user alone, and removed with what belongs to them', () => {
  const file = write();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  adoptTemporary(file);
  writeFileSync(join(dirname(file), 'given.heapsnapshot'), '{}');
  removeTemporary(file);
  expect(readdirSync(folder)).toEqual([]);
});

it('are removed by the next viewer when theirs was killed, and not before', () => {
  const [killed, shown, told] = [write(), write(), write()];
  writeFileSync(`${killed}.viewer-${deadPid()}`, '');
  writeFileSync(join(dirname(killed), 'given.own'), '');
  adoptTemporary(shown);
  sweepTemporary();
  expect(existsSync(dirname(killed))).toBe(false);
  expect(existsSync(shown)).toBe(true);
  // A file of the library that no viewer has taken is its user's.
  expect(existsSync(told)).toBe(true);
});

it('take nothing of others with them', () => {
  const [mine, elsewhere] = [write(), mkdtempSync(join(folder, 'elsewhere-'))];
  const pid = deadPid();
  for (const name of ['given.dot', `given.dot.viewer-${pid}`]) writeFileSync(join(elsewhere, name), '');
  // A link in the place of a folder, a folder that others can write to, and a file beside ours.
  symlinkSync(elsewhere, join(folder, 'objgraph-link'));
  const open = join(folder, 'objgraph-open');
  mkdirSync(open);
  chmodSync(open, 0o777);
  for (const name of ['given.dot', `given.dot.viewer-${pid}`]) writeFileSync(join(open, name), '');
  writeFileSync(`${mine}.viewer-${pid}`, '');
  writeFileSync(join(dirname(mine), 'notes.txt'), '');
  sweepTemporary();
  expect(readdirSync(elsewhere)).toHaveLength(2);
  expect(readdirSync(open)).toHaveLength(2);
  expect(readdirSync(dirname(mine))).toEqual(['notes.txt']);
  expect(isOwnFolder(join(folder, 'objgraph-link'))).toBe(false);
});

it('are nothing else: a file of the user stays, even when a request calls it temporary', () => {
  const own = join(folder, 'thesis.dot');
  const inOpenFolder = join(mkdtempSync(join(folder, 'objgraph-')), 'x.dot');
  chmodSync(dirname(inOpenFolder), 0o777);
  for (const file of [own, inOpenFolder]) {
    writeFileSync(file, 'digraph {}');
    removeTemporary(file);
    expect(existsSync(file)).toBe(true);
  }
});

it.each([
  ['missing', 'none', 'it does not exist'],
  ['a file', 'file', 'it is not a folder'],
])('cannot be written where the temporary folder is %s, and that is said', (_what, name, reason) => {
  writeFileSync(join(folder, 'file'), '');
  vi.stubEnv('TMPDIR', join(folder, name));
  expect(() => write()).toThrow(
    `The temporary folder ${join(folder, name)} cannot be used: ${reason}. Set TMPDIR to another one`,
  );
  expect(sweepTemporary).not.toThrow();
});

it('leave nothing behind when they do not fit', () => {
  const name = 'x'.repeat(300);
  expect(() => write(name)).toThrow('cannot be used');
  expect(readdirSync(folder)).toEqual([]);
});

it('are not written through a link that lies in their place', () => {
  const file = write();
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'untouched');
  symlinkSync(victim, `${file}.viewer-${process.pid}`);
  adoptTemporary(file);
  expect(statSync(victim).size).toBe('untouched'.length);
  removeTemporary(file);
  expect(existsSync(victim)).toBe(true);
});
