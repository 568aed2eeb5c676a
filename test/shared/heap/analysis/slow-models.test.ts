// Dominators, retained sizes and distances of random heaps against the slowest definition of each.
import { describe, expect, it } from 'vitest';
import { HeapAnalysis } from '../../../../shared/heap/analysis.ts';
import { baseSystemDistance, noDistance } from '../../../../shared/heap/distances.ts';
import { essentialEdge } from '../../../../shared/heap/essential-edges.ts';
import type { HeapGraph } from '../../../../shared/heap/heap-graph.ts';
import { EdgeType, NodeType } from '../../../../shared/heap/node-types.ts';
import { markUserNodes } from '../../../../shared/heap/user-nodes.ts';
import { buildGraph } from '../build-graph.ts';
import { randomHeap } from './random-heap.ts';
import { sumOf } from '../../../../shared/heap/sizes.ts';

const seeds = Array.from({ length: 300 }, (_, i) => i + 1);
type Edges = [from: number, to: number][];

function edgesWhere(graph: HeapGraph, accepts: (edge: number, from: number, to: number) => boolean): Edges {
  const edges: Edges = [];
  for (let from = 0; from < graph.nodeCount; from++)
    for (let edge = graph.firstEdges[from]; edge < graph.firstEdges[from + 1]; edge++)
      if (accepts(edge, from, graph.edgeTargets[edge])) edges.push([from, graph.edgeTargets[edge]]);
  return edges;
}

/** What the root reaches when `removed` is not there. */
function reached(edges: Edges, removed = -1): Set<number> {
  const found = new Set(removed === 0 ? [] : [0]);
  for (let size = -1; size < found.size;) {
    size = found.size;
    for (const [from, to] of edges) if (found.has(from) && to !== removed) found.add(to);
  }
  return found;
}

/** Essential edges, and edges from the root to what only weak edges hold; null where a ring holds itself (see the oracle). */
function holdingEdges({ graph, ephemerons, distances }: HeapAnalysis): Edges | null {
  const isEssential = essentialEdge(graph, ephemerons, markUserNodes(graph, distances));
  const edges = edgesWhere(graph, (edge, from, to) => isEssential(from, edge, to));
  const held = new Set(edges.map(([, to]) => to));
  for (let node = 1; node < graph.nodeCount; node++) if (!held.has(node)) edges.push([0, node]);
  return reached(edges).size === graph.nodeCount ? edges : null;
}

describe('random heaps', () => {
  it('free with a node what its removal makes unreachable', () => {
    let compared = 0;
    for (const seed of seeds) {
      const analysis = new HeapAnalysis(buildGraph(randomHeap(seed)));
      const edges = holdingEdges(analysis);
      if (!edges) continue;
      compared++;
      const { nodeCount } = analysis.graph;
      const { dominators, order, ends } = analysis.dominatorTree;
      const lost = Array.from({ length: nodeCount }, (_, node) => {
        const left = reached(edges, node);
        return new Set(order.filter((other) => !left.has(other)));
      });
      for (let position = 0; position < nodeCount; position++)
        expect(new Set(order.subarray(position, ends[position]))).toEqual(lost[order[position]]);
      for (let node = 1; node < nodeCount; node++) {
        const all = lost.flatMap((nodes, dominator) =>
          nodes.has(node) && dominator !== node ? [dominator] : [],
        );
        // The immediate dominator is the one that frees the least.
        const nearest = all.reduce((a, b) => (lost[a].size <= lost[b].size ? a : b));
        expect(dominators[node], `dominator of ${node}, seed ${seed}`).toBe(nearest);
        const bytes = [...lost[node]].reduce((sum, other) => sum + analysis.shallowSizes[other], 0);
        expect(analysis.retainedSizes[node], `retained size of ${node}, seed ${seed}`).toBe(bytes);
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('lose no byte: the root retains the sum of all own sizes, and so do the shallow sizes', () => {
    for (const seed of seeds) {
      const analysis = new HeapAnalysis(buildGraph(randomHeap(seed)));
      const bytes = sumOf(analysis.graph.selfSizes);
      expect(sumOf(analysis.shallowSizes)).toBe(bytes);
      expect(analysis.retainedSizes[0]).toBe(bytes);
    }
  });

  it('are as far from the global objects as the shortest chain of strong references', () => {
    for (const seed of seeds) {
      const graph = buildGraph(randomHeap(seed));
      const { distances } = new HeapAnalysis(graph).distances;
      const strong = edgesWhere(graph, (edge) => graph.edgeType(edge) !== EdgeType.weak);
      const isUserRoot = (node: number): boolean => graph.nodeTypes[node] !== NodeType.synthetic;
      const roots = strong.filter(([from, to]) => from === 0 && isUserRoot(to)).map(([, to]) => to);
      const expected = new Array<number>(graph.nodeCount).fill(Infinity);
      for (const root of roots) expected[root] = 1;
      relax(
        strong.filter(([from]) => from !== 0),
        expected,
      );
      const ofUsers = [...expected];
      const system = expected.map((steps) => (steps === Infinity ? Infinity : -1));
      system[0] = roots.length > 0 ? baseSystemDistance : 0;
      relax(strong, system);
      for (let node = 0; node < graph.nodeCount; node++) {
        const steps = ofUsers[node] < Infinity ? ofUsers[node] : system[node];
        expect(distances[node], `node ${node}, seed ${seed}`).toBe(steps === Infinity ? noDistance : steps);
      }
    }
  });
});

/** Bellman and Ford; nodes below 0 are no way through. */
function relax(edges: Edges, steps: number[]): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const [from, to] of edges)
      if (steps[from] >= 0 && steps[from] + 1 < steps[to]) {
        steps[to] = steps[from] + 1;
        changed = true;
      }
  }
}
