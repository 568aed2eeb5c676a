// How many objects of each class there are, and their bytes, as DevTools' summary shows them. Source: DevTools,
// HeapSnapshot.ts (buildAggregates, calculateClassesRetainedSize).
import type { Classes } from './classes.ts';
import type { DominatorTree } from './dominators.ts';
import { groupRetainedSizes, noGroup } from './group-retained-sizes.ts';
import { Scratch } from './scratch.ts';
import type { Sizes } from './sizes.ts';

/** Per class, indexed as `Classes.list`. Nodes of no bytes (their owner has them) are not counted. */
export interface ClassCounts {
  counts: Uint32Array;
  /** Bytes. */
  shallowSizes: Float64Array;
  /** The least distance of an object of the class. */
  distances: Int32Array;
}

export interface Histogram extends ClassCounts {
  /** Bytes that would be freed with all objects of the class; an object inside another of its class counts once. */
  retainedSizes: Float64Array;
}

/** What the histogram is made of: see `HeapAnalysis`. */
export interface CountsInput {
  classes: Classes;
  shallowSizes: Sizes;
  distances: { distances: Int32Array };
}

export interface HistogramInput extends CountsInput {
  classCounts: ClassCounts;
  retainedSizes: Sizes;
  dominatorTree: DominatorTree;
}

/** The histogram with retained sizes. Cost: one walk down the dominator tree. */
export function computeHistogram(
  input: HistogramInput,
  scratch = new Scratch(input.shallowSizes.length),
): Histogram {
  return { ...input.classCounts, retainedSizes: classRetainedSizes(input, scratch) };
}

/** Counts the objects of each class. Cost: one pass over the nodes. */
export function countClasses(input: CountsInput): ClassCounts {
  const { ofNode, list } = input.classes;
  const { shallowSizes } = input;
  const { distances } = input.distances;
  const counted: ClassCounts = {
    counts: new Uint32Array(list.length),
    shallowSizes: new Float64Array(list.length),
    distances: new Int32Array(list.length),
  };
  for (let node = 0; node < ofNode.length; node++) {
    if (shallowSizes[node] === 0) continue;
    const index = ofNode[node];
    if (counted.counts[index]++ === 0 || distances[node] < counted.distances[index])
      counted.distances[index] = distances[node];
    counted.shallowSizes[index] += shallowSizes[node];
  }
  return counted;
}

/** Per class, the bytes of the objects that no other one of their class dominates. */
function classRetainedSizes(input: HistogramInput, scratch: Scratch): Float64Array {
  // Taken out of the loop: each is computed, or looked up, when it is asked for.
  const { classes, shallowSizes } = input;
  const { ofNode, list } = classes;
  const counted = scratch.take();
  for (let node = 0; node < ofNode.length; node++)
    counted[node] = shallowSizes[node] === 0 ? noGroup : ofNode[node];
  const sizes = groupRetainedSizes(counted, list.length, input);
  scratch.giveBack(counted);
  return sizes;
}
