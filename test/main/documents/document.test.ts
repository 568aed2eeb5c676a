// A document over real files and the real layout thread (dist/layout-worker.js).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { runGraphviz } from '../../../main/workers/graphviz.ts';
import { sceneOf } from './scene-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-document-'));
afterAll(() => rmSync(folder, { recursive: true }));

let document: GraphDocument;
beforeEach(() => void (document = new GraphDocument()));
afterEach(() => document.close());

const write = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
/** Takes Graphviz many seconds. */
const slow = `digraph { ${Array.from({ length: 600 }, (_, i) => `n${i} -> {n${(i * 7) % 600} n${(i * 31) % 600} n${(i * 101) % 600}};`).join(' ')} }`;

it('lays a file out', async () => {
  await document.openFile(write('a.dot', 'digraph { a -> b [label=é] }'));
  expect(document.state).toMatchObject({
    title: 'a.dot',
    revision: 1,
    problem: null,
    busySince: null,
    warnings: [],
  });
  expect(sceneOf(document.state).nodes.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(sceneOf(document.state).edges[0].label).toBe('é');
});

it('lays a text out whose label holds the charset of something else', async () => {
  await document.openText('x', 'digraph { a [label="text/html; charset=utf-8 …"] }');
  expect(document.state.problem).toBeNull();
  expect(sceneOf(document.state).nodes[0].label).toBe('text/html; charset=utf-8 …');
});

it.each([
  [
    'a syntax error',
    'digraph {\n a -> b\n b ->\n}',
    { message: "syntax error in line 4 near '}'", line: 4, source: '}' },
  ],
  [
    'an unterminated string',
    'digraph { a [label="x] }',
    { message: expect.stringContaining('scanning a quoted string'), line: 1 },
  ],
  ['an edge of the wrong kind', 'graph { a -> b }', { message: "syntax error in line 1 near '->'", line: 1 }],
  ['nothing', '', { message: 'no graph in it' }],
  ['comments alone', '// nothing\n/* here */', { message: 'no graph in it' }],
  ['binary data', '\x89PNG\0\0', { message: expect.stringContaining('binary data') }],
])('keeps the picture and reports the problem of %s', async (_what, content, problem) => {
  await document.openFile(write('good.dot', 'digraph { a }'));
  writeFileSync(join(folder, 'good.dot'), content);
  await document.reload();
  expect(document.state.problem).toMatchObject({ ...problem, file: join(folder, 'good.dot') });
  expect(sceneOf(document.state).nodes).toHaveLength(1);
  expect(document.state.revision).toBe(1);
});

it('keeps the picture when the layout thread ends while it works, and goes on with another', async () => {
  await document.openText('a', 'graph { a -- b -- c }');
  const ask = vi.spyOn(Worker.prototype, 'postMessage').mockImplementationOnce(function (this: Worker) {
    void this.terminate();
  });
  try {
    await document.setEngine('circo');
    const message = 'the layout ended without an answer; try it again';
    expect(document.state).toMatchObject({ problem: { message }, revision: 1, busySince: null });
    expect(sceneOf(document.state).nodes).toHaveLength(3);
    await document.reload();
    expect(document.state).toMatchObject({ problem: null, engine: 'circo', revision: 2 });

    // One that rests is not missed.
    await (ask.mock.contexts.at(-1) as Worker).terminate();
    await document.setEngine('neato');
    expect(document.state).toMatchObject({ problem: null, engine: 'neato', revision: 3 });
  } finally {
    ask.mockRestore();
  }
});

it('recovers when the file is mended, and reports a missing one', async () => {
  const file = write('mended.dot', 'digraph {');
  await document.openFile(file);
  expect(document.state).toMatchObject({ scene: null, problem: { line: 1 } });
  writeFileSync(file, 'digraph { a }');
  await vi.waitFor(() => expect(document.state).toMatchObject({ revision: 1, problem: null }), {
    timeout: 60_000,
  });
  rmSync(file);
  await vi.waitFor(() => expect(document.state.problem?.message).toBe('no such file'), { timeout: 60_000 });
  expect(sceneOf(document.state).nodes).toHaveLength(1);
});

it('shows the first of several graphs', async () => {
  await document.openText('two', 'digraph one { a } digraph two { b; c }');
  expect(sceneOf(document.state).name).toBe('one');
});

it('gives a layout up at once, and does the next one', async () => {
  const slowly = document.openText('slow', slow);
  setTimeout(() => document.cancel(), 300);
  const start = performance.now();
  await slowly;
  // The layout itself takes longer than anybody waits.
  expect(performance.now() - start).toBeLessThan(20_000);
  expect(document.state).toMatchObject({ busySince: null, problem: { message: 'The layout was cancelled' } });
  await document.openText('quick', 'digraph { a }');
  expect(document.state).toMatchObject({ problem: null, revision: 1 });
});

it('reports that it is busy when a layout takes its time', async () => {
  const busy: (number | null)[] = [];
  document.on('changed', () => busy.push(document.state.busySince));
  const slowly = document.openText('slow', slow);
  await vi.waitFor(() => expect(busy.at(-1)).toBeTypeOf('number'), 20_000);
  // A newer request supersedes the running one, which then has nothing to say.
  await document.openText('quick', 'digraph { a; b }');
  await slowly;
  expect(document.state).toMatchObject({ title: 'quick', busySince: null, problem: null });
  expect(sceneOf(document.state).nodes).toHaveLength(2);
});

it('shows each graph of a file, and says in which line of the file one is broken', async () => {
  const file = write('several.dot', 'digraph one { a }\ngraph { b -- c }\ngraph broken {\n x ->\n}');
  await document.openFile(file);
  expect(document.state).toMatchObject({ graphs: ['one', 'Graph 2', 'broken'], graph: 0, problem: null });
  await document.setGraph(1);
  expect(sceneOf(document.state).nodes.map(({ name }) => name)).toEqual(['b', 'c']);
  await document.setGraph(2);
  expect(document.state).toMatchObject({ graph: 2, problem: { line: 4, source: ' x ->' } });
  writeFileSync(file, 'digraph one { a -> z }');
  // The file is watched besides: whichever reload comes last has it.
  await document.reload();
  const mended = { graphs: ['one'], graph: 0, problem: null, busySince: null };
  await vi.waitFor(() => expect(document.state).toMatchObject(mended), { timeout: 60_000 });
  expect(sceneOf(document.state).nodes).toHaveLength(2);
});

it('lays out by another engine', async () => {
  await document.openText('a', 'graph { a -- b -- c -- d -- a }');
  const before = sceneOf(document.state).bounds;
  await document.setEngine('circo');
  expect(document.state).toMatchObject({ engine: 'circo', revision: 2 });
  expect(sceneOf(document.state).bounds).not.toEqual(before);
});

it('keeps the positions of a file that has them, and asks for them otherwise', async () => {
  const positioned = new GraphDocument({ positioned: true });
  await positioned.openText('a', 'graph { a [pos="0,0"]; b [pos="300,40"]; a -- b }');
  const [a, b] = sceneOf(positioned.state).nodes;
  expect(b.bounds[0] - a.bounds[0]).toBeCloseTo(300);
  await positioned.openText('b', 'graph { a -- b }');
  expect(positioned.state.problem?.message).toContain('leave -n out');
  positioned.close();
});

it('shows what `dot -Txdot` wrote as it was laid out', async () => {
  const dot = 'digraph { rankdir=LR; a -> b [label=x]; b -> c; subgraph cluster_one { b; c } }';
  const { output } = await runGraphviz({ dot, engine: 'dot', format: 'xdot' });
  const positioned = new GraphDocument({ positioned: true });
  await positioned.openText('a.xdot', output);
  await document.openText('a.dot', dot);
  const shape = ({ state }: GraphDocument) => {
    const { bounds, nodes, edges, clusters } = sceneOf(state);
    return {
      bounds,
      nodes: Object.fromEntries(nodes.map(({ name, bounds }) => [name, bounds])),
      edges: edges.length,
      clusters: clusters.map(({ bounds }) => bounds),
    };
  };
  expect(shape(positioned)).toEqual(shape(document));
  positioned.close();
});

it('warns of what Graphviz complained about although it drew', async () => {
  await document.openText('a', 'digraph { a [label=<<table><tr><td>x</td></table>>] }');
  expect(document.state).toMatchObject({ problem: null, revision: 1 });
  expect(document.state.warnings).toEqual([expect.stringContaining('HTML label of node a')]);
});

it('names the line of this file, and where it came from, in a text that was preprocessed', async () => {
  const dot = '# 1 "x.gv"\n#include <foo>\ndigraph {\n a -> b;\n# 40 "y.gv"\n b -> ;\n}\n';
  await document.openText('prep.dot', dot);
  expect(document.state.problem).toMatchObject({
    message: "syntax error in line 6 near ';' (line 40 of y.gv before it was preprocessed)",
    line: 6,
    source: ' b -> ;',
  });
  await document.openText('fine.dot', dot.replace('b -> ;', 'b -> c [label="\n# 3\n"];'));
  expect(document.state.problem).toBeNull();
  expect(sceneOf(document.state).edges[1].label).toBe('# 3');
});
