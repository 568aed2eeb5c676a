// A scene as lists: its clusters as a tree with the nodes in them, and its edges.
import type { Scene } from '../../shared/scene/scene.ts';
import { boxMiddle } from './neighbours.ts';
import { indexOf } from './spatial-index.ts';
import { titleOf, type Target } from './target.ts';

export interface OutlineRow {
  target: Target;
  title: string;
  /** How many clusters it is in. */
  depth: number;
}

/** Clusters before what is in them, each in the order of the scene; what is in none comes last. */
export function nodeRows(scene: Scene): OutlineRow[] {
  const innermost = innermostFinder(scene);
  const nodesOf = new Map<number, number[]>();
  const clustersOf = new Map<number, number[]>();
  const note = (map: Map<number, number[]>, key: number, value: number) => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  scene.clusters.forEach(({ bounds }, i) =>
    note(clustersOf, innermost(boxMiddle(bounds), areaOf(i, scene)), i),
  );
  scene.nodes.forEach(({ bounds }, i) => note(nodesOf, innermost(boxMiddle(bounds)), i));

  const rows: OutlineRow[] = [];
  const nodesIn = (cluster: number, depth: number) => {
    for (const index of nodesOf.get(cluster) ?? [])
      rows.push({ target: { kind: 'node', index }, title: titleOf(scene.nodes[index]), depth });
  };
  // Without recursion: clusters may be as deep as Graphviz takes them.
  const open = (clustersOf.get(none) ?? []).map((index) => ({ index, depth: 0 })).reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    const { index, depth } = next;
    rows.push({ target: { kind: 'cluster', index }, title: titleOf(scene.clusters[index]), depth });
    nodesIn(index, depth + 1);
    for (const inner of (clustersOf.get(index) ?? []).toReversed())
      open.push({ index: inner, depth: depth + 1 });
  }
  nodesIn(none, 0);
  return rows;
}

export function edgeRows({ edges, nodes, directed }: Scene): OutlineRow[] {
  const arrow = directed ? '→' : '—';
  return edges.map(({ tail, head, label }, index) => {
    const ends = `${titleOf(nodes[tail])} ${arrow} ${titleOf(nodes[head])}`;
    return {
      target: { kind: 'edge', index },
      title: label ? `${ends}: ${label.replaceAll('\n', ' ').trim()}` : ends,
      depth: 0,
    };
  });
}

const none = -1;

function areaOf(cluster: number, { clusters }: Scene): number {
  const [left, top, right, bottom] = clusters[cluster].bounds;
  return (right - left) * (bottom - top);
}

/** Gives the smallest cluster at a point that is larger than an area; by where they lie, as Graphviz draws each in its parent. */
function innermostFinder(scene: Scene) {
  const index = indexOf(scene.clusters.map(({ bounds }) => bounds));
  return ({ x, y }: { x: number; y: number }, largerThan = -Infinity): number => {
    let best = none;
    for (const i of index?.search(x, y, x, y) ?? []) {
      const area = areaOf(i, scene);
      if (area > largerThan && (best === none || area < areaOf(best, scene))) best = i;
    }
    return best;
  };
}
