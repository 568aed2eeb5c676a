// `--source-maps`: folders, files and patterns.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { takeMapFolders } from '../../../main/commands/map-folders.ts';
import { mapFolders } from '../../../main/source-maps/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-map-folders-'));
const at = (name: string) => join(folder, name);
for (const name of ['dist/a.js.map', 'dist/deep/er/b.js.map', 'dist/deep/c.css.map', 'dist/(x).map']) {
  mkdirSync(join(at(name), '..'), { recursive: true });
  writeFileSync(at(name), '{}');
}
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['a folder', 'dist', ['dist']],
  ['a file', 'dist/a.js.map', ['dist/a.js.map']],
  ['a name with any letters', 'dist/*.js.map', ['dist/a.js.map']],
  ['any folders', 'dist/**/*.js.map', ['dist/a.js.map', 'dist/deep/er/b.js.map']],
  ['one letter', 'dist/deep/?.css.map', ['dist/deep/c.css.map']],
  ['one of several', 'dist/{a,b}.js.map', ['dist/a.js.map']],
  ['folders by a pattern', 'd*t/deep/c.{css,js}.map', ['dist/deep/c.css.map']],
  ['letters that regular expressions know', 'dist/(?).map', ['dist/(x).map']],
])('takes %s', (_what, text, files) => {
  expect(takeMapFolders(['types', '--source-maps', at(text), 'a.heapsnapshot'])).toEqual([
    'types',
    'a.heapsnapshot',
  ]);
  expect(mapFolders().toSorted()).toEqual(files.map(at));
});

it('says what is wrong', () => {
  expect(() => takeMapFolders(['--source-maps'])).toThrow('needs a folder, a file or a pattern');
  expect(() => takeMapFolders([`--source-maps=${at('gone')}`])).toThrow('does not exist');
  expect(() => takeMapFolders([`--source-maps=${at('dist/*.gone')}`])).toThrow('no file matches');
  expect(() => takeMapFolders([`--source-maps=${at('dist/{a')}`])).toThrow('no file matches');
  expect(() => takeMapFolders([`--source-maps=${at('gone/*.map')}`])).toThrow('no file matches');
});

it('leaves out what is no file: pipes, devices, links in a circle', () => {
  mkdirSync(at('odd'));
  execFileSync('mkfifo', [at('odd/pipe.map')]);
  symlinkSync('loop.map', at('odd/loop.map'));
  symlinkSync('/dev/zero', at('odd/zero.map'));
  symlinkSync('..', at('odd/up'));
  expect(() => takeMapFolders([`--source-maps=${at('odd/*.map')}`])).toThrow('no file matches');
  expect(() => takeMapFolders([`--source-maps=${at('odd/pipe.map')}`])).toThrow(
    'is neither a folder nor a file',
  );
  expect(() => takeMapFolders([`--source-maps=${at('odd/loop.map')}`])).toThrow('does not exist');
  writeFileSync(at('odd/real.map'), '{}');
  takeMapFolders([`--source-maps=${at('odd/*.map')}`]);
  expect(mapFolders()).toEqual([at('odd/real.map')]);
});
