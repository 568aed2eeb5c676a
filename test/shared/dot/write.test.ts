import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { expect, it } from 'vitest';
import { gradient } from '../../../shared/dot/gradient.ts';
import { writeClassic } from '../../../shared/dot/write.ts';
import { Owner } from '../../../shared/heap/owner.ts';
import type { ObjectBox, Picture, PictureEdge } from '../../../shared/picture/picture.ts';

const node = (name: string, more: Partial<ObjectBox> & { isModule?: boolean } = {}): ObjectBox => ({
  kind: 'object',
  name,
  id: 1,
  type: 'Thing',
  text: name,
  place: '',
  size: null,
  owner: Owner.yours,
  isRoot: more.isModule ?? false,
  isV8Root: false,
  isHolder: false,
  fields: [],
  moreFields: 0,
  lines: ['Thing', name],
  notes: [],
  depth: 0,
  isStart: false,
  isHighlighted: false,
  hasFinalizer: false,
  attributes: {},
  ...more,
});

const edge = (tail: string, head: string, label: string): PictureEdge => ({
  tail,
  head,
  label,
  edge: 1,
  isField: true,
  count: 1,
});

const picture = (boxes: Picture['boxes'], more: Partial<Picture> = {}): Picture => ({
  kind: 'references',
  direction: 'references',
  style: 'classic',
  rankDirection: null,
  maxDepth: 3,
  boxes,
  edges: [],
  ...more,
});

it('starts red and white, darkens with depth and turns the text white', () => {
  const dot = writeClassic(
    picture([node('o1', { isStart: true }), node('o3', { depth: 1 }), node('o5', { depth: 3 })]),
  );
  expect(dot).toContain('  o1[fontcolor=red];\n');
  expect(dot).toContain('  o1[fillcolor="0,0,1"];\n');
  expect(dot).toContain('  o3[fillcolor="0,0,0.766667"];\n');
  expect(dot).toContain('  o5[fillcolor="0,0,0.3"];\n  o5[fontcolor=white];\n');
});

it('paints modules green, and what is highlighted blue, modules as well', () => {
  const dot = writeClassic(
    picture([node('o1', { isModule: true }), node('o3', { isModule: true, isHighlighted: true })]),
  );
  expect(dot).toContain('o1[fillcolor="0.3,1,1"]');
  expect(dot).toContain('o3[fillcolor="0.6,0.6,1"]');
});

it('writes the edges of a node behind it, identifiers with a weight', () => {
  const dot = writeClassic(
    picture([node('o1'), node('o3')], {
      edges: [edge('o1', 'o3', 'name'), edge('o1', 'o3', '[0]'), edge('o1', 'o1', '')],
    }),
  );
  expect(dot).toContain(
    '  o1 -> o3 [label="name",weight=2];\n  o1 -> o3 [label="[0]"];\n  o1 -> o1;\n  o3[label=',
  );
});

it('counts what was too many, in the direction of the search', () => {
  const nodes = (direction: 'references' | 'referrers'): Picture['boxes'] => [
    node('o1', { depth: 1 }),
    { kind: 'rest', name: 'too_many_o1', of: 'o1', depth: 2, direction, count: 12 },
  ];
  const dot = writeClassic(picture(nodes('references')));
  expect(dot).toContain('  o1->too_many_o1[color=red,style=dotted,len=0.25,weight=10];');
  expect(dot).toContain('label="12 more references"');
  expect(dot).toContain('fillcolor="0,1,0.533333"');
  const back = writeClassic(picture(nodes('referrers'), { kind: 'referrers', direction: 'referrers' }));
  expect(back).toContain('  too_many_o1->o1[color=red');
  expect(back).toContain('label="12 more backreferences"');
});

it('shades evenly, and not at all where there is no depth', () => {
  expect(gradient([0, 0, 1], [0, 1, 0], 1, 4)).toEqual([0, 0.25, 0.75]);
  expect(gradient([0, 0, 1], [0, 1, 0], 0, 0)).toEqual([0, 0, 1]);
  expect(writeClassic(picture([node('o1')], { maxDepth: 0 }))).toContain('fillcolor="0,0,1"');
});

it('is read by Graphviz, whatever the labels hold', async () => {
  const graphviz = await Graphviz.load();
  const lines = ['"', '\\', '\\"', 'a\nb', '<b>', '&amp;', '\u{1F600}', '\0', ']', '\\N', '--', ''];
  const dot = writeClassic(
    picture(
      lines.map((line, i) =>
        node(`o${i}`, { lines: [line, 'x'], attributes: { 'odd name': line, URL: line } }),
      ),
      { edges: lines.map((label, i) => edge(`o${i}`, 'o0', label)) },
    ),
  );
  const read = JSON.parse(graphviz.layout(dot, 'json', 'dot')) as {
    objects: { name: string }[];
    edges: unknown[];
  };
  expect(read.objects.map(({ name }) => name).sort()).toEqual(lines.map((_, i) => `o${i}`).sort());
  expect(read.edges).toHaveLength(lines.length);
});

it('bounds the layout of large pictures', () => {
  const many = (count: number) =>
    writeClassic(picture(Array.from({ length: count }, (_, i) => node(`o${i}`))));
  expect(many(100)).not.toContain('nslimit');
  expect(many(101)).toContain('nslimit=1]');
  expect(many(301)).toContain('nslimit=0.5]');
  expect(many(1001)).toContain('nslimit=0.2]');
});
