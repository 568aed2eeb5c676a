// The objects of one class, those that retain the most first.
import type { Classes } from './classes.ts';
import type { Sizes } from './sizes.ts';
import { sortedNodes } from './sorted-nodes.ts';

/** Some of the objects of a class, in their order. */
export interface InstancePage {
  /** How many there are in all. */
  total: number;
  /** Ordinals. */
  nodes: Uint32Array;
}

/**
 * All objects of a class that have bytes of their own: as many as the histogram counts.
 *
 * @param index of the class in `classes.list`
 * @param sizes bytes per node, `shallowSizes` and `retainedSizes`
 * @returns ordinals, by retained size
 */
export function instancesOf(
  classes: Classes,
  index: number,
  { shallowSizes, retainedSizes }: { shallowSizes: Sizes; retainedSizes: Sizes },
): Uint32Array {
  return sortedNodes(nodesOfClass(classes, index, shallowSizes), retainedSizes, 'descending');
}

/** The same objects, by ordinal. */
export function nodesOfClass({ ofNode }: Classes, index: number, shallowSizes: Sizes): Uint32Array {
  let count = 0;
  for (let node = 0; node < ofNode.length; node++)
    if (ofNode[node] === index && shallowSizes[node] !== 0) count++;
  const nodes = new Uint32Array(count);
  for (let node = 0, next = 0; next < count; node++)
    if (ofNode[node] === index && shallowSizes[node] !== 0) nodes[next++] = node;
  return nodes;
}

/**
 * `count` objects from position `from` on.
 *
 * @example
 * pageOf(analysis.instances(index), 0, 50);
 */
export function pageOf(instances: Uint32Array, from: number, count: number): InstancePage {
  return { total: instances.length, nodes: instances.subarray(from, from + count) };
}
