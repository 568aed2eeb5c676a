import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { expect, it } from 'vitest';
import { gradient } from '../../../shared/dot/gradient.ts';
import { writeDot, type Picture, type PictureNode } from '../../../shared/dot/write.ts';

const node = (name: string, more: Partial<PictureNode> = {}): PictureNode => ({
  name,
  lines: ['Thing', name],
  depth: 0,
  isStart: false,
  isModule: false,
  isHighlighted: false,
  hasFinalizer: false,
  skipped: 0,
  attributes: {},
  ...more,
});

const picture = (nodes: PictureNode[], more: Partial<Picture> = {}): Picture => ({
  direction: 'references',
  maxDepth: 3,
  nodes,
  edges: [],
  ...more,
});

it('starts red and white, darkens with depth and turns the text white', () => {
  const dot = writeDot(
    picture([node('o1', { isStart: true }), node('o3', { depth: 1 }), node('o5', { depth: 3 })]),
  );
  expect(dot).toContain('  o1[fontcolor=red];\n');
  expect(dot).toContain('  o1[fillcolor="0,0,1"];\n');
  expect(dot).toContain('  o3[fillcolor="0,0,0.766667"];\n');
  expect(dot).toContain('  o5[fillcolor="0,0,0.3"];\n  o5[fontcolor=white];\n');
});

it('paints modules green, and what is highlighted blue, modules as well', () => {
  const dot = writeDot(
    picture([node('o1', { isModule: true }), node('o3', { isModule: true, isHighlighted: true })]),
  );
  expect(dot).toContain('o1[fillcolor="0.3,1,1"]');
  expect(dot).toContain('o3[fillcolor="0.6,0.6,1"]');
});

it('writes the edges of a node behind it, identifiers with a weight', () => {
  const dot = writeDot(
    picture([node('o1'), node('o3')], {
      edges: [
        { tail: 'o1', head: 'o3', label: 'name' },
        { tail: 'o1', head: 'o3', label: '[0]' },
        { tail: 'o1', head: 'o1', label: '' },
      ],
    }),
  );
  expect(dot).toContain(
    '  o1 -> o3 [label="name",weight=2];\n  o1 -> o3 [label="[0]"];\n  o1 -> o1;\n  o3[label=',
  );
});

it('counts what was too many, in the direction of the search', () => {
  const nodes = [node('o1', { skipped: 12, depth: 1 })];
  expect(writeDot(picture(nodes))).toContain('  o1->too_many_o1[color=red,style=dotted,len=0.25,weight=10];');
  expect(writeDot(picture(nodes))).toContain('label="12 more references"');
  expect(writeDot(picture(nodes))).toContain('fillcolor="0,1,0.533333"');
  expect(writeDot(picture(nodes, { direction: 'referrers' }))).toContain('  too_many_o1->o1[color=red');
  expect(writeDot(picture(nodes, { direction: 'referrers' }))).toContain('label="12 more backreferences"');
});

it('shades evenly, and not at all where there is no depth', () => {
  expect(gradient([0, 0, 1], [0, 1, 0], 1, 4)).toEqual([0, 0.25, 0.75]);
  expect(gradient([0, 0, 1], [0, 1, 0], 0, 0)).toEqual([0, 0, 1]);
  expect(writeDot(picture([node('o1')], { maxDepth: 0 }))).toContain('fillcolor="0,0,1"');
});

it('is read by Graphviz, whatever the labels hold', async () => {
  const graphviz = await Graphviz.load();
  const lines = ['"', '\\', '\\"', 'a\nb', '<b>', '&amp;', '\u{1F600}', '\0', ']', '\\N', '--', ''];
  const dot = writeDot(
    picture(
      lines.map((line, i) =>
        node(`o${i}`, { lines: [line, 'x'], attributes: { 'odd name': line, URL: line } }),
      ),
      { edges: lines.map((label, i) => ({ tail: `o${i}`, head: 'o0', label })) },
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
  const many = (count: number) => writeDot(picture(Array.from({ length: count }, (_, i) => node(`o${i}`))));
  expect(many(100)).not.toContain('nslimit');
  expect(many(101)).toContain('nslimit=1]');
  expect(many(301)).toContain('nslimit=0.5]');
  expect(many(1001)).toContain('nslimit=0.2]');
});
