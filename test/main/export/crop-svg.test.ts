import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { PNG } from 'pngjs';
import { beforeAll, expect, it } from 'vitest';
import { cropSvg } from '../../../main/export/crop-svg.ts';
import { drawPng } from '../../../main/export/png.ts';
import { readXdot } from '../../../shared/dot/read.ts';

let graphviz: Graphviz;
beforeAll(async () => {
  graphviz = await Graphviz.load();
});

const graph = (attributes: string) =>
  `digraph { ${attributes} node [style=filled shape=box width=2 label=""]; a [color=red]; b [color=blue]; a -> b -> c }`;

/** Draws what lies in the box of node b, which is blue, and in nothing else. */
function drawNodeB(attributes: string): PNG {
  const dot = graph(attributes);
  const scene = readXdot(graphviz.layout(dot, 'xdot' as 'dot', 'dot'));
  const [left, top, right] = scene.bounds;
  const [x0, y0, x1, y1] = scene.nodes[1].bounds;
  const part: [number, number, number, number] = [x0 - left, y0 - top, x1 - left, y1 - top];
  const svg = cropSvg(graphviz.layout(dot, 'svg', 'dot'), { part, width: right - left });
  return PNG.sync.read(drawPng(svg).png);
}

it.each([
  '',
  'rankdir=LR',
  'rotate=90',
  'pad=1',
  'size="2,2"',
  'size="20,20!"',
  'dpi=150',
  'label="a title"',
])('shows exactly that part of a picture with "%s"', (attributes) => {
  const { data, width, height } = drawNodeB(attributes);
  const at = (x: number, y: number) =>
    [...data.subarray(4 * (Math.floor(y) * width + Math.floor(x)))].slice(0, 3);
  for (const x of [0.05, 0.5, 0.95])
    for (const y of [0.1, 0.5, 0.9]) expect(at(x * width, y * height)).toEqual([0, 0, 255]);
});

it('is refused for what is not Graphviz’s', () => {
  expect(() => cropSvg('<svg width="1" height="1"/>', { part: [0, 0, 1, 1], width: 1 })).toThrow('no frame');
});
