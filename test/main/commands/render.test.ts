// `objgraph render` as users run it: the built command in a process of its own.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const cli = join(import.meta.dirname, '../../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-render-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fixtures = join(import.meta.dirname, '../../fixtures/dot');

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

it.each(['svg', 'png', 'json', 'xdot', 'gv'])('knows the format by the name b.%s', (extension) => {
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

describe('a file of several graphs', () => {
  write('three.dot', 'digraph one { a }\ndigraph { b }\ngraph "the third" { c }');

  it('is drawn as its first, and said to have more', () => {
    const { status, stdout, stderr } = run(['render', 'three.dot']);
    expect(status).toBe(0);
    expect(stdout.match(/<title>[abc]</g)).toEqual(['<title>a<']);
    expect(stderr).toContain('three.dot has 3 graphs (1 one, 2 Graph 2, 3 the third); the first is drawn');
  });

  it.each([
    ['2', 'b'],
    ['the third', 'c'],
    ['one', 'a'],
  ])('is drawn as the one that is chosen: %s', (graph, node) => {
    const { stdout, stderr } = run(['render', 'three.dot', '--graph', graph]);
    expect(stderr).toBe('');
    expect(stdout).toContain(`<title>${node}</title>`);
  });

  it('is written whole, into files numbered as those of dot -O', () => {
    const { stdout, stderr } = run(['render', 'three.dot', '-O', '-T', 'svg']);
    expect({ stdout, stderr }).toEqual({
      stdout: 'three.dot.svg\nthree.dot.2.svg\nthree.dot.3.svg\n',
      stderr: '',
    });
    const titles = ['', '2.', '3.'].map((n) => readFileSync(join(folder, `three.dot.${n}svg`), 'utf8'));
    expect(titles.map((svg) => /<title>([abc])</.exec(svg)?.[1])).toEqual(['a', 'b', 'c']);
  });

  it('has no other graph', () => {
    expect(run(['render', 'three.dot', '--graph', '4'])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'objgraph: three.dot: there is no graph 4; there are 1 one, 2 Graph 2, 3 the third\n',
    });
    expect(run(['render', 'three.dot', '-O', '-o', 'x.svg']).status).toBe(2);
  });
});

it.each([
  ['render -O', ['render', 'planted.dot', '-O', '-T', 'png']],
  ['view, where there is no screen,', ['view', 'planted.dot']],
])('a link in the place of the picture that %s writes is replaced, and not followed', (_which, args) => {
  // As in an archive of a stranger.
  write('planted.dot', 'digraph { a }');
  write('precious', 'precious');
  rmSync(join(folder, 'planted.dot.png'), { force: true });
  symlinkSync('precious', join(folder, 'planted.dot.png'));
  expect(run(args, { env: { ...process.env, OBJGRAPH_VIEWER: 'none' } }).status).toBe(0);
  expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious');
  expect(readFileSync(join(folder, 'planted.dot.png')).subarray(1, 4).toString()).toBe('PNG');
  expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

const manyNodes: [name: string, nodes: number, parent: (i: number) => number][] = [
  ['chain', 15_000, (i) => i - 1],
  // It is laid out for ten seconds.
  ['tree', 20_000, (i) => (i - 1) >> 1],
];

it.each(manyNodes.slice(0, process.env.OBJGRAPH_ALL ? 2 : 1))(
  'draws a %s of %i nodes, which needs more than the usual stack',
  { timeout: 400_000 },
  (name, nodes, parent) => {
    const edges = Array.from({ length: nodes - 1 }, (_, i) => `${parent(i + 1)} -> ${i + 1};`).join('\n');
    const { status, stderr } = run(['render', '-', '-o', `${name}.plain`], { input: `digraph { ${edges} }` });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, `${name}.plain`), 'utf8').match(/^node /gm)).toHaveLength(nodes);
  },
);

describe('a graph with layers', () => {
  const file = join(fixtures, 'tools', 'layers.dot');

  it.each([
    [[], ['a', 'b', 'c', 'f', 'a->b', 'b->c', 'b->f']],
    [
      ['--layer', 'one'],
      ['a', 'b', 'c', 'f', 'a->b', 'b->c'],
    ],
    [
      ['--layer', 'two:three'],
      ['f', 'b->f', 'z', 'a->z'],
    ],
    [
      ['--layer', '2'],
      ['f', 'b->f'],
    ],
  ])('is drawn with %j', (options, names) => {
    const { status, stdout, stderr } = run(['render', file, ...options]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const titles = [...stdout.matchAll(/class="(?:node|edge)">\s*<title>([^<]*)</g)].map(
      ([, title]) => title,
    );
    const plain = titles.map((title) => title.replace('&#45;', '-').replace('&gt;', '>'));
    expect(plain.sort()).toEqual([...names].sort());
  });

  it('has no other layer', () => {
    const { status, stderr } = run(['render', file, '--layer', 'four']);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `objgraph: layers.dot: there is no layer four; there are one, two, three\n`,
    });
    expect(run(['render', '-', '--layer', 'one'], { input: 'digraph { a; }' }).stderr).toMatch(
      /the graph has no layers/,
    );
  });
});

it('writes xdot without what lies behind a style in memory, which xdot of Debian opens', () => {
  for (const name of ['dashcell', 'dashcell2']) {
    const { status, stdout, stderr } = run(['render', join(fixtures, 'tools', `${name}.dot`), '-T', 'xdot']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.match(/S \d+ -(dashed|dotted) /g)).toHaveLength(name === 'dashcell' ? 1 : 3);
    expect(stdout.length).toBeLessThan(3000);
    // Debian's own parser of xdot, without its windows.
    const parser = `import sys, types
for name, path in (('xdot', ''), ('xdot.ui', '/ui')):
    module = types.ModuleType(name); module.__path__ = ['/usr/lib/python3/dist-packages/xdot' + path]; sys.modules[name] = module
from xdot.dot.parser import XDotParser
print(len(XDotParser(sys.stdin.buffer.read()).parse().nodes))`;
    if (existsSync('/usr/lib/python3/dist-packages/xdot')) {
      const { stdout: count } = spawnSync('/usr/bin/python3', ['-c', parser], { input: stdout });
      expect(count.toString().trim()).toBe(name === 'dashcell' ? '1' : '2');
    } else console.warn('NOT RUN for want of xdot: its parser');
  }
});

it('draws as many pixels to the inch as the graph says', () => {
  const sizeOf = (dot: string) => {
    run(['render', '-', '-o', 'dpi.png'], { input: dot });
    return readFileSync(join(folder, 'dpi.png')).readUInt32BE(16);
  };
  const usual = sizeOf('digraph { a -> b }');
  expect(Math.abs(sizeOf('digraph { dpi=192; a -> b }') - 2 * usual)).toBeLessThan(4);
  expect(Math.abs(sizeOf('digraph { graph [resolution=96] a -> b }') - usual)).toBeLessThan(3);
  expect(sizeOf('digraph { a [label="dpi=192" fontsize=1 width=0.75]; a -> b }')).toBe(usual);
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
