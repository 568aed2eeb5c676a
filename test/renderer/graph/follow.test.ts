// Following edges against slow models: the closure of what touches, and the lengths of all ways.
import { describe, expect, it } from 'vitest';
import { follow, shortestPath, type Stream } from '../../../renderer/graph/follow.ts';
import { edgesByNode } from '../../../renderer/graph/neighbours.ts';
import type { Scene } from '../../../shared/scene/scene.ts';
import { randomFrom } from '../random.ts';

type End = readonly [tail: number, head: number];

function sceneOf(count: number, ends: readonly End[], directed = true): Scene {
  const bare = {
    label: '',
    tooltip: null,
    url: null,
    shapes: [],
    bounds: [0, 0, 1, 1] as [number, number, number, number],
  };
  return {
    name: '',
    directed,
    outputOrder: 'breadthfirst',
    bounds: [0, 0, 1, 1],
    shapes: [],
    background: null,
    clusters: [],
    nodes: Array.from({ length: count }, (_, i) => ({ ...bare, name: `n${i}` })),
    edges: ends.map(([tail, head]) => ({ ...bare, name: `n${tail}->n${head}`, tail, head })),
  };
}

/** A few hundred small graphs with circles, loops and parallel edges in them. */
const graphs = Array.from({ length: 300 }, (_, seed) => {
  const random = randomFrom(seed);
  const count = 1 + Math.floor(random() * 9);
  const any = () => Math.floor(random() * count);
  const ends = Array.from({ length: Math.floor(random() * 14) }, (): End => [any(), any()]);
  return { count, ends, from: any(), to: any() };
});

/** Grows until nothing is added. */
function slowFollow(ends: readonly End[], from: readonly number[], stream: Stream) {
  const turned = ends.map(([tail, head]) => (stream === 'down' ? [tail, head] : [head, tail]));
  const nodes = new Set(from);
  for (let size = -1; size !== nodes.size;) {
    size = nodes.size;
    for (const [here, there] of turned) if (nodes.has(here)) nodes.add(there);
  }
  const edges = turned.flatMap(([here], i) => (nodes.has(here) ? [i] : []));
  return { nodes: [...nodes].sort((a, b) => a - b), edges };
}

/** Floyd and Warshall: the fewest edges between any two. */
function slowDistances(count: number, ends: readonly End[]): number[][] {
  const far = Array.from({ length: count }, (_, i) =>
    Array.from({ length: count }, (_, j) => (i === j ? 0 : Infinity)),
  );
  for (const [tail, head] of ends) far[tail][head] = Math.min(far[tail][head], 1);
  for (let k = 0; k < count; k++)
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) far[i][j] = Math.min(far[i][j], far[i][k] + far[k][j]);
  return far;
}

describe('everything that is followed', () => {
  it.each(['up', 'down'] as const)('%sstream is all that edges lead to, and these edges', (stream) => {
    for (const { count, ends, from, to } of graphs) {
      const scene = sceneOf(count, ends);
      const { nodes, edges } = follow(scene, edgesByNode(scene), [from, to], stream);
      const sorted = (numbers: number[]) => numbers.toSorted((a, b) => a - b);
      expect({ nodes: sorted(nodes), edges: sorted(edges) }).toEqual(slowFollow(ends, [from, to], stream));
    }
  });

  it('is a node alone where no edge leads on', () => {
    const scene = sceneOf(2, [[0, 1]]);
    expect(follow(scene, edgesByNode(scene), [1], 'down')).toEqual({ nodes: [1], edges: [] });
  });
});

describe('the shortest path', () => {
  it('goes along edges if it can, else against them, else both ways, by the fewest edges', () => {
    const seen = new Set<string>();
    for (const { count, ends, from, to } of graphs) {
      const scene = sceneOf(count, ends);
      const path = shortestPath(scene, edgesByNode(scene), from, to);
      const turned = ends.map(([tail, head]): End => [head, tail]);
      const lengths = {
        along: slowDistances(count, ends)[from][to],
        against: slowDistances(count, turned)[from][to],
        across: slowDistances(count, [...ends, ...turned])[from][to],
      };
      const goes = (['along', 'against', 'across'] as const).find((way) => lengths[way] < Infinity);
      seen.add(goes ?? 'nowhere');
      expect(path?.goes).toBe(goes);
      if (!path || !goes) continue;
      expect(path.edges).toHaveLength(lengths[goes]);
      expect([path.nodes[0], path.nodes.at(-1)]).toEqual([from, to]);
      // Each edge joins the nodes before and after it.
      path.edges.forEach((edge, i) => {
        const [here, there] = path.nodes.slice(i, i + 2);
        const wanted = goes === 'against' ? [there, here] : [here, there];
        const joins = goes === 'across' ? [ends[edge], turned[edge]] : [ends[edge]];
        expect(joins).toContainEqual(wanted);
      });
    }
    // The graphs had all kinds.
    expect([...seen].sort()).toEqual(['across', 'against', 'along', 'nowhere']);
  });

  it('asks nothing of the direction of edges that have none', () => {
    const scene = sceneOf(
      3,
      [
        [1, 0],
        [1, 2],
      ],
      false,
    );
    expect(shortestPath(scene, edgesByNode(scene), 0, 2)).toEqual({
      nodes: [0, 1, 2],
      edges: [0, 1],
      goes: 'along',
    });
  });

  it('from a node to itself is that node', () => {
    const scene = sceneOf(1, [[0, 0]]);
    expect(shortestPath(scene, edgesByNode(scene), 0, 0)).toEqual({ nodes: [0], edges: [], goes: 'along' });
  });
});
