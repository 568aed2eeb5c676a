// How many objects of each class there are, and their bytes, as DevTools' summary shows them. Source: DevTools,
// HeapSnapshot.ts (buildAggregates, calculateClassesRetainedSize).
import type { Classes } from './classes.ts';
import type { DominatorChildren } from './dominator-children.ts';
import type { DominatorTree } from './dominators.ts';
import { groupRetainedSizes, noGroup } from './group-retained-sizes.ts';

/** Per class, indexed as `Classes.list`. Nodes of no bytes (their owner has them) are not counted. */
export interface Histogram {
  counts: Uint32Array;
  /** Bytes. */
  shallowSizes: Float64Array;
  /** Bytes that would be freed with all objects of the class; an object inside another of its class counts once. */
  retainedSizes: Float64Array;
  /** The least distance of an object of the class. */
  distances: Int32Array;
}

/** What the histogram is made of: see `HeapAnalysis`. */
export interface HistogramInput {
  classes: Classes;
  shallowSizes: Float64Array;
  retainedSizes: Float64Array;
  distances: { distances: Int32Array };
  dominatorTree: DominatorTree;
  dominatorChildren: DominatorChildren;
}

/** Counts the objects of each class. Cost: one pass over the nodes, and one walk down the dominator tree. */
export function computeHistogram(input: HistogramInput): Histogram {
  const { ofNode, list } = input.classes;
  const { shallowSizes } = input;
  const { distances } = input.distances;
  const histogram: Histogram = {
    counts: new Uint32Array(list.length),
    shallowSizes: new Float64Array(list.length),
    retainedSizes: classRetainedSizes(input),
    distances: new Int32Array(list.length),
  };
  for (let node = 0; node < ofNode.length; node++) {
    if (shallowSizes[node] === 0) continue;
    const index = ofNode[node];
    if (histogram.counts[index]++ === 0 || distances[node] < histogram.distances[index])
      histogram.distances[index] = distances[node];
    histogram.shallowSizes[index] += shallowSizes[node];
  }
  return histogram;
}

/** Per class, the bytes of the objects that no other one of their class dominates. */
function classRetainedSizes(input: HistogramInput): Float64Array {
  const counted = input.classes.ofNode.slice();
  for (let node = 0; node < counted.length; node++)
    if (input.shallowSizes[node] === 0) counted[node] = noGroup;
  return groupRetainedSizes(counted, input.classes.list.length, input);
}
