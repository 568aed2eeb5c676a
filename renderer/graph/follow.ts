// Following edges through a picture: all that comes before or after, and the shortest way between two nodes.
import type { Scene } from '../../shared/scene/scene.ts';
import type { Highlight } from './highlight.ts';

export type Stream = 'up' | 'down';

/** A way from one node to another, and whether it goes along the edges, against them, or both ways as it comes. */
export interface Path extends Highlight {
  goes: 'along' | 'against' | 'across';
}

/** Everything that edges lead to from these nodes, or that leads to them, with the edges between. */
export function follow(
  scene: Scene,
  edgesByNode: number[][],
  from: readonly number[],
  stream: Stream,
): Highlight {
  const nodes = new Set(from);
  const edges = new Set<number>();
  // A set grows while it is gone through.
  for (const node of nodes)
    for (const i of edgesByNode[node]) {
      const { tail, head } = scene.edges[i];
      const [here, there] = stream === 'down' ? [tail, head] : [head, tail];
      if (here !== node) continue;
      edges.add(i);
      nodes.add(there);
    }
  return { nodes: [...nodes], edges: [...edges] };
}

/** By the fewest edges: along them if there is such a way, else against them, else whichever way they go; null when none. */
export function shortestPath(scene: Scene, edgesByNode: number[][], from: number, to: number): Path | null {
  const along = search(scene, edgesByNode, from, to, 'along');
  if (along || !scene.directed) return along;
  return search(scene, edgesByNode, from, to, 'against') ?? search(scene, edgesByNode, from, to, 'across');
}

function search(
  scene: Scene,
  edgesByNode: number[][],
  from: number,
  to: number,
  goes: Path['goes'],
): Path | null {
  /** The edge by which a node was come to. */
  const by = new Map<number, number>([[from, -1]]);
  for (const [node] of by) {
    if (node === to) break;
    for (const i of edgesByNode[node]) {
      const { tail, head } = scene.edges[i];
      const there = tail === node ? head : tail;
      const allowed = goes === 'across' || !scene.directed || (goes === 'along') === (tail === node);
      if (allowed && !by.has(there)) by.set(there, i);
    }
  }
  if (!by.has(to)) return null;
  const path: Path = { nodes: [to], edges: [], goes };
  for (let node = to, i = by.get(to)!; i >= 0; i = by.get(node)!) {
    const { tail, head } = scene.edges[i];
    node = tail === node ? head : tail;
    path.nodes.unshift(node);
    path.edges.unshift(i);
  }
  return path;
}
