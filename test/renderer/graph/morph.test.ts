// Pictures on their way into others: where everything is at each moment.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Morph } from '../../../renderer/graph/morph.ts';
import { detailAt } from '../../../renderer/graph/paint.ts';
import type { Box, Scene, SceneEdge, SceneNode, Shape } from '../../../shared/scene/scene.ts';
import { randomFrom } from '../random.ts';
import { RecordedPath, Recorder } from './recorder.ts';

beforeAll(() => vi.stubGlobal('Path2D', RecordedPath));
afterAll(() => vi.unstubAllGlobals());

const stroke = { color: '#000', width: 1, dash: null };
const font = {
  family: 'serif',
  size: 14,
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  overline: false,
  script: null,
};
const text = (said: string, x: number, y: number): Shape => ({
  ...{ kind: 'text', x, y, align: 'center', width: 20, text: said, font, color: '#000' },
});
const bare = { tooltip: null, url: null };

/** A node is its label in its middle; a cluster has an outline, and its label at the top. */
function node(name: string, x: number, y: number): SceneNode {
  return { ...bare, name, label: name, bounds: [x - 20, y - 10, x + 20, y + 10], shapes: [text(name, x, y)] };
}
function cluster(name: string, bounds: Box): SceneNode {
  const [left, top, right, bottom] = bounds;
  const points = [left, top, right, top, right, bottom, left, bottom];
  const label = text(name, (left + right) / 2, top + 10);
  return {
    ...bare,
    name,
    label: name,
    bounds,
    shapes: [{ kind: 'polygon', points, fill: null, stroke }, label],
  };
}
function edge(name: string, points: number[], label = ''): SceneEdge {
  const shapes: Shape[] = [{ kind: points.length === 8 ? 'bezier' : 'polyline', points, fill: null, stroke }];
  if (label) shapes.push(text(label, points[0], points[1]));
  return { ...bare, name, label, tail: 0, head: 0, bounds: [0, 0, 1000, 1000], shapes };
}

const sceneOf = (part: Partial<Scene>): Scene => ({
  ...{
    name: '',
    directed: true,
    outputOrder: 'breadthfirst',
    bounds: [0, 0, 1000, 1000],
    shapes: [],
    background: null,
  },
  ...{ clusters: [], nodes: [], edges: [] },
  ...part,
});

const painted = (morph: Morph, t: number) => Recorder.of((context) => morph.paint(context, t, detailAt(1)));
const labelled = (morph: Morph, t: number, said: string) =>
  painted(morph, t).filter((drawn) => drawn.said === said);
const lines = (morph: Morph, t: number) => painted(morph, t).filter(({ what }) => what === 'stroke');
const between = (from: Scene, to: Scene) => Morph.between(from, to)!;

describe('what is in both pictures', () => {
  it('is always on the straight way from where it was to where it is', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = randomFrom(seed);
      const place = () => [random() * 1000, random() * 1000] as const;
      const ways = Array.from({ length: 1 + Math.floor(random() * 12) }, (_, i) => {
        return { name: `n${i}`, from: place(), to: place() };
      });
      const scene = (end: 'from' | 'to', order: number) =>
        sceneOf({ nodes: ways.map((way) => node(way.name, ...way[end])).sort(() => order) });
      const morph = between(scene('from', 1), scene('to', -1));
      for (const t of [0, 0.3, 0.5, 1])
        for (const { name, from, to } of ways) {
          const [{ points, alpha }, ...more] = labelled(morph, t, name);
          expect(more).toEqual([]);
          expect(alpha).toBe(1);
          expect(points[0].x).toBeCloseTo(from[0] + (to[0] - from[0]) * t, 6);
          expect(points[0].y).toBeCloseTo(from[1] + (to[1] - from[1]) * t, 6);
        }
    }
  });

  it('may have been a cluster that is one node now, and the other way round', () => {
    const folded = sceneOf({ nodes: [node('c', 500, 500), node('a', 0, 0)] });
    const open = sceneOf({ clusters: [cluster('c', [100, 100, 300, 200])], nodes: [node('a', 0, 0)] });
    expect(labelled(between(open, folded), 0, 'c')[0].points).toEqual([{ x: 200, y: 150 }]);
    const [outline] = lines(between(folded, open), 0);
    expect(outline.points[0]).toEqual({ x: 480, y: 490 });
    expect(outline.points[2]).toEqual({ x: 520, y: 510 });
  });

  it('is stretched where it is a cluster, and its label is not', () => {
    const at = (bounds: Box) => sceneOf({ clusters: [cluster('c', bounds)], nodes: [node('a', 0, 0)] });
    const morph = between(at([0, 0, 100, 100]), at([200, 300, 600, 400]));
    for (const [t, left, top, right, bottom] of [
      [0, 0, 0, 100, 100],
      [0.5, 100, 150, 350, 250],
      [1, 200, 300, 600, 400],
    ]) {
      const [outline] = lines(morph, t);
      expect(outline.points).toEqual([
        { x: left, y: top },
        { x: right, y: top },
        { x: right, y: bottom },
        { x: left, y: bottom },
      ]);
      expect(labelled(morph, t, 'c')[0].points).toEqual([{ x: (left + right) / 2, y: top + 10 }]);
    }
  });
});

