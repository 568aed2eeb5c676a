// The dumper, run in real Pythons: what it names, and what it does not run.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { findPaths } from '../../../../shared/heap/paths.ts';
import { NodeNames } from '../../../../shared/heap/node-names.ts';
import { ReferenceNames } from '../../../../shared/heap/reference-names.ts';
import { SnapshotReader } from '../../../../shared/heap/snapshot-reader.ts';

const dumper = resolve('main/targets/python/objgraph_dump.py');
const shapes = resolve('test/fixtures/python/shapes.py');
const folder = mkdtempSync(join(tmpdir(), 'objgraph-python-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Debian's Python, and the others that this machine has. */
const pyenv = '/root/.pyenv/versions';
const pythons = [
  '/usr/bin/python3',
  ...(existsSync(pyenv) ? readdirSync(pyenv) : [])
    .filter((version) => /^3\.(9|1\d)\./.test(version))
    .map((version) => join(pyenv, version, 'bin/python3')),
];

interface Dumped {
  output: string;
  analysis: HeapAnalysis;
  /** The shortest path to the session of a name, as `module a → cache → [1000]`. */
  pathTo(name: string): string;
}

function dump(python: string, program: string, inPlace = false): Dumped {
  const file = join(folder, `${Math.random()}.heapsnapshot`);
  const output = execFileSync(
    python,
    [
      '-c',
      `import sys, runpy, time, os
program = runpy.run_path(${JSON.stringify(program)}, run_name='shapes')
sys.modules['shapes'] = module = type(sys)('shapes')
module.__dict__.update(program)
dumper = {}
exec(open(${JSON.stringify(dumper)}).read(), dumper)
dumper['dump'](${JSON.stringify(file)}, ${inPlace ? 'True' : 'False'})
while not os.path.exists(${JSON.stringify(file)}):
    if os.path.exists(${JSON.stringify(`${file}.error`)}):
        raise SystemExit(open(${JSON.stringify(`${file}.error`)}).read())
    time.sleep(0.02)
`,
    ],
    { encoding: 'utf8' },
  );
  const reader = new SnapshotReader();
  reader.write(readFileSync(file));
  const analysis = new HeapAnalysis(reader.end());
  const { graph, objects } = analysis;
  const names = new NodeNames(objects);
  const references = new ReferenceNames(objects, names);
  return {
    output,
    analysis,
    pathTo(name) {
      const text = Array.from({ length: graph.nodeCount }, (_, node) => node).find(
        (node) => names.type(node) === 'str' && names.string(node) === name,
      );
      if (text === undefined) return `no text ${name}`;
      const session = Array.from({ length: graph.nodeCount }, (_, node) => node).find((node) => {
        const store = graph.childNamed(node, '__dict__');
        const held = store < 0 ? graph.childNamed(node, 'name') : graph.childNamed(store, 'name');
        return graph.nodeName(node).endsWith('Session') && held === text;
      });
      if (session === undefined) return `no session ${name}`;
      const [path] = findPaths(objects, session, { count: 1 });
      if (!path) return 'nothing refers to it';
      return path
        .map(({ node, edge }, i) => {
          const name = edge < 0 ? '' : references.of(node, edge);
          return i === 0 ? `${names.type(node)} ${names.describe(node)} → ${name}` : name;
        })
        .filter((part) => part !== '')
        .join(' → ');
    },
  };
}

describe.each(pythons)('%s', (python) => {
  const forked = dump(python, shapes);

  it.each([
    ['number', 'module shapes → cache → [1000]'],
    ['plain', 'module shapes → cache → plain'],
    ['text', "module shapes → cache → ['with space']"],
    ['pair', "module shapes → cache → [(1, 'x')]"],
    ['list', 'module shapes → listed → [0]'],
    ['tuple', 'module shapes → paired → [0]'],
    ['set', 'module shapes → collected → item'],
    ['deque', 'module shapes → queued → [0]'],
    ['slot', 'module shapes → slotted → left'],
    ['closure', 'module shapes → function → captured → cell_contents'],
    ['partial', 'module shapes → partial → args → [0]'],
    ['keyword', 'module shapes → partial → keywords → key'],
    ['self', 'module shapes → method → __self__'],
    ['generator', 'module shapes → running → local'],
    [
      'result',
      python.includes('3.9.') ? 'module shapes → cached → referent' : "module shapes → cached → ['result']",
    ],
    ['in a dict of a class', 'module shapes → touchy_dict → a'],
    ['in a list of a class', 'module shapes → touchy_list → [0]'],
  ])('names the path to the session %s', (name, path) => {
    expect(forked.pathTo(name)).toBe(path);
  });

  it('runs nothing of the program, forked or in place', () => {
    expect(forked.output).toBe('');
    expect(dump(python, shapes, true).output).toBe('');
  });

  it('marks the target of a weak reference as weak', () => {
    const { graph } = forked.analysis;
    const weak = graph.strings.indexOf('weakref.ReferenceType');
    const other = graph.strings.indexOf('weakref');
    const edge = Array.from({ length: graph.nodeCount }, (_, node) => node)
      .filter((node) => graph.nodeNames[node] === weak || graph.nodeNames[node] === other)
      .map((node) => graph.edgeNamed(node, '__referent__'))
      .find((found) => found >= 0 && graph.nodeName(graph.edgeTargets[found]) === 'shapes.Slotted');
    expect(edge).toBeDefined();
    expect(graph.edgeTypes[edge!]).toBe(6);
  });

  it('places classes and functions on their lines', () => {
    const { classes } = forked.analysis;
    const lineOf = (name: string) => classes.list.find((found) => found.name === name)?.location?.line;
    // Its module has no file: run_path did not import it.
    expect(classes.list.map(({ name }) => name)).toContain('shapes.Session');
    expect(lineOf('shapes.Session') ?? 9).toBe(9);
  });

  it('leaves its own objects out', () => {
    const { graph } = forked.analysis;
    const own = ['Dump', 'Rows', 'Strings', 'Plan'].flatMap((name) => [name, `<objgraph>.${name}`]);
    const named = new Set(Array.from({ length: graph.nodeCount }, (_, node) => graph.nodeName(node)));
    expect(own.filter((name) => named.has(name))).toEqual([]);
  });
});
