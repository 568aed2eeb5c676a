// Graphviz's own turn, `rotate(-90) translate(…)` of its SVG, is the judge of ours.
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { beforeAll, describe, expect, it } from 'vitest';
import { readXdot } from '../../../shared/dot/read.ts';
import { boundsOfShape } from '../../../shared/scene/shapes.ts';
import type { Gradient, Scene, SceneNode } from '../../../shared/scene/scene.ts';

let graphviz: Graphviz;
beforeAll(async () => {
  graphviz = await Graphviz.load();
});

const read = (dot: string): Scene => readXdot(graphviz.layout(dot, 'xdot' as 'dot', 'dot'));
const ellipseIn = ({ shapes }: SceneNode) => shapes.find((shape) => shape.kind === 'ellipse')!;
const size = ({ bounds: [left, top, right, bottom] }: Scene) => [right - left, bottom - top];
const graph = (attributes: string) =>
  `digraph { ${attributes} bgcolor="white:gray" label=title; a [label="long label" style=filled fillcolor="red:blue"]; a -> b [label=e, headtooltip=h]; b [shape=box] }`;

/** Takes a point of the SVG's own group to where it is seen, relative to the picture's corner without its margin of 4. */
function turnOf(svg: string): (x: number, y: number) => [number, number] {
  const [, dx, dy] = /rotate\(-90\) translate\((-?[\d.]+) (-?[\d.]+)\)/.exec(svg)!.map(Number);
  return (x, y) => [y + dy - 4, -(x + dx) - 4];
}

describe.each(['rotate=90', 'orientation=L', 'orientation=landscape', 'landscape=true'])(
  '%s',
  (attribute) => {
    it('turns every text and node as Graphviz does', () => {
      const scene = read(graph(attribute));
      const svg = graphviz.layout(graph(attribute), 'svg', 'dot');
      const turn = turnOf(svg);
      const [left, top] = scene.bounds;
      const texts = [scene, ...scene.nodes, ...scene.edges].flatMap(({ shapes }) =>
        shapes.filter((shape) => shape.kind === 'text'),
      );
      expect(texts).toHaveLength(4);
      for (const { x, y, text, sideways } of texts) {
        const [, svgX, svgY] = new RegExp(`x="(\\S+)" y="(\\S+)"[^>]*>${text}<`).exec(svg)!.map(Number);
        const [wantedX, wantedY] = turn(svgX, svgY);
        expect([x - left, y - top].map(Math.round)).toEqual([wantedX, wantedY].map(Math.round));
        expect(sideways).toBe(true);
      }
    });

    it('turns everything else with them', () => {
      const [upright, turned] = [read(graph('')), read(graph(attribute))];
      expect(size(turned)).toEqual(size(upright).reverse());
      for (const item of [...turned.nodes, ...turned.edges]) {
        for (const shape of item.shapes) {
          const [left, top, right, bottom] = boundsOfShape(shape);
          expect(left).toBeGreaterThan(item.bounds[0] - 0.01);
          expect(top).toBeGreaterThan(item.bounds[1] - 0.01);
          expect(right).toBeLessThan(item.bounds[2] + 0.01);
          expect(bottom).toBeLessThan(item.bounds[3] + 0.01);
        }
      }
      const [a, b] = turned.nodes;
      // What was below is on the right.
      expect(b.bounds[0]).toBeGreaterThan(a.bounds[2]);
      const ellipse = ellipseIn(a);
      expect([ellipse.rx, ellipse.ry]).toEqual([
        ellipseIn(upright.nodes[0]).ry,
        ellipseIn(upright.nodes[0]).rx,
      ]);
      // A gradient from left to right runs from the bottom up.
      const { at } = ellipse.fill as Gradient;
      expect(at[1]).toBeGreaterThan(at[3]);
      expect(turned.edges[0].parts![0].bounds[0]).toBeLessThan(b.bounds[0]);
      const page = turned.background as Gradient;
      expect(page.at[1]).toBeGreaterThan(page.at[3]);
    });
  },
);

it.each(['', 'rotate=0', 'rotate=0 landscape=true', 'orientation=portrait', 'landscape=false'])(
  'a graph with "%s" stands upright',
  (attributes) => expect(size(read(graph(attributes)))).toEqual(size(read(graph('')))),
);