describe('an edge', () => {
  const nodes = [node('a', 0, 0)];

  it('bends from its old line into the new one, whatever kinds they are', () => {
    const straight = [0, 0, 120, 0];
    const curve = [0, 100, 40, 100, 80, 100, 120, 100];
    const morph = between(
      sceneOf({ nodes, edges: [edge('e', straight)] }),
      sceneOf({ nodes, edges: [edge('e', curve)] }),
    );
    for (const t of [0, 0.25, 1]) {
      const [{ points }] = lines(morph, t);
      expect(points.length).toBeGreaterThan(5);
      for (const [i, { x, y }] of points.entries()) {
        expect(x).toBeCloseTo((120 * i) / (points.length - 1), 6);
        expect(y).toBeCloseTo(100 * t, 6);
      }
    }
  });

  it('takes its label along', () => {
    const [from, to] = [0, 500].map((y) => sceneOf({ nodes, edges: [edge('e', [0, y, 120, y], 'l')] }));
    expect(labelled(between(from, to), 0, 'l')[0].points[0]).toMatchObject({ x: 0, y: 0 });
    expect(labelled(between(from, to), 1, 'l')[0].points[0]).toMatchObject({ x: 0, y: 500 });
  });

  it('of several between the same nodes goes with the one in its place; the others come or go', () => {
    const parallel = (...ys: number[]) =>
      sceneOf({ nodes, edges: ys.map((y) => edge('a->b', [0, y, 120, y])) });
    const heights = (morph: Morph, t: number) =>
      lines(morph, t).map(({ points, alpha }) => [points[0].y, alpha]);
    const fewer = between(parallel(10, 20, 30), parallel(110));
    expect(heights(fewer, 0)).toEqual([
      [20, 1],
      [30, 1],
      [10, 1],
    ]);
    expect(heights(fewer, 1)).toEqual([[110, 1]]);
    const more = between(parallel(10), parallel(110, 120));
    expect(heights(more, 0)).toEqual([[10, 1]]);
    expect(heights(more, 1)).toEqual([
      [110, 1],
      [120, 1],
    ]);
  });
});

it('what goes has faded away before what comes appears', () => {
  const morph = between(
    sceneOf({ nodes: [node('stays', 0, 0), node('goes', 100, 100)] }),
    sceneOf({ nodes: [node('stays', 50, 0), node('comes', 300, 300)] }),
  );
  const alphas = (said: string) =>
    [0, 0.2, 0.4, 0.5, 0.75, 1].map((t) =>
      labelled(morph, t, said).map(({ alpha }) => Math.round(alpha * 100) / 100),
    );
  expect(alphas('goes')).toEqual([[1], [0.5], [], [], [], []]);
  expect(alphas('comes')).toEqual([[], [], [], [], [0.5], [1]]);
  expect(labelled(morph, 0, 'goes')[0].points).toEqual([{ x: 100, y: 100 }]);
  expect(labelled(morph, 1, 'comes')[0].points).toEqual([{ x: 300, y: 300 }]);
});

it('there is none between pictures that have nothing in common, or are too large to be followed', () => {
  const one = (name: string) => sceneOf({ nodes: [node(name, 0, 0)] });
  expect(Morph.between(one('a'), one('b'))).toBeNull();
  expect(Morph.between(one('a'), one('a'))).not.toBeNull();
  const many = sceneOf({ nodes: Array.from({ length: 2999 }, (_, i) => node(`n${i}`, 0, 0)) });
  expect(Morph.between(many, one('n0'))).not.toBeNull();
  expect(Morph.between(many, sceneOf({ nodes: [...one('n0').nodes, ...one('n1').nodes] }))).toBeNull();
});
