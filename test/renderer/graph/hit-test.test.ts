// The index against a slow model that looks at everything.
import { describe, expect, it } from 'vitest';
import { bezier } from '../../../renderer/graph/curve.ts';
import { HitTest } from '../../../renderer/graph/hit-test.ts';
import type { Scene, SceneEdge, SceneNode } from '../../../shared/scene/scene.ts';
import { randomFrom } from '../random.ts';

const stroke = { color: '#000', width: 1, dash: null };
const bare = { label: '', tooltip: null, url: null };

function boxNode(x: number, y: number, w: number, h: number): SceneNode {
  const points = [x, y, x + w, y, x + w, y + h, x, y + h];
  const shapes = [{ kind: 'polygon' as const, points, fill: null, stroke }];
  return { ...bare, name: 'box', bounds: [x, y, x + w, y + h], shapes };
}

function curve(points: number[]): SceneEdge {
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  return {
    ...bare,
    name: 'curve',
    tail: 0,
    head: 0,
    bounds: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    shapes: [{ kind: 'bezier', points, fill: null, stroke }],
  };
}

const sceneOf = (nodes: SceneNode[], edges: SceneEdge[] = []): Scene => ({
  name: '',
  directed: true,
  outputOrder: 'breadthfirst',
  bounds: [0, 0, 1000, 1000],
  shapes: [],
  background: null,
  clusters: [],
  nodes,
  edges,
});

/** Distance by 2,000 points of the curve. */
function slowDistance(edge: SceneEdge, x: number, y: number): number {
  const { points: p } = edge.shapes[0] as { points: number[] };
  let nearest = Infinity;
  for (let i = 0; i + 7 < p.length; i += 6) {
    for (let step = 0; step <= 2000; step++) {
      const t = step / 2000;
      const dx = bezier(t, p[i], p[i + 2], p[i + 4], p[i + 6]) - x;
      const dy = bezier(t, p[i + 1], p[i + 3], p[i + 5], p[i + 7]) - y;
      nearest = Math.min(nearest, Math.hypot(dx, dy));
    }
  }
  return nearest;
}

describe('what is under the pointer', () => {
  it('is nothing in an empty scene', () => {
    expect(new HitTest(sceneOf([])).at({ x: 0, y: 0 }, 10)).toBeNull();
  });

  it('is the topmost node there, as looking at each finds it', () => {
    const random = randomFrom(2);
    const nodes = Array.from({ length: 300 }, () =>
      boxNode(random() * 900, random() * 900, random() * 100, random() * 100),
    );
    const hits = new HitTest(sceneOf(nodes));
    for (let i = 0; i < 2000; i++) {
      const [x, y] = [random() * 1000, random() * 1000];
      const slow = nodes.findLastIndex(
        ({ bounds: [left, top, right, bottom] }) => left <= x && x <= right && top <= y && y <= bottom,
      );
      expect(hits.at({ x, y }, 10)?.index ?? -1).toBe(slow);
    }
  });

  it('is the nearest edge within reach, as looking at each finds it', () => {
    const random = randomFrom(3);
    const edges = Array.from({ length: 40 }, () => curve(Array.from({ length: 14 }, () => random() * 1000)));
    const hits = new HitTest(sceneOf([], edges));
    let found = 0;
    for (let i = 0; i < 300; i++) {
      const [x, y] = [random() * 1000, random() * 1000];
      const distances = edges.map((edge) => slowDistance(edge, x, y));
      const nearest = Math.min(...distances);
      const hit = hits.at({ x, y }, 10);
      // Straight pieces differ from the curve by some tenths of a point: only clear cases are compared.
      if (nearest > 10.5) expect(hit).toBeNull();
      if (nearest < 9.5) {
        expect(hit?.kind).toBe('edge');
        expect(distances[hit!.index]).toBeLessThan(nearest + 0.5);
        found++;
      }
    }
    expect(found).toBeGreaterThan(50);
  });

  it('is a node rather than an edge that runs over it', () => {
    const hits = new HitTest(sceneOf([boxNode(0, 0, 10, 10)], [curve([0, 5, 3, 5, 6, 5, 20, 5])]));
    expect(hits.at({ x: 5, y: 5 }, 10)).toEqual({ kind: 'node', index: 0 });
    expect(hits.at({ x: 15, y: 5 }, 10)).toEqual({ kind: 'edge', index: 0 });
  });

  it('is an edge by its label, too', () => {
    const font = {
      family: 'Times',
      size: 14,
      bold: false,
      italic: false,
      underline: false,
      strike: false,
      overline: false,
      script: null,
    };
    const edge = curve([0, 0, 0, 30, 0, 60, 0, 90]);
    edge.shapes.push({
      kind: 'text',
      x: 100,
      y: 50,
      align: 'left',
      width: 40,
      text: 'label',
      font,
      color: '#000',
    });
    const hits = new HitTest(sceneOf([], [edge]));
    expect(hits.at({ x: 120, y: 45 }, 1)).toEqual({ kind: 'edge', index: 0 });
    expect(hits.at({ x: 120, y: 80 }, 1)).toBeNull();
  });

  it('is not the corner beside an ellipse', () => {
    const shapes = [{ kind: 'ellipse' as const, x: 50, y: 50, rx: 50, ry: 50, fill: null, stroke }];
    const hits = new HitTest(sceneOf([{ ...bare, name: 'round', bounds: [0, 0, 100, 100], shapes }]));
    expect(hits.at({ x: 50, y: 50 }, 10)).toEqual({ kind: 'node', index: 0 });
    expect(hits.at({ x: 5, y: 5 }, 10)).toBeNull();
  });

  it('is not what cannot be seen', () => {
    const hits = new HitTest(sceneOf([{ ...boxNode(0, 0, 10, 10), shapes: [] }]));
    expect(hits.at({ x: 5, y: 5 }, 10)).toBeNull();
  });
});
