// Files with one difficulty each (test/fixtures/dot): each opens, or is refused with a message and, where there is one, a line.
// All formats that are always there are exported from those that open.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { sceneOf } from './scene-of.ts';

const folder = resolve(import.meta.dirname, '../../fixtures/dot');
const document = new GraphDocument();
afterAll(() => document.close());

const opened: Record<
  string,
  { nodes: number; edges: number; labels?: string[]; graphs?: number; warnings?: RegExp[] }
> = {
  'arrows.dot': { nodes: 50, edges: 25 },
  'cells.dot': { nodes: 2, edges: 1, labels: ['linked\nr\ns\nplain\nbare inner'] },
  'byte-order-mark.dot': { nodes: 2, edges: 1 },
  'charset-in-label.dot': { nodes: 1, edges: 0, labels: ['text/html; charset=utf-8 …'] },
  'deep-clusters.dot': { nodes: 60, edges: 59 },
  'empty.dot': { nodes: 0, edges: 0 },
  'every-shape.dot': { nodes: 59, edges: 0 },
  'html.dot': { nodes: 2, edges: 1 },
  'image-places.dot': { nodes: 11, edges: 7 },
  'images.dot': { nodes: 6, edges: 4, warnings: [/nowhere\.png/, /images\.test\.ts/] },
  'landscape.dot': { nodes: 4, edges: 3 },
  'latin-1.dot': { nodes: 1, edges: 0, labels: ['Grüße, señor'] },
  'latin-1-undeclared.dot': { nodes: 2, edges: 0, labels: ['Grüße'], warnings: [/Line 3 is not UTF-8/] },
  'multiple.dot': { nodes: 2, edges: 1, graphs: 3 },
  'ports.dot': { nodes: 2, edges: 10 },
  'records.dot': { nodes: 2, edges: 3 },
  'second-broken.dot': { nodes: 1, edges: 0, graphs: 2 },
  'strict-words.dot': { nodes: 12, edges: 8 },
  'styles.dot': { nodes: 8, edges: 7 },
  'unicode.dot': { nodes: 3, edges: 1, labels: ['日本語\nعربي\n🙂👩‍👩‍👧', 'e\u0301 é é <b>'] },
  'utf-16.dot': { nodes: 2, edges: 1, labels: ['é'] },
};

const refused: Record<string, { message: RegExp; line?: number }> = {
  'binary.dot': { message: /binary data at byte 7/ },
  'no-graph.dot': { message: /syntax error/, line: 1 },
  'nothing.dot': { message: /no graph in it/ },
  'unterminated-comment.dot': { message: /syntax error/, line: 4 },
  'unterminated-graph.dot': { message: /syntax error/, line: 4 },
  'unterminated-string.dot': { message: /scanning a quoted string/, line: 3 },
  'wrong-edge.dot': { message: /syntax error/, line: 3 },
};

it.each(readdirSync(folder).filter((name) => name.endsWith('.dot')))('%s', async (name) => {
  await document.openFile(join(folder, name));
  const { state } = document;
  if (name in refused) {
    expect(state.scene).toBeNull();
    expect(state.problem).toMatchObject({ file: join(folder, name) });
    expect(state.problem!.message).toMatch(refused[name].message);
    expect(state.problem!.line).toBe(refused[name].line);
    return;
  }
  const { nodes, edges, labels = [], graphs = 1, warnings = [] } = opened[name];
  expect(state.problem).toBeNull();
  const scene = sceneOf(state);
  expect([scene.nodes.length, scene.edges.length]).toEqual([nodes, edges]);
  expect(scene.nodes.map(({ label }) => label)).toEqual(expect.arrayContaining(labels));
  expect(state.graphs).toHaveLength(graphs);
  expect(state.warnings).toHaveLength(warnings.length);
  for (const [i, warning] of warnings.entries()) expect(state.warnings[i]).toMatch(warning);
  for (const number of scene.bounds) expect(Number.isFinite(number)).toBe(true);
  for (const format of ['svg', 'png', 'dot', 'json', 'xdot'] as const)
    expect((await document.export(format, 1)).data.length).toBeGreaterThan(50);
});

it('a label of 300 kB', async () => {
  const words = Array.from({ length: 50_000 }, (_, i) => `word${i % 10}`).join(' ');
  await document.openText('long.dot', `digraph { a [label="${words}"]; a -> b }`);
  expect(document.state.problem).toBeNull();
  expect(sceneOf(document.state).nodes[0].label).toBe(words);
});

it('another graph of a file, broken', async () => {
  await document.openFile(join(folder, 'second-broken.dot'));
  await document.setGraph(1);
  expect(document.state.problem).toMatchObject({ line: 3, source: '  b -- ;' });
});

it('a graph over which Graphviz breaks down, and the next one', async () => {
  await document.openText('tall.dot', `digraph { a -> b [label="${'\\n'.repeat(999)}end"] }`);
  expect(document.state.problem?.message).toMatch(/broke down over this graph \(.*\)$/);
  await document.openText('next.dot', 'digraph { a }');
  expect(document.state.problem).toBeNull();
  expect(sceneOf(document.state).nodes).toMatchObject([{ name: 'a' }]);
});
