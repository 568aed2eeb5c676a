// The edges of a heap graph turned round: who refers to a node. Compressed sparse rows, filled by a counting sort.
import type { HeapGraph } from './heap-graph.ts';

/** For each node, the edges that lead to it: positions `first[node]` to `first[node + 1]` of both arrays. */
export interface Retainers {
  first: Uint32Array;
  /** The node that each incoming edge comes from. */
  nodes: Uint32Array;
  edges: Uint32Array;
}

/** The retainers of every node; weak edges are among them. Cost: two passes over the edges. */
export function buildRetainers({ nodeCount, edgeCount, firstEdges, edgeTargets }: HeapGraph): Retainers {
  // Shifted by two, so that counting, summing and filling leave `first` where it belongs without a copy.
  const cursor = new Uint32Array(nodeCount + 2);
  for (let edge = 0; edge < edgeCount; edge++) cursor[edgeTargets[edge] + 2]++;
  for (let i = 2; i < cursor.length; i++) cursor[i] += cursor[i - 1];
  const nodes = new Uint32Array(edgeCount);
  const edges = new Uint32Array(edgeCount);
  for (let node = 0, edge = 0; node < nodeCount; node++) {
    for (const end = firstEdges[node + 1]; edge < end; edge++) {
      const slot = cursor[edgeTargets[edge] + 1]++;
      nodes[slot] = node;
      edges[slot] = edge;
    }
  }
  return { first: cursor.subarray(0, nodeCount + 1), nodes, edges };
}
