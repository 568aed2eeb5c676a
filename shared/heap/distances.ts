// How many references each node is away from the program's global objects; what only V8 itself reaches comes far behind.
// Source: DevTools, HeapSnapshot.ts (calculateDistances, and JSHeapSnapshot's filter).
import type { Ephemerons } from './ephemerons.ts';
import type { HeapGraph } from './heap-graph.ts';
import { EdgeType, NodeType } from './node-types.ts';
import { Scratch } from './scratch.ts';
import { startsDistances } from './user-roots.ts';

/** The distance of V8's root: everything from here up is reached by V8 only. */
export const baseSystemDistance = 100_000_000;
/** The distance of what nothing reaches. */
export const noDistance = -5;

export interface Distances {
  /** Per node, its distance. */
  distances: Int32Array;
  /** Where the search from the user roots came to over strong edges, and did not go on. */
  unfollowed: readonly number[];
}

/** Distances by breadth-first search, first from the user roots, then from V8's. */
export function computeDistances(
  graph: HeapGraph,
  ephemerons: Ephemerons,
  scratch = new Scratch(graph.nodeCount),
): Distances {
  const { nodeCount, firstEdges, edgeTargets, nodeTypes, nodeNames, strings } = graph;
  const distances = new Int32Array(nodeCount).fill(noDistance);
  const queue = scratch.take();
  const unfollowed: number[] = [];
  // A WeakMap's value counts when both of its edges were seen: the key and the table are there by then.
  const seenOnce = new Uint8Array(ephemerons.count + 1);
  const mapDescriptors = strings.indexOf('(map descriptors)');
  const nativeContext = strings.indexOf('system / NativeContext');
  const sloppyFunctionMap = strings.indexOf('sloppy_function_map');
  const hasEphemerons = ephemerons.count > 0;
  let tail = 0;

  const search = (): void => {
    for (let head = 0; head < tail; head++) {
      const node = queue[head];
      const next = distances[node] + 1;
      const isDescriptors = nodeTypes[node] === NodeType.array && nodeNames[node] === mapDescriptors;
      const isNativeContext = nodeTypes[node] === NodeType.hidden && nodeNames[node] === nativeContext;
      for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++) {
        const type = graph.edgeType(edge);
        const target = edgeTargets[edge];
        if (type === EdgeType.weak || distances[target] !== noDistance) continue;
        let isFollowed = true;
        if (isNativeContext || isDescriptors) {
          const name = graph.edgeNumber(edge);
          const isIndex = type === EdgeType.element || type === EdgeType.hidden;
          isFollowed =
            !(isNativeContext && name === sloppyFunctionMap && !isIndex) &&
            !(isDescriptors && isDescriptorKey(isIndex ? name : parseInt(strings.get(name), 10)));
        }
        if (isFollowed && type === EdgeType.internal && hasEphemerons) {
          const pair = ephemerons.pairs[graph.edgeNumber(edge)];
          if (pair !== 0) {
            seenOnce[pair] ^= 1;
            isFollowed = seenOnce[pair] === 0;
          }
        }
        if (!isFollowed) {
          unfollowed.push(target);
          continue;
        }
        distances[target] = next;
        queue[tail++] = target;
      }
    }
  };

  for (let edge = firstEdges[0]; edge < firstEdges[1]; edge++) {
    const node = edgeTargets[edge];
    if (!startsDistances(graph, node)) continue;
    if (distances[node] === noDistance) queue[tail++] = node;
    distances[node] = 1;
  }
  const hasUserRoots = tail > 0;
  search();
  const { length } = unfollowed;
  distances[0] = hasUserRoots ? baseSystemDistance : 0;
  queue[0] = 0;
  tail = 1;
  search();
  scratch.giveBack(queue);
  unfollowed.length = length;
  return { distances, unfollowed };
}

/** Descriptor arrays are shared by hidden classes; their keys would lead from any object to any other. */
function isDescriptorKey(index: number): boolean {
  return index >= 2 && index % 3 === 1;
}
