// The objects of a class, in the order that is asked for.
import { nodesOfClass } from '../../shared/heap/instances.ts';
import { sortedNodes } from '../../shared/heap/sorted-nodes.ts';
import type { HeapRequests, ObjectRow, Page, SortDirection } from '../../shared/protocol/heap.ts';
import { newNodes } from './growth-rows.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { matcher, pageOf, sortedBy } from './pages.ts';

type InstancesParams = Omit<HeapRequests['heap.instances']['params'], 'snapshot' | 'newSince'>;

/** @param before the snapshot whose objects are left out; null for none */
export function instancePage(
  snapshot: LoadedSnapshot,
  params: InstancesParams,
  before: LoadedSnapshot | null,
): Page<ObjectRow> {
  return pageOf(instanceNodes(snapshot.unredacted, params, before), params, (node: number) =>
    snapshot.row(node),
  );
}

/** Ordinals. */
function instanceNodes(
  snapshot: LoadedSnapshot,
  { type, sort, direction, filter }: Omit<InstancesParams, 'offset' | 'limit'>,
  before: LoadedSnapshot | null,
): Uint32Array {
  const { analysis } = snapshot;
  if (type >= analysis.classes.list.length) throw new Error(`${snapshot.name} has no class number ${type}`);
  if (sort === 'retainedSize' && direction === 'descending' && filter === '' && !before)
    return analysis.instances(type);
  return snapshot.keep(['instances', type, sort, direction, filter, before?.number].join(), () => {
    const all = nodesOfClass(analysis.classes, type, analysis.shallowSizes);
    const wanted = before ? newNodes(before, snapshot, all) : all;
    return sorted(snapshot, filtered(snapshot, wanted, filter), sort, direction);
  });
}

function filtered({ describer, graph }: LoadedSnapshot, nodes: Uint32Array, filter: string): Uint32Array {
  if (filter === '') return nodes;
  const matches = matcher(filter);
  return nodes.filter((node) => matches(describer.names.describe(node), `@${graph.nodeIds[node]}`));
}

function sorted(
  { analysis, graph, describer }: LoadedSnapshot,
  nodes: Uint32Array,
  sort: InstancesParams['sort'],
  direction: SortDirection,
): Uint32Array {
  switch (sort) {
    case 'id':
      return sortedNodes(nodes, graph.nodeIds, direction);
    case 'shallowSize':
      return sortedNodes(nodes, analysis.shallowSizes, direction);
    case 'retainedSize':
      return sortedNodes(nodes, analysis.retainedSizes, direction);
    case 'distance':
      return sortedNodes(nodes, analysis.distances.distances, direction);
    case 'name':
      return Uint32Array.from(sortedBy([...nodes], (node) => describer.names.describe(node), direction));
  }
}
