// What an object refers to and what refers to it, as rows: the references of the program, and behind these the weak ones,
// which hold nothing.
import { EdgeType } from '../../shared/heap/node-types.ts';
import { sortedNodes } from '../../shared/heap/sorted-nodes.ts';
import type { LeftOut, Page, ReferenceRow } from '../../shared/protocol/heap.ts';
import type { Direction } from '../../shared/heap/selection.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { pageOf, type Part } from './pages.ts';

/** References by the edges that enter their targets. */
interface References {
  nodes: number[];
  edges: number[];
  /** How many hold what they lead to: the rest is weak. */
  strong: number;
}

/** Further references are counted exactly up to here; of a crowd, edges are. */
const crowd = 1000;

const nothing: LeftOut = { ids: [], edges: [] };

export function referencePage(
  snapshot: LoadedSnapshot,
  node: number,
  direction: Direction,
  part: Part,
  leaveOut: LeftOut = nothing,
): Page<ReferenceRow> {
  const found = snapshot.keep(['references', node, direction].join(), () =>
    referencesOf(snapshot, node, direction),
  );
  const { ids, edges: edgesOut } = leaveOut;
  const all = Array.from(found.nodes.keys());
  const wanted =
    ids.length + edgesOut.length === 0
      ? all
      : all.filter(
          (i) => !ids.includes(snapshot.graph.nodeIds[found.nodes[i]]) && !edgesOut.includes(found.edges[i]),
        );
  return pageOf(wanted, part, (i) => {
    const [owner, edge, isWeak] = [
      direction === 'references' ? node : found.nodes[i],
      found.edges[i],
      i >= found.strong,
    ];
    return {
      edge: isWeak ? snapshot.graph.edgeName(edge) : snapshot.describer.references.of(owner, edge),
      edgeIndex: edge,
      isWeak,
      object: snapshot.row(found.nodes[i]),
      further: countReferences(snapshot, found.nodes[i], direction),
      isRoot: snapshot.analysis.objects.isRoot(found.nodes[i]),
    };
  });
}

/** The nearest to a root first, of those that refer to a node; in the order of properties, of those it refers to. */
function referencesOf(snapshot: LoadedSnapshot, node: number, direction: Direction): References {
  const { objects, distances } = snapshot.analysis;
  const found: References = { nodes: [], edges: [], strong: 0 };
  const take = (other: number, edge: number): void => {
    found.nodes.push(other);
    found.edges.push(edge);
  };
  if (direction === 'references') objects.eachReference(node, take);
  else objects.eachReferrer(node, take);
  found.strong = found.nodes.length;
  eachWeak(snapshot, node, direction, take);
  if (direction === 'references') return found;
  // V8's own roots have no distance to speak of: they come last.
  const keys = found.nodes.map((other, i) =>
    i < found.strong ? (objects.isSynthetic(other) ? 2 ** 30 : distances.distances[other] >>> 0) : 2 ** 40,
  );
  const order = sortedNodes(Uint32Array.from(keys.keys()), keys, 'ascending');
  return {
    nodes: Array.from(order, (i) => found.nodes[i]),
    edges: Array.from(order, (i) => found.edges[i]),
    strong: found.strong,
  };
}

function eachWeak(
  { graph, analysis: { objects, retainers } }: LoadedSnapshot,
  node: number,
  direction: Direction,
  take: (other: number, edge: number) => void,
): void {
  const visit = (other: number, edge: number): void => {
    if (graph.edgeType(edge) === EdgeType.weak && objects.isVisible(other)) take(other, edge);
  };
  if (direction === 'references')
    for (let edge = graph.firstEdges[node]; edge < graph.firstEdges[node + 1]; edge++)
      visit(graph.edgeTargets[edge], edge);
  else
    for (let slot = retainers.first[node]; slot < retainers.first[node + 1]; slot++)
      visit(retainers.nodes[slot], retainers.edges[slot]);
}

/** How many references of the program there are; V8's own roots do not count. */
export function countReferences(
  { graph, analysis: { objects, retainers } }: LoadedSnapshot,
  node: number,
  direction: Direction,
): number {
  const first = direction === 'references' ? graph.firstEdges : retainers.first;
  const edges = first[node + 1] - first[node];
  if (edges > crowd) return edges;
  if (direction === 'referrers') return objects.countReferrers(node);
  let count = 0;
  objects.eachReference(node, () => count++);
  return count;
}
