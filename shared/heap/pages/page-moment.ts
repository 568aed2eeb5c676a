// What must be remembered of a heap to compare it with a later one: which objects there were, how many references each had
// and how large it was with its stores and texts. The snapshot itself need not stay in memory.
import type { HeapAnalysis } from '../analysis.ts';
import { isMapKey } from '../hash-tables.ts';
import { NodeType } from '../node-types.ts';
import { isString } from '../roots.ts';
import type { ReachTree } from '../suspects/reach-tree.ts';
import { sortedIds } from './births.ts';

export interface PageMoment {
  /** All ids, ascending. */
  ids: Uint32Array;
  /** Ids of the objects that may be collections, ascending, and for each: */
  owners: Uint32Array;
  /** how many references it and its stores have to other objects or texts, */
  references: Uint32Array;
  /** and the bytes of it, its stores and the texts that it holds. */
  bytes: Float64Array;
}

/** References and bytes of each object of a heap, by ordinal: what `PageMoment` keeps of it. */
export interface OwnedSizes {
  references: Uint32Array;
  bytes: Float64Array;
}

/** Counts over the tree of what a page reaches. Cost: one look at every edge. */
export function ownedSizes({ graph, objects, shallowSizes }: HeapAnalysis, tree: ReachTree): OwnedSizes {
  const { nodeTypes, nodeNames, firstEdges, edgeTargets } = graph;
  const map = graph.strings.indexOf('Map');
  const references = new Uint32Array(graph.nodeCount);
  // An entry of a Map has a key and a value, and either may be a number, which no snapshot has.
  const keys = new Map<number, number>();
  const bytes = new Float64Array(graph.nodeCount);
  for (const source of tree.order) {
    const isVisible = objects.isVisible(source);
    const owner = isVisible ? source : tree.owners[source];
    if (owner < 0) continue;
    // A text is as large as its parts, and belongs to what holds it.
    const isText = isString(nodeTypes[source]);
    const holder = isText || isString(nodeTypes[owner]) ? textHolder(tree, nodeTypes, source) : owner;
    if (holder >= 0) bytes[holder] += shallowSizes[source];
    if (isText || nodeTypes[owner] === NodeType.native || nodeTypes[owner] === NodeType.synthetic) continue;
    const isTable = source !== owner && nodeNames[owner] === map && nodeTypes[source] === NodeType.array;
    for (let edge = firstEdges[source]; edge < firstEdges[source + 1]; edge++) {
      if (!objects.follows(source, edge) || !objects.isVisible(objects.canonical(edgeTargets[edge])))
        continue;
      if (isTable && isMapKey(graph.selfSizes[source], Number(graph.edgeName(edge))))
        keys.set(owner, (keys.get(owner) ?? 0) + 1);
      else references[owner]++;
    }
  }
  for (const [owner, count] of keys) references[owner] = Math.max(references[owner], count);
  return { references, bytes };
}

function textHolder(tree: ReachTree, nodeTypes: Uint8Array, text: number): number {
  let node = text;
  while (node >= 0 && isString(nodeTypes[node])) node = tree.owners[node];
  return node;
}

/** An object with so many references or bytes may be a collection. */
const least = { references: 1, bytes: 512 };

export function pageMoment(analysis: HeapAnalysis, { references, bytes }: OwnedSizes): PageMoment {
  const { nodeIds, nodeCount } = analysis.graph;
  const found: number[] = [];
  for (let node = 0; node < nodeCount; node++)
    if (references[node] >= least.references || bytes[node] >= least.bytes) found.push(node);
  found.sort((a, b) => nodeIds[a] - nodeIds[b]);
  return {
    ids: sortedIds(analysis.graph),
    owners: Uint32Array.from(found, (node) => nodeIds[node]),
    references: Uint32Array.from(found, (node) => references[node]),
    bytes: Float64Array.from(found, (node) => bytes[node]),
  };
}

/** The place of an object in `owners`, or -1. */
export function placeOf({ owners }: PageMoment, id: number): number {
  let low = 0;
  let high = owners.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    if (owners[middle] === id) return middle;
    if (owners[middle] < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
