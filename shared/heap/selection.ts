// The part of the heap that goes into one picture: breadth first from the start nodes, bounded in depth and breadth.
// The order and the bounds are those of Python's objgraph (`_show_graph`).
import type { ObjectGraph } from './object-graph.ts';

export type Direction = 'references' | 'referrers';

export interface SelectionOptions {
  direction: Direction;
  /** Steps away from the start nodes; start nodes have depth 0. */
  maxDepth: number;
  /** References drawn per node; the rest is counted in `skipped`. */
  tooMany: number;
  /** Whether a neighbour may be drawn, by the edge that leads to it. Start nodes are always drawn. */
  accepts: (node: number, edge: number) => boolean;
  /** Whether to stop at a node that is drawn. */
  stopsAt: (node: number) => boolean;
}

export interface SelectedNode {
  node: number;
  depth: number;
  /** References that were too many to draw. */
  skipped: number;
}

/** A reference of the picture, from the object that refers to the one that is referred to. */
export interface SelectedEdge {
  owner: number;
  target: number;
  /** The heap graph's edge that enters the target. */
  edge: number;
}

export interface Selection {
  nodes: SelectedNode[];
  edges: SelectedEdge[];
}

/** Selects what a picture shows. Nodes come in the order of the search, the start nodes first. */
export function select(graph: ObjectGraph, starts: readonly number[], options: SelectionOptions): Selection {
  const nodes: SelectedNode[] = [];
  const edges: SelectedEdge[] = [];
  const known = new Map<number, SelectedNode>();
  const add = (node: number, depth: number): void => {
    if (known.has(node)) return;
    const selected = { node, depth, skipped: 0 };
    known.set(node, selected);
    nodes.push(selected);
  };
  for (const start of starts) add(start, 0);
  for (let next = 0; next < nodes.length; next++) {
    const current = nodes[next];
    if (current.depth >= options.maxDepth || options.stopsAt(current.node)) continue;
    let drawn = 0;
    eachNeighbour(graph, current.node, options.direction, (neighbour, edge) => {
      if (!options.accepts(neighbour, edge)) return false;
      if (drawn >= options.tooMany) {
        current.skipped++;
        return true;
      }
      drawn++;
      const [owner, target] =
        options.direction === 'references' ? [current.node, neighbour] : [neighbour, current.node];
      edges.push({ owner, target, edge });
      add(neighbour, current.depth + 1);
      return true;
    });
  }
  return { nodes, edges };
}

/**
 * V8's own roots (the stack, handles) are worth drawing only for what has no other referrer in the picture, and once each.
 *
 * @param visit whether the picture takes the neighbour
 */
export function eachNeighbour(
  graph: ObjectGraph,
  node: number,
  direction: Direction,
  visit: (neighbour: number, edge: number) => boolean,
): void {
  if (direction === 'references') {
    graph.eachReference(node, visit);
    return;
  }
  const synthetic = new Map<number, number>();
  let others = false;
  graph.eachReferrer(node, (referrer, edge) => {
    if (graph.isSynthetic(referrer)) synthetic.set(referrer, edge);
    else if (visit(referrer, edge)) others = true;
  });
  if (!others) for (const [referrer, edge] of synthetic) visit(referrer, edge);
}
