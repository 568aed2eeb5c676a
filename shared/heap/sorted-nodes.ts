// Nodes by a number that each has, such as its retained size. A comparison in JavaScript for each step of a sort takes
// seconds for a million nodes; here the numbers alone are sorted, by the engine, and each node is put where its number is.

/**
 * A list of nodes in the order of their numbers; those with equal numbers keep their order.
 *
 * @param keys per node, its number (not NaN)
 * @example
 * sortedNodes(instances, analysis.retainedSizes, 'descending')[0]; // keeps most of the heap
 */
export function sortedNodes(
  nodes: Uint32Array,
  keys: ArrayLike<number>,
  direction: 'ascending' | 'descending',
): Uint32Array {
  const { length } = nodes;
  const sign = direction === 'ascending' ? 1 : -1;
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) values[i] = sign * keys[nodes[i]];
  values.sort();
  const placed = new Uint32Array(length);
  const sorted = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const first = firstPlace(values, sign * keys[nodes[i]]);
    sorted[first + placed[first]++] = nodes[i];
  }
  return sorted;
}

function firstPlace(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
