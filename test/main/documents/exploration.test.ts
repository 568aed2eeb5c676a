// Exploring a document, over real files and the real layout thread (dist/layout-worker.js).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { sceneOf } from './scene-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-exploration-'));
afterAll(() => rmSync(folder, { recursive: true }));

let document: GraphDocument;
beforeEach(() => void (document = new GraphDocument()));
afterEach(() => document.close());

const dot =
  'digraph { root -> a -> b; root -> c; subgraph cluster_p { label=Part; c -> d } d -> e; root -> f -> e }';
const names = () => sceneOf(document.state).nodes.map(({ name }) => name);

it('hides, undoes, and does it again', async () => {
  await document.openText('a', dot);
  expect(document.state.exploration).toMatchObject({ canUndo: false, canRedo: false, hidden: 0 });
  await document.explore({ kind: 'hide', nodes: ['a'], clusters: [] });
  expect(names()).toEqual(['root', 'b', 'c', 'd', 'e', 'f']);
  expect(document.state.exploration).toMatchObject({
    ...{ canUndo: true, canRedo: false, nodes: 7, hidden: 1, steps: null },
    expandable: [
      { name: 'root', what: 'neighbours', count: 1 },
      { name: 'b', what: 'neighbours', count: 1 },
    ],
  });
  await document.undo();
  expect(names()).toHaveLength(7);
  expect(document.state.exploration).toMatchObject({ canUndo: false, canRedo: true });
  await document.redo();
  expect(names()).toHaveLength(6);
  await document.showAll();
  expect(names()).toHaveLength(7);
  await document.undo();
  expect(names()).toHaveLength(6);
});

it('folds a cluster and collapses a node, and expands both again', async () => {
  await document.openText('a', dot);
  await document.explore({ kind: 'fold', cluster: 'cluster_p' });
  await document.explore({ kind: 'collapse', node: 'a' });
  expect(names()).toEqual(['root', 'a', 'cluster_p', 'e', 'f']);
  expect(document.state.exploration.expandable).toEqual([
    { name: 'cluster_p', what: 'cluster', count: 2 },
    { name: 'a', what: 'descendants', count: 1 },
  ]);
  await document.expand('cluster_p');
  expect(sceneOf(document.state).clusters.map(({ name }) => name)).toEqual(['cluster_p']);
  await document.expand('a');
  expect(names()).toHaveLength(7);
});

it('takes other steps for the last operation', async () => {
  await document.openText('a', dot);
  await document.explore({ kind: 'near', nodes: ['b'], steps: 1 });
  expect(names()).toEqual(['a', 'b']);
  expect(document.state.exploration.steps).toBe(1);
  await document.setSteps(2);
  expect(names()).toEqual(['root', 'a', 'b']);
  await document.expand('root');
  expect(names()).toEqual(['root', 'a', 'b', 'c', 'f']);
  await document.setSteps(5);
  expect(names()).toHaveLength(5);
});

it('exports the DOT of what is shown', async () => {
  await document.openText('a.dot', dot);
  await document.explore({ kind: 'keep', nodes: ['root', 'a', 'b'] });
  const { data } = await document.export('dot', 1);
  const text = new TextDecoder().decode(data);
  const again = new GraphDocument();
  await again.openText('b', text);
  expect(sceneOf(again.state).nodes.map(({ name }) => name)).toEqual(['root', 'a', 'b']);
  again.close();
});

it('keeps what is hidden when the file changes, as far as it is still there', async () => {
  const file = join(folder, 'changing.dot');
  writeFileSync(file, dot);
  await document.openFile(file);
  await document.explore({ kind: 'hide', nodes: ['a', 'f'], clusters: [] });
  writeFileSync(file, 'digraph { root -> f -> new; root -> other }');
  await vi.waitFor(() => expect(names()).toEqual(['root', 'new', 'other']), { timeout: 60_000 });
  writeFileSync(file, 'digraph { root -> ');
  await vi.waitFor(() => expect(document.state.problem).toMatchObject({ line: 1 }), { timeout: 60_000 });
  // What was read last goes on.
  await document.undo();
  expect(names()).toEqual(['root', 'f', 'new', 'other']);
});

it('has not done what was given up', async () => {
  const many = Array.from({ length: 500 }, (_, i) => `n${i} -> {n${(i * 7) % 500} n${(i * 31) % 500}};`);
  await document.openText(
    'slow',
    `digraph { a -> b; nslimit=0.01 mclimit=0.01 splines=line ${many.join(' ')} }`,
  );
  const { revision } = document.state;
  const hiding = document.explore({ kind: 'hide', nodes: ['a'], clusters: [] });
  document.cancel();
  await hiding;
  expect(document.state).toMatchObject({ revision, problem: { message: 'The layout was cancelled' } });
  expect(document.state.exploration.canUndo).toBe(false);
  expect(document.operations).toEqual([]);
  await document.explore({ kind: 'keep', nodes: ['a', 'b'] });
  expect(names()).toEqual(['a', 'b']);
  await document.undo();
  expect(document.state.exploration.canUndo).toBe(false);
});

it('begins anew with another graph and another file', async () => {
  await document.openText('two', 'digraph { a -> b } digraph { a -> c }');
  await document.explore({ kind: 'hide', nodes: ['a'], clusters: [] });
  await document.setGraph(1);
  expect(names()).toEqual(['a', 'c']);
  await document.explore({ kind: 'hide', nodes: ['a'], clusters: [] });
  await document.openText('three', 'digraph { a }');
  expect(names()).toEqual(['a']);
  expect(document.state.exploration.canUndo).toBe(false);
});

it('gives a cluster a place among positions that are kept', async () => {
  const positioned = new GraphDocument({ positioned: true });
  await positioned.openText(
    'p',
    'graph { subgraph cluster_p { a [pos="0,0"]; b [pos="100,0"] } c [pos="50,200"]; a -- c }',
  );
  await positioned.explore({ kind: 'fold', cluster: 'cluster_p' });
  expect(positioned.state.problem).toBeNull();
  const [p, c] = sceneOf(positioned.state).nodes;
  expect(p.name).toBe('cluster_p');
  expect(c.bounds[0] + c.bounds[2]).toBeCloseTo(p.bounds[0] + p.bounds[2]);
  positioned.close();
});
