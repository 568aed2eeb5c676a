// Shallow sizes as DevTools shows them: what only one object owns of V8's hidden nodes (backing stores, hidden classes,
// the text of external strings) counts as its owner's. Source: DevTools, HeapSnapshot.ts (calculateShallowSizes).
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';
import { Scratch } from './scratch.ts';
import { summableSizes, type Sizes } from './sizes.ts';

const unowned = 0xffffffff;
const shared = 0xfffffffe;

/** Per node, its shallow size in bytes; the sum is that of the self sizes. */
export function shallowSizes(graph: HeapGraph, scratch = new Scratch(graph.nodeCount)): Sizes {
  const { nodeCount, nodeTypes, nodeNames, firstEdges, edgeTargets } = graph;
  const sizes = summableSizes(graph.selfSizes);
  if (!hasUserRoots(graph)) return sizes;
  const externalString = graph.strings.indexOf('system / ExternalStringData');
  const canBeOwned = (node: number): boolean => {
    const type = nodeTypes[node];
    return (
      type === NodeType.hidden ||
      type === NodeType.array ||
      (type === NodeType.native && nodeNames[node] === externalString)
    );
  };
  /** Of nodes that can be owned. */
  const owners = scratch.take().fill(unowned);
  // A node is looked at when its owner is found, and once more when a second one is.
  const stack = new Uint32Array(2 * nodeCount);
  let depth = 0;
  const own = (node: number, owner: number): void => {
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      const target = edgeTargets[edge];
      if (!canBeOwned(target) || graph.edgeType(edge) === EdgeType.weak) continue;
      const current = owners[target];
      if (current === owner || current === shared) continue;
      owners[target] = current === unowned ? owner : shared;
      stack[depth++] = target;
    }
  };
  for (let node = 0; node < nodeCount; node++) {
    if (canBeOwned(node)) continue;
    own(node, node);
    while (depth > 0) {
      const owned = stack[--depth];
      own(owned, owners[owned]);
    }
  }
  for (let node = 0; node < nodeCount; node++) {
    if (!canBeOwned(node)) continue;
    const owner = owners[node];
    if (owner === unowned || owner === shared) continue;
    if (owner === 0 || nodeTypes[owner] === NodeType.synthetic) continue;
    sizes[owner] += sizes[node];
    sizes[node] = 0;
  }
  scratch.giveBack(owners);
  return sizes;
}

/** A snapshot that was taken with V8's internals exposed has none, and shows every node for itself. */
function hasUserRoots({ firstEdges, edgeTargets, nodeTypes }: HeapGraph): boolean {
  for (let edge = firstEdges[0]; edge < firstEdges[1]; edge++)
    if (nodeTypes[edgeTargets[edge]] !== NodeType.synthetic) return true;
  return false;
}
