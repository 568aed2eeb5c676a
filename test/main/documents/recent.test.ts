import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addRecent, clearRecent, lastFolder, recentFiles } from '../../../main/documents/recent.ts';
import { isTemporary, removeTemporary, writeTemporary } from '../../../main/documents/temporary.ts';

let folder: string;
let stateFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recent-'));
  stateFile = join(folder, 'state', 'objgraph', 'recent.json');
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

function file(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, 'digraph {}');
  return path;
}
const names = () => recentFiles().map(({ name }) => name);

it('remembers the latest first, each once, and no more than twelve', () => {
  expect(recentFiles()).toEqual([]);
  expect(lastFolder()).toBeNull();
  for (let i = 0; i < 14; i++) addRecent(file(`${i}.dot`));
  addRecent(file('5.dot'));
  expect(names()).toEqual(
    ['5', '13', '12', '11', '10', '9', '8', '7', '6', '4', '3', '2'].map((n) => `${n}.dot`),
  );
  expect(recentFiles()[0]).toEqual({ path: join(folder, '5.dot'), name: '5.dot', folder });
  expect(lastFolder()).toBe(folder);
});

it('drops what is gone, and comes back to it when it is back', () => {
  for (const name of ['a.dot', 'b.dot']) addRecent(file(name));
  rmSync(join(folder, 'b.dot'));
  expect(names()).toEqual(['a.dot']);
  mkdirSync(join(folder, 'b.dot'));
  expect(names()).toEqual(['a.dot']);
});

it('can be cleared, more than once', () => {
  addRecent(file('a.dot'));
  clearRecent();
  clearRecent();
  expect(recentFiles()).toEqual([]);
});

it('is its user’s alone', () => {
  addRecent(file('a.dot'));
  expect(statSync(stateFile).mode & 0o777).toBe(0o600);
  expect(statSync(join(stateFile, '..')).mode & 0o777).toBe(0o700);
});

it('does not remember what was written for one window', () => {
  const path = writeTemporary('stdin.dot', new Uint8Array());
  expect([isTemporary(path), isTemporary(join(folder, 'a.dot'))]).toEqual([true, false]);
  addRecent(path);
  expect(existsSync(stateFile)).toBe(false);
  removeTemporary(path);
});

it.each(['', '{', '{"a":1}', '[1, null, "relative.dot"]'])('takes %j for an empty list', (content) => {
  mkdirSync(join(stateFile, '..'), { recursive: true });
  writeFileSync(stateFile, content);
  expect(recentFiles()).toEqual([]);
  addRecent(file('a.dot'));
  expect(names()).toEqual(['a.dot']);
  expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toEqual([join(folder, 'a.dot')]);
});

it('does without, where nothing can be written', () => {
  writeFileSync(join(folder, 'state'), 'a file where the folder should be');
  chmodSync(join(folder, 'state'), 0o400);
  addRecent(file('a.dot'));
  expect(recentFiles()).toEqual([]);
});
