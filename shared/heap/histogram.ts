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
}

export interface Histogram extends ClassCounts {
  /** The least distance of an object of the class. */
  distances: Int32Array;
  /** Bytes that would be freed with all objects of the class; an object inside another of its class counts once. */
  retainedSizes: Float64Array;
}

/** What the histogram is made of: see `HeapAnalysis`. */
export interface CountsInput {
  classes: Classes;
  shallowSizes: Sizes;
}

export interface HistogramInput extends CountsInput {
  classCounts: ClassCounts;
  distances: { distances: Int32Array };
  retainedSizes: Sizes;
  dominatorTree: DominatorTree;
}

/** The histogram with distances and retained sizes. Cost: one pass over the nodes, and one walk down the dominator tree. */
export function computeHistogram(
  input: HistogramInput,
  scratch = new Scratch(input.shallowSizes.length),
): Histogram {
  return {
    ...input.classCounts,
    distances: classDistances(input),
    retainedSizes: classRetainedSizes(input, scratch),
  };
}

/** Counts the objects of each class. Cost: one pass over the nodes. */
export function countClasses(input: CountsInput): ClassCounts {
  const { ofNode, list } = input.classes;
  const { shallowSizes } = input;
  const counts = new Uint32Array(list.length);
  const sizes = new Float64Array(list.length);
  for (let node = 0; node < ofNode.length; node++) {
    const size = shallowSizes[node];
    if (size === 0) continue;
    const index = ofNode[node];
    counts[index]++;
    sizes[index] += size;
  }
  return { counts, shallowSizes: sizes };
}

/** Per class, the least distance of its objects that count; 0 where there are none. */
function classDistances({ classes, shallowSizes, distances: { distances } }: HistogramInput): Int32Array {
  const { ofNode, list } = classes;
  const farthest = 2 ** 31 - 1;
  const least = new Int32Array(list.length).fill(farthest);
  for (let node = 0; node < ofNode.length; node++) {
    const index = ofNode[node];
    if (shallowSizes[node] !== 0 && distances[node] < least[index]) least[index] = distances[node];
  }
  return least.map((distance) => (distance === farthest ? 0 : distance));
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
