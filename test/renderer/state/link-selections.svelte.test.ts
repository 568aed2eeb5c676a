// The picture and the tables have one selection, in whatever order pictures and clicks come.
import { flushSync } from 'svelte';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Places } from '../../../renderer/state/heap-places.svelte.ts';
import { linkSelections } from '../../../renderer/state/link-selections.svelte.ts';
import { Selection } from '../../../renderer/state/selection.svelte.ts';
import type { Scene, SceneNode } from '../../../shared/scene/scene.ts';

let selection: Selection;
let places: Places;
const heap = $state<{ state: object | null }>({ state: {} });
let unlink: () => void;

beforeEach(() => {
  selection = new Selection();
  places = new Places();
  heap.state = {};
  unlink = $effect.root(() => linkSelections(selection, { heap, places }));
});
afterEach(() => unlink());

/** A picture of these objects, in this order. */
const pictureOf = (...ids: number[]) =>
  ({
    nodes: ids.map((id) => ({ name: `n${id}`, ref: { kind: 'object', id } }) as unknown as SceneNode),
    edges: [],
    clusters: [],
  }) as unknown as Scene;

const show = (...ids: number[]) => {
  selection.show(pictureOf(...ids));
  flushSync();
};
const clickNode = (index: number) => {
  selection.select({ kind: 'node', index }, 'pointer');
  flushSync();
};
const clickRow = (id: number) => {
  places.select(id);
  flushSync();
};
const pictured = () => selection.selectedItem?.name ?? null;

it('selects in the tables what is clicked in the picture', () => {
  show(1, 2);
  clickNode(1);
  expect(places.here.id).toBe(2);
});

it('selects in the picture what is clicked in the tables, also when the picture comes later', () => {
  show(1, 2);
  clickRow(2);
  expect(pictured()).toBe('n2');
  clickRow(3);
  expect(pictured()).toBeNull();
  show(2, 3);
  expect(pictured()).toBe('n3');
});

it('keeps a row selected when a later picture has the node that was selected before', () => {
  show(1, 2);
  clickNode(0);
  places.select(3);
  // The picture of something else comes before anything else happened.
  selection.show(pictureOf(2, 1));
  flushSync();
  expect(places.here.id).toBe(3);
  show(1, 3);
  expect([places.here.id, pictured()]).toEqual([3, 'n3']);
});

it('keeps a row selected through pictures and news that come in any order', () => {
  show(1, 2, 3);
  clickNode(1);
  clickRow(4);
  for (const ids of [[2], [1, 2], [2, 3], [4, 2], [2, 4], [2]]) {
    heap.state = {};
    show(...ids);
    expect(places.here.id).toBe(4);
    expect(pictured()).toBe(ids.includes(4) ? 'n4' : null);
  }
});

it('takes a click in the picture over an earlier row', () => {
  show(1, 2);
  clickRow(1);
  clickNode(1);
  show(1, 2, 5);
  expect([places.here.id, pictured()]).toEqual([2, 'n2']);
});

it('follows the way back', () => {
  show(1, 2);
  clickRow(1);
  clickNode(1);
  places.back();
  flushSync();
  expect([places.here.id, pictured()]).toEqual([1, 'n1']);
});

it('leaves the tables alone in a window of a picture without a heap', () => {
  heap.state = null;
  show(1, 2);
  clickNode(1);
  expect(places.here.id).toBeNull();
});

it('leaves what is no object selected: a counting box, or a node of another graph', () => {
  const box = { name: 'more', ref: { kind: 'more', of: 'n1' } } as unknown as SceneNode;
  const scene = pictureOf(1);
  selection.show({ ...scene, nodes: [...scene.nodes, box] });
  clickNode(1);
  clickRow(7);
  expect(pictured()).toBe('more');
});
