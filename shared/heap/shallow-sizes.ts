// Shallow sizes as DevTools shows them: what only one object owns of V8's hidden nodes (backing stores, hidden classes,
// the text of external strings) counts as its owner's. Source: DevTools, HeapSnapshot.ts (calculateShallowSizes).
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';

const unowned = 0xffffffff;
const shared = 0xfffffffe;

/** Per node, its shallow size in bytes; the sum is that of the self sizes. */
export function shallowSizes(graph: HeapGraph): Float64Array {
  const { nodeCount, nodeTypes, firstEdges, edgeTypes, edgeTargets } = graph;
  const sizes = graph.selfSizes.slice();
  if (!hasUserRoots(graph)) return sizes;
  const owners = new Uint32Array(nodeCount);
  // A node is looked at again when its owner is found, and once more when a second one is.
  const stack = new Uint32Array(2 * nodeCount);
  let depth = 0;
  const externalString = graph.strings.indexOf('system / ExternalStringData');
  for (let node = 0; node < nodeCount; node++) {
    const type = nodeTypes[node];
    const canBeOwned =
      type === NodeType.hidden ||
      type === NodeType.array ||
      (type === NodeType.native && graph.nodeNames[node] === externalString);
    owners[node] = canBeOwned ? unowned : node;
    if (!canBeOwned) stack[depth++] = node;
  }
  while (depth > 0) {
    const node = stack[--depth];
    const owner = owners[node];
    for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
      if (edgeTypes[edge] === EdgeType.weak) continue;
      const target = edgeTargets[edge];
      const current = owners[target];
      if (current === unowned) owners[target] = owner;
      else if (current === target || current === owner || current === shared) continue;
      else owners[target] = shared;
      stack[depth++] = target;
    }
  }
  for (let node = 0; node < nodeCount; node++) {
    const owner = owners[node];
    if (owner === unowned || owner === shared || owner === node) continue;
    if (owner === 0 || nodeTypes[owner] === NodeType.synthetic) continue;
    sizes[owner] += sizes[node];
    sizes[node] = 0;
  }
  return sizes;
}

/** A snapshot that was taken with V8's internals exposed has none, and shows every node for itself. */
function hasUserRoots({ firstEdges, edgeTargets, nodeTypes }: HeapGraph): boolean {
  for (let edge = firstEdges[0]; edge < firstEdges[1]; edge++)
    if (nodeTypes[edgeTargets[edge]] !== NodeType.synthetic) return true;
  return false;
}
