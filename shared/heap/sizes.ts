// Bytes per node. A heap of less than 4 GiB, as nearly every one is, needs half the memory for them.

/** Bytes, for each node: 32 bits wide where all of them fit. @beta */
export type Sizes = Uint32Array | Float64Array;

/** The most that 32 bits hold. */
export const largestNarrowSize = 0xffffffff;

/** A copy of `sizes` in which any of them can grow to the sum of all. */
export function summableSizes(sizes: Sizes): Sizes {
  return sumOf(sizes) > largestNarrowSize ? Float64Array.from(sizes) : sizes.slice();
}

/** All of them together. */
export function sumOf(sizes: Sizes): number {
  let sum = 0;
  for (let node = 0; node < sizes.length; node++) sum += sizes[node];
  return sum;
}
