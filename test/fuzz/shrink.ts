// A real snapshot made small, so that many mutations of it can be tried: the nodes nearest to the root, with the edges
// between them, in the layout of the version that wrote it.
import type { SnapshotJson } from '../shared/heap/build-graph.ts';

/** The first `most` nodes that a search from the root comes to. */
export function shrink(snapshot: SnapshotJson, most: number): SnapshotJson {
  const { node_fields: nodeFields, edge_fields: edgeFields } = snapshot.snapshot.meta;
  const [width, edgeWidth] = [nodeFields.length, edgeFields.length];
  const field = (name: string): number => nodeFields.indexOf(name);
  const firstEdge = [0];
  for (let at = field('edge_count'); at < snapshot.nodes.length; at += width)
    firstEdge.push(firstEdge.at(-1)! + snapshot.nodes[at]);

  const kept = new Map([[0, 0]]);
  for (const node of kept.keys())
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1] && kept.size < most; edge++) {
      const target = snapshot.edges[edge * edgeWidth + 2] / width;
      if (!kept.has(target)) kept.set(target, kept.size);
    }
  const strings = new Map<number, number>();
  const string = (index: number): number => {
    if (!strings.has(index)) strings.set(index, strings.size);
    return strings.get(index)!;
  };
  const edgeTypes = (snapshot.snapshot.meta.edge_types as string[][])[0];
  const nodes: number[] = [];
  const edges: number[] = [];
  for (const node of kept.keys()) {
    const row = snapshot.nodes.slice(node * width, (node + 1) * width);
    row[field('name')] = string(row[field('name')]);
    row[field('edge_count')] = 0;
    for (let edge = firstEdge[node]; edge < firstEdge[node + 1]; edge++) {
      const [type, name, to] = snapshot.edges.slice(edge * edgeWidth, (edge + 1) * edgeWidth);
      const target = kept.get(to / width);
      if (target === undefined) continue;
      row[field('edge_count')]++;
      const isIndex = edgeTypes[type] === 'element' || edgeTypes[type] === 'hidden';
      edges.push(type, isIndex ? name : string(name), target * width);
    }
    nodes.push(...row);
  }
  const locationWidth = (snapshot.snapshot.meta.location_fields as string[]).length;
  const locations: number[] = [];
  for (let at = 0; at < snapshot.locations.length; at += locationWidth) {
    const node = kept.get(snapshot.locations[at] / width);
    if (node === undefined) continue;
    locations.push(node * width, ...snapshot.locations.slice(at + 1, at + locationWidth));
  }
  return {
    ...snapshot,
    snapshot: { ...snapshot.snapshot, node_count: kept.size, edge_count: edges.length / edgeWidth },
    nodes,
    edges,
    locations,
    strings: [...strings.keys()].map((index) => snapshot.strings[index]),
  };
}
