// The command line of xdot 1.4, in all the ways in which Python's argparse lets it be written.
import { expect, it } from 'vitest';
import { readXdotArguments } from '../../../main/commands/xdot-arguments.ts';

const usual = {
  ...{ files: [], engine: 'dot', positioned: false, size: null, toolbar: true, editor: null },
  ...{ help: false, version: false },
};
const size = { width: 800, height: 600 };

it.each([
  ['', {}],
  ['a.dot', { files: ['a.dot'] }],
  ['-', { files: ['-'] }],
  ['-f neato a.dot', { engine: 'neato', files: ['a.dot'] }],
  ['-fneato a.dot', { engine: 'neato', files: ['a.dot'] }],
  ['a.dot --filter=neato', { engine: 'neato', files: ['a.dot'] }],
  ['--filter neato', { engine: 'neato' }],
  ['-n -', { positioned: true, files: ['-'] }],
  ['--no-filter', { positioned: true }],
  ['-g 800x600', { size }],
  ['-g800x600', { size }],
  ['--geometry=800x600', { size }],
  ['--hide-toolbar', { toolbar: false }],
  ['--editor code a.dot', { editor: 'code', files: ['a.dot'] }],
  ['--ed=subl', { editor: 'subl' }],
  ['-h', { help: true }],
  ['-nfcirco', { positioned: true, engine: 'circo' }],
  ['-- --hide-toolbar', { files: ['--hide-toolbar'] }],
  ['--filt neato', { engine: 'neato' }],
  ['--geom=800x600 --hide --no', { size, toolbar: false, positioned: true }],
  ['-- --geom', { files: ['--geom'] }],
])('reads `xdot %s`', (line, said) => {
  expect(readXdotArguments(line.split(' ').filter(Boolean))).toEqual({ ...usual, ...said });
});

it.each([
  ['-g 800', /"800" is no window size/],
  ['-g 0x600', /no window size/],
  ['-f bogus', /no layout engine "bogus"/],
  ['--h', /--h\b/],
  ['--nothing', /--nothing/],
  ['--geom', /geometry/],
])('refuses `xdot %s`', (line, message) => {
  expect(() => readXdotArguments(line.split(' '))).toThrow(message);
});

it('leaves alone what is Chromium’s own in the desktop app', () => {
  const args = ['--no-sandbox', '--geom=1x1', 'a.dot'];
  expect(readXdotArguments(args, { strict: false })).toEqual({ ...usual, files: ['a.dot'] });
});
