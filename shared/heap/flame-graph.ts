// An allocation tree as a flame graph: how wide each call is, without those that are too small to be seen.
import type { AllocationTree } from './allocation-tree.ts';

export interface FlameNode {
  /** Its place in the list; -1 for the root. */
  parent: number;
  /** Its place in `frames` of the tree. */
  frame: number;
  /** Bytes of its own. */
  self: number;
  /** Bytes with all that it called. */
  total: number;
}

/**
 * The nodes of a flame graph, in the order of a walk. Of a difference of two moments, only what became more has a width.
 *
 * @param least the part of the whole below which a node is left out, with all that it called
 * @param most nodes at most: the widest ones
 */
export function flameNodes(
  { parents, frameOf, bytes }: AllocationTree,
  least: number,
  most = 10_000,
): FlameNode[] {
  const widths = bytes.map((own) => Math.max(0, own));
  for (let node = widths.length - 1; node > 0; node--) widths[parents[node]] += widths[node];
  const narrowest = Math.max((widths[0] ?? 0) * least, widthOfRank(widths, most));
  const places = new Int32Array(widths.length).fill(-1);
  const nodes: FlameNode[] = [];
  for (let node = 0; node < widths.length && nodes.length < most; node++) {
    const isSeen =
      node === 0 || (widths[node] > 0 && widths[node] >= narrowest && places[parents[node]] >= 0);
    if (!isSeen) continue;
    places[node] = nodes.length;
    nodes.push({
      parent: node === 0 ? -1 : places[parents[node]],
      frame: frameOf[node],
      self: Math.max(0, bytes[node]),
      total: widths[node],
    });
  }
  return nodes;
}

/** The width of the node that comes at a place, the widest first; 0 where there are not so many. */
function widthOfRank(widths: Float64Array, rank: number): number {
  return widths.length <= rank ? 0 : widths.toSorted()[widths.length - rank];
}
