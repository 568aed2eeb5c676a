// Walking from node to node along edges with the keyboard.
import type { Box, Scene } from '../../shared/scene/scene.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

const vectors: Record<Direction, [number, number]> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** For every node the edges that touch it, in the order of the scene. */
export function edgesByNode(scene: Scene): number[][] {
  const edges: number[][] = scene.nodes.map(() => []);
  scene.edges.forEach(({ tail, head }, i) => {
    edges[tail].push(i);
    if (head !== tail) edges[head].push(i);
  });
  return edges;
}

/** The neighbour that lies most nearly in `direction` (within 75° of it); null when there is none that way. */
export function neighbourTowards(
  scene: Scene,
  edges: number[],
  node: number,
  direction: Direction,
): number | null {
  const [vx, vy] = vectors[direction];
  const from = middle(scene, node);
  let best: { node: number; score: number } | null = null;
  for (const edge of edges) {
    const { tail, head } = scene.edges[edge];
    const other = tail === node ? head : tail;
    const to = middle(scene, other);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const distance = Math.hypot(dx, dy);
    const cosine = distance === 0 ? -1 : (dx * vx + dy * vy) / distance;
    if (other === node || cosine < 0.26) continue;
    // Straight ahead and near by: the angle counts most.
    const score = distance / cosine ** 2;
    if (!best || score < best.score) best = { node: other, score };
  }
  return best?.node ?? null;
}

/** Where a walk starts when nothing is selected: the visible node nearest to the middle of the window. */
export function nearestNode(scene: Scene, point: { x: number; y: number }): number | null {
  let best: number | null = null;
  let nearest = Infinity;
  scene.nodes.forEach((_, i) => {
    const { x, y } = middle(scene, i);
    const distance = Math.hypot(x - point.x, y - point.y);
    if (distance < nearest) [nearest, best] = [distance, i];
  });
  return best;
}

export const middle = (scene: Scene, node: number) => boxMiddle(scene.nodes[node].bounds);

export const boxMiddle = ([left, top, right, bottom]: Box) => ({
  x: (left + right) / 2,
  y: (top + bottom) / 2,
});
