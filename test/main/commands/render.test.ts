// `objgraph render` as users run it: the built command in a process of its own.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const cli = join(import.meta.dirname, '../../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-render-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = (args: string[], { input = '', env = process.env } = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, input, env });
  return { status, stdout: stdout.toString('latin1'), stderr: stderr.toString() };
};
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
write('a.dot', 'digraph { a -> b }');

it.each([
  ['svg', /^<\?xml[^]*<svg/],
  ['dot', /^digraph \{[^]*pos=/],
  ['json', /^\{\s*"name"/],
  ['xdot', /xdotversion/],
  ['png', /^\x89PNG/],
  ['plain', /^graph 1 /],
  ['ps', /^%!PS-Adobe/],
])('writes %s to standard output', (format, content) => {
  const { status, stdout, stderr } = run(['render', 'a.dot', '-T', format]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(content);
});

it.each(['svg', 'png', 'json', 'xdot', 'gv'])('tells the format by the name b.%s', (extension) => {
  expect(run(['render', 'a.dot', '-o', `b.${extension}`])).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(existsSync(join(folder, `b.${extension}`))).toBe(true);
});

it('writes svg if nothing else is said, from standard input too', () => {
  expect(run(['render', '-'], { input: 'graph { x }' }).stdout).toContain('<title>x</title>');
});

it('takes a charset that stands in a label for a label', () => {
  const file = join(import.meta.dirname, '../../fixtures/dot/charset-in-label.dot');
  const { status, stdout, stderr } = run(['render', file]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('charset=utf&#45;8');
});

it('uses another engine', () => {
  const [dot, circo] = ['dot', 'circo'].map((engine) => run(['render', 'a.dot', '-K', engine]).stdout);
  expect(circo).toContain('<svg');
  expect(circo).not.toBe(dot);
});

it('enlarges a png', () => {
  run(['render', 'a.dot', '-o', 'one.png']);
  run(['render', 'a.dot', '-o', 'two.png', '--scale', '2']);
  const [one, two] = ['one', 'two'].map((name) => readFileSync(join(folder, `${name}.png`)).readUInt32BE(16));
  expect(Math.abs(two - 2 * one)).toBeLessThan(3);
});

it('writes other formats by the system, or says what always works', () => {
  if (spawnSync('dot', ['-V']).status === 0) {
    expect(run(['render', 'a.dot', '-T', 'gif']).stdout).toMatch(/^GIF8/);
    expect(run(['render', 'a.dot', '-T', 'nonsense'])).toMatchObject({
      status: 1,
      stderr:
        "objgraph: the system's dot cannot write nonsense; these formats always work: dot, svg, png, json, xdot\n",
    });
  } else {
    console.warn('NOT RUN for want of dot: formats of the system');
  }
  expect(run(['render', 'a.dot', '-o', 'a.pdf'], { env: { PATH: '/nowhere' } })).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'objgraph: pdf needs a browser of Chromium\'s family or Graphviz\'s own program "dot", which is not installed; these formats always work: dot, svg, png, json, xdot\n',
  });
});

write('syntax.dot', 'digraph {\n a ->\n}');
write('string.dot', 'digraph { a [label="x] }');
write('junk.dot', Uint8Array.of(0x89, 0x50, 0, 0));
write('empty.dot', '');

it.each([
  [['render', 'syntax.dot'], 1, "syntax.dot:3: syntax error in line 3 near '}'"],
  [['render', 'string.dot'], 1, 'string.dot:1: syntax error in line 1 scanning a quoted string'],
  [['render', 'junk.dot'], 1, 'junk.dot: not a DOT file: it has binary data at byte 2'],
  [['render', 'empty.dot'], 1, 'empty.dot: no graph in it'],
  [['render', 'missing.dot'], 1, 'missing.dot: no such file'],
  [['render', '.'], 1, 'it is a folder, not a file'],
  [
    ['render', 'a.dot', '-o', 'no/such/folder.svg'],
    1,
    'no/such/folder.svg cannot be written: its folder does not exist',
  ],
  [
    ['render', 'a.dot', '-o', 'noextension'],
    2,
    'noextension has no extension to tell its format; say it with -T',
  ],
  [['render', 'a.dot', '-K', 'magic'], 2, 'there is no layout engine "magic"; there are dot, neato,'],
  [['render', 'a.dot', '--scale', '-1'], 2, "'--scale' argument is ambiguous"],
  [['render', 'a.dot', '--scale=huge'], 2, '--scale is a number up to 100, not huge'],
  [['render', 'a.dot', 'a.dot'], 2, 'render takes one file, or - for standard input'],
  [['render'], 2, 'render takes one file'],
  [['render', '--nonsense'], 2, "Unknown option '--nonsense'"],
  [['view', 'missing.dot'], 1, 'missing.dot: no such file'],
  [['view', '-g', 'wide', 'a.dot'], 2, '"wide" is no window size; write WIDTHxHEIGHT, for example 1000x700'],
  [['paint'], 2, 'there is no command "paint"'],
  [['typse'], 2, 'there is no command "typse". Did you mean types?'],
  [['atach'], 2, 'Did you mean attach?'],
])('%j ends with %i and one sentence', (args, status, sentence) => {
  const result = run(args);
  expect(result).toMatchObject({ status, stdout: '' });
  expect(result.stderr).toContain(sentence);
  expect(result.stderr).toMatch(/^objgraph: [^\n]+\n$/);
});

it('prints its usage where no window can be opened', () => {
  const { status, stdout, stderr } = run([]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^Usage: objgraph/);
});

it('says its version and its help', () => {
  expect(run(['--version']).stdout).toMatch(/^objgraph \d+\.\d+\.\d+\n$/);
  for (const args of [['--help'], ['-h']])
    expect(run(args).stdout).toMatch(/^Usage: objgraph [^]* objgraph COMMAND/);
  for (const command of ['view', 'render', 'demo', 'types', 'snapshot'])
    for (const flag of ['--help', '-h'])
      expect(run([command, flag]).stdout).toMatch(new RegExp(`^Usage: objgraph ${command}`));
});
