// Every analysis of a heap, by name: linear.mjs measures them, test/shared/heap/linear.test.ts counts what they look at.
import type { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { reachableOnlyThrough } from '../../../shared/heap/excluded.ts';
import { findPaths } from '../../../shared/heap/paths.ts';
import { snapshotGrowth } from '../../../shared/heap/snapshot-growth.ts';
import { findSuspects } from '../../../shared/heap/suspects/index.ts';

/** What is asked of a heap, given the one of a moment before; each may use what those above it have found. */
export const analyses: Record<string, (now: HeapAnalysis, before: HeapAnalysis) => unknown> = {
  distances: (now) => now.distances,
  'dominators and retained sizes': (now) => now.retainedSizes,
  types: (now) => now.histogram,
  strings: (now) => now.duplicateStrings,
  owners: (now) => now.owners,
  'what only one thing leads to': ({ graph }) =>
    reachableOnlyThrough(
      graph,
      Uint8Array.from({ length: graph.nodeCount }, (_, i) => Number(i === 1)),
    ),
  'what refers to each object': ({ objects, graph }) => {
    let count = 0;
    for (let node = 0; node < graph.nodeCount; node += 1) objects.eachReferrer(node, () => void count++);
    return count;
  },
  chain: (now) => ends(now).map((node) => findPaths(now.objects, node, { count: 1 })),
  growth: (now, before) => snapshotGrowth(before, now),
  'suspects of one': (now) => findSuspects([now]),
  'suspects of two': (now, before) => findSuspects([before, now]),
};

/** The first and the last object that the program of node-kinds.cjs made. */
function ends({ graph }: HeapAnalysis): number[] {
  const name = graph.strings.indexOf('Item');
  const nodes = [...graph.nodeNames.keys()].filter(
    (node) => graph.nodeNames[node] === name && graph.nodeTypes[node] === 3,
  );
  return nodes.length === 0 ? [] : [nodes[0], nodes[nodes.length - 1]];
}
