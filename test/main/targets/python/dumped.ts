// A heap that our dumper wrote, in a real Python, of a program that it has run.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { SnapshotReader } from '../../../../shared/heap/snapshot-reader.ts';

export const debianPython = '/usr/bin/python3';
export const dumperFile = resolve('main/targets/python/objgraph_dump.py');

const pyenv = '/root/.pyenv/versions';

/** Debian's Python, the others from 3.9 on that this machine has, and that in OBJGRAPH_PYTHON (see fixtures/python/python-3.14.mjs). */
export const pythons = [
  debianPython,
  ...(existsSync(pyenv) ? readdirSync(pyenv) : [])
    .filter((version) => /^3\.(9|1\d)\./.test(version))
    .map((version) => join(pyenv, version, 'bin/python3')),
  ...(process.env.OBJGRAPH_PYTHON ? [process.env.OBJGRAPH_PYTHON] : []),
];

const minor = (python: string) => Number(/\/3\.(\d+)/.exec(python)?.[1]);
const byAge = pythons.slice(1).sort((a, b) => minor(a) - minor(b));

/** Debian's, the oldest and the newest; all with `OBJGRAPH_ALL=1`. */
export const somePythons = process.env.OBJGRAPH_ALL
  ? pythons
  : [...new Set([debianPython, ...byAge.slice(0, 1), ...byAge.slice(-1)])];

/** Those that are too old to be read. */
export const oldPythons = (existsSync(pyenv) ? readdirSync(pyenv) : [])
  .filter((version) => /^(2\.|3\.[0-8]\.)/.test(version))
  .map((version) => ({
    name: version,
    path: join(pyenv, version, 'bin', version.startsWith('2') ? 'python2.7' : 'python3'),
  }));

export const folder = mkdtempSync(join(tmpdir(), 'objgraph-python-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export function readSnapshot(file: string): HeapAnalysis {
  const reader = new SnapshotReader();
  reader.write(readFileSync(file));
  return new HeapAnalysis(reader.end());
}

export interface Dumped {
  output: string;
  analysis: HeapAnalysis;
}

/**
 * Runs a program as the module of its file's name, and dumps.
 * @param env variables of the environment besides ours
 * @param flags of Python
 */
export function dump(
  python: string,
  program: string,
  {
    inPlace = false,
    env = {},
    flags = [],
  }: { inPlace?: boolean; env?: NodeJS.ProcessEnv; flags?: string[] } = {},
): Dumped {
  const file = join(folder, `${Math.random()}.heapsnapshot`);
  const code = `
import sys, time
from posix import stat, _exit
sleep, read = time.sleep, open
with open(${JSON.stringify(dumperFile)}) as file: source = compile(file.read(), '<objgraph>', 'exec')
name = ${JSON.stringify(/([^/]*)\.py$/.exec(program)![1])}
sys.modules[name] = module = type(sys)(name)
module.__file__ = ${JSON.stringify(program)}
with open(module.__file__) as file: code = compile(file.read(), module.__file__, 'exec')
exec(code, module.__dict__)
dumper = {}
exec(source, dumper)
del source, code
dumper['dump'](${JSON.stringify(file)}, ${inPlace ? 'True' : 'False'})
while True:
    try:
        stat(${JSON.stringify(file)})
        break
    except FileNotFoundError:
        pass
    try:
        with read(${JSON.stringify(`${file}.error`)}) as error: raise SystemExit(error.read())
    except FileNotFoundError:
        sleep(0.02)
sys.stdout.flush()
# What the program would do at its end is no business of the test.
_exit(0)
`;
  const output = execFileSync(python, [...flags, '-c', code], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { output, analysis: readSnapshot(file) };
}

/** All nodes of a heap for which something holds. */
export const nodesWhere = (
  { graph }: HeapAnalysis,
  holds: (name: string, node: number) => boolean,
): number[] =>
  Array.from({ length: graph.nodeCount }, (_, node) => node).filter((node) =>
    holds(graph.nodeName(node), node),
  );

/** The node of an object by its address, by the pages that lie beside the snapshot: docs/heap-format.md. */
export function nodesByAddress(
  { graph }: HeapAnalysis,
  file: string,
): (address: number) => number | undefined {
  const pages = JSON.parse(readFileSync(`${file}.pages`, 'utf8')) as number[];
  const numbers = new Map(pages.map((page, i) => [page, i + 1]));
  const nodes = new Map(Array.from(graph.nodeIds, (id, node) => [id, node]));
  return (address) => {
    const page = numbers.get(Math.floor(address / 2 ** 20));
    return page === undefined ? undefined : nodes.get(page * 2 ** 16 + Math.floor((address % 2 ** 20) / 16));
  };
}
