// A flame graph as flat bars, ready to be painted and hit: each call lies below its caller, as wide as what it allocated.
import type { FlameGraph } from '../../shared/protocol/allocations.ts';

export interface FlameBar {
  /** Its place among the graph's nodes. */
  node: number;
  left: number;
  width: number;
  /** The row, from 0. */
  row: number;
}

export const barHeight = 19;
/** A narrower bar is not seen, in pixels. */
const narrowest = 0.6;

/**
 * The bars of what a node called, and above them those of its callers, which are as wide as the view.
 * @param focus the node that is as wide as the view
 */
export function barsOf({ nodes }: FlameGraph, focus: number, width: number): FlameBar[] {
  if (nodes.length === 0) return [];
  const bars: FlameBar[] = [];
  const way: number[] = [];
  for (let at = focus; at >= 0; at = nodes[at].parent) way.unshift(at);
  for (const [row, node] of way.entries()) bars.push({ node, left: 0, width, row });
  const scale = width / Math.max(1, nodes[focus].total);
  const placed = new Map([[focus, { left: 0, next: 0, row: way.length - 1 }]]);
  // Parents come before what they called.
  for (let node = focus + 1; node < nodes.length; node++) {
    const parent = placed.get(nodes[node].parent);
    if (!parent) continue;
    const own = nodes[node].total * scale;
    const left = parent.left + parent.next;
    parent.next += own;
    if (own < narrowest) continue;
    placed.set(node, { left, next: 0, row: parent.row + 1 });
    bars.push({ node, left, width: own, row: parent.row + 1 });
  }
  return bars;
}

/** The largest call comes first, as in a left-heavy flame graph. */
export function leftHeavy({ nodes, ...graph }: FlameGraph): FlameGraph {
  const children = nodes.map((): number[] => []);
  nodes.forEach(({ parent }, node) => {
    if (parent >= 0) children[parent].push(node);
  });
  const sorted: FlameGraph['nodes'] = [];
  const open = nodes.length > 0 ? [{ node: 0, parent: -1 }] : [];
  for (let next = open.pop(); next; next = open.pop()) {
    const at = sorted.push({ ...nodes[next.node], parent: next.parent }) - 1;
    const smallestFirst = children[next.node].sort((a, b) => nodes[a].total - nodes[b].total);
    for (const node of smallestFirst) open.push({ node, parent: at });
  }
  return { ...graph, nodes: sorted };
}

/** The bar at a point; -1 where there is none. */
export function barAt(bars: readonly FlameBar[], x: number, y: number): number {
  const row = Math.floor(y / barHeight);
  return bars.findIndex((bar) => bar.row === row && x >= bar.left && x < bar.left + bar.width);
}

/** The bar that a key leads to: the caller, what it called first, or a neighbour in the row. */
export function barTowards(
  graph: FlameGraph,
  bars: readonly FlameBar[],
  from: number,
  direction: 'up' | 'down' | 'left' | 'right',
): number {
  const bar = bars[from];
  const { parent } = graph.nodes[bar.node];
  const found =
    direction === 'up'
      ? bars.findIndex(({ node }) => node === parent)
      : direction === 'down'
        ? bars.findIndex(({ node }) => graph.nodes[node].parent === bar.node)
        : direction === 'right'
          ? bars.findIndex(({ row, left }) => row === bar.row && left > bar.left)
          : bars.findLastIndex(({ row, left }) => row === bar.row && left < bar.left);
  return found < 0 ? from : found;
}
