// Graphs with layers: the window, svg and png show the same items.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import { mergeLayers } from '../../../main/export/merge-layers.ts';
import { sceneOf } from './scene-of.ts';

const file = resolve(import.meta.dirname, '../../fixtures/dot/tools/layers.dot');
let document: GraphDocument;
beforeEach(() => void (document = new GraphDocument()));
afterEach(() => document.close());

/** The names of what is drawn. */
const inScene = () => {
  const { nodes, edges, clusters } = sceneOf(document.state);
  return [...clusters, ...nodes, ...edges]
    .flatMap(({ name, shapes }) => (shapes.length > 0 ? [name] : []))
    .sort();
};
const inSvg = async () => {
  const svg = Buffer.from((await document.export('svg', 1)).data).toString();
  const items = svg.matchAll(/class="(?:node|edge|cluster)">\s*<title>([^<]*)<\/title>/g);
  return {
    svg,
    names: [...items].map(([, title]) => title.replaceAll('&#45;', '-').replaceAll('&gt;', '>')).sort(),
  };
};

it('shows the layers that the file selects, one over the other', async () => {
  await document.openFile(file);
  expect(document.state).toMatchObject({ layers: ['one', 'two', 'three'], layer: null });
  const names = ['a', 'a->b', 'b', 'b->c', 'b->f', 'c', 'f'];
  expect(inScene()).toEqual(names);
  const { svg, names: drawn } = await inSvg();
  expect(drawn).toEqual(names);
  // One page, of which nothing hides what was drawn before.
  expect(svg.match(/<polygon fill="white" stroke="none"/g)).toHaveLength(1);
});

it.each([
  ['one', ['a', 'a->b', 'b', 'b->c', 'c', 'f']],
  ['two', ['b->f', 'f']],
  ['three', ['a->z', 'f', 'z']],
])('shows %s alone', async (layer, names) => {
  await document.openFile(file);
  await document.setLayer(layer);
  expect(document.state.layer).toBe(layer);
  expect(inScene()).toEqual(names);
  expect((await inSvg()).names).toEqual(names);
  await document.setLayer(null);
  expect(inScene()).toHaveLength(7);
});

it('draws a cluster, and a custom id, once', async () => {
  const dot = `digraph { layers="x:y"; subgraph cluster_c { label=c; a [id=own URL="http://a"] } a -> b [layer=y]; b -> d [layer=x]; }`;
  await document.openText('a.dot', dot);
  expect(inScene()).toEqual(['a', 'a->b', 'b', 'b->d', 'cluster_c', 'd']);
  expect((await inSvg()).names).toEqual(inScene());
});

it('leaves what has no layers as it is', () => {
  const svg = readFileSync(join(file, '../../../../../renderer/icon.svg'), 'utf8');
  expect(mergeLayers(svg)).toBe(svg);
});
