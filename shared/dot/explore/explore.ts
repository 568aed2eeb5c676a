// What operations leave of a graph. Names that the graph does not have are passed over: the file may have changed.
import type { Operation } from './operation.ts';
import {
  distancesFromRoots,
  mostConnected,
  neighboursOf,
  onlyThrough,
  within,
  hidden,
  type View,
} from './reach.ts';
import type { Structure } from './structure.ts';

export { hidden, type View } from './reach.ts';

export function explore(structure: Structure, operations: readonly Operation[]): View {
  const view: View = {
    standIn: Int32Array.from(structure.nodes, (_, i) => i),
    collapsed: new Map(),
  };
  for (const operation of operations) perform(operation, structure, view);
  for (const node of view.collapsed.keys()) if (!isShown(view, node)) view.collapsed.delete(node);
  return view;
}

/** A node of the picture: a node of the graph, or a cluster that is drawn as one. */
const isShown = ({ standIn }: View, vertex: number) => standIn.includes(vertex);

function perform(operation: Operation, structure: Structure, view: View): void {
  const { standIn } = view;
  const { nodes, clusters } = structure;
  switch (operation.kind) {
    case 'hide': {
      hide(view, verticesCalled(operation.nodes, structure, view));
      for (const cluster of clusters)
        if (operation.clusters.includes(cluster.name))
          for (const node of cluster.nodes) standIn[node] = hidden;
      return;
    }
    case 'keep':
      return keep(view, verticesCalled(operation.nodes, structure, view));
    case 'near': {
      const start = verticesCalled(operation.nodes, structure, view);
      // Without a beginning there is nothing near it: rather all than nothing.
      if (start.size === 0) return;
      return keep(view, within(neighboursOf(structure, view), start, operation.steps));
    }
    case 'roots': {
      const near = [...distancesOf(structure, view)].filter(([, distance]) => distance <= operation.steps);
      return keep(view, new Set(near.map(([vertex]) => vertex)));
    }
    case 'connected':
      return keep(view, mostConnected(neighboursOf(structure, view), operation.most));
    case 'fold': {
      const index = clusters.findIndex(({ name }) => name === operation.cluster);
      for (const node of clusters[index]?.nodes ?? [])
        if (standIn[node] !== hidden) standIn[node] = nodes.length + index;
      return;
    }
    case 'collapse':
      for (const vertex of verticesCalled([operation.node], structure, view)) {
        const gone = onlyThrough(neighboursOf(structure, view), vertex);
        hide(view, gone);
        if (gone.size > 0) view.collapsed.set(vertex, gone.size + (view.collapsed.get(vertex) ?? 0));
      }
      return;
    case 'reveal':
      for (const vertex of verticesCalled([operation.node], structure, view))
        for (const node of hiddenNeighbours(structure, view).get(vertex) ?? []) standIn[node] = node;
  }
}

/** From the roots of what is shown, by vertex. */
export function distancesOf(structure: Structure, view: View): Map<number, number> {
  const vertices = new Set(view.standIn);
  vertices.delete(hidden);
  return distancesFromRoots(neighboursOf(structure, view), vertices);
}

function hide({ standIn }: View, gone: Set<number>): void {
  standIn.forEach((vertex, node) => {
    if (gone.has(vertex)) standIn[node] = hidden;
  });
}

function keep({ standIn }: View, kept: Set<number>): void {
  // Names of an older file are no reason to show nothing.
  if (kept.size === 0) return;
  standIn.forEach((vertex, node) => {
    if (!kept.has(vertex)) standIn[node] = hidden;
  });
}

/** For each node of the picture its neighbours in the graph that are hidden. */
export function hiddenNeighbours({ ends }: Structure, { standIn }: View): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>();
  const note = (here: number, there: number) => {
    const vertex = standIn[here];
    if (vertex === hidden || standIn[there] !== hidden) return;
    const neighbours = found.get(vertex);
    if (neighbours) neighbours.add(there);
    else found.set(vertex, new Set([there]));
  };
  for (let i = 0; i < ends.length; i += 2) {
    note(ends[i], ends[i + 1]);
    note(ends[i + 1], ends[i]);
  }
  return found;
}

/** What a node of the picture is called; a cluster that is drawn as a node keeps its name, unless a node has it. */
export function nameOfVertex({ nodes, indexOf, clusters }: Structure, vertex: number): string {
  if (vertex < nodes.length) return nodes[vertex];
  let { name } = clusters[vertex - nodes.length];
  while (indexOf.has(name)) name += '′';
  return name;
}

/** Those of the names that the picture has at this moment. */
function verticesCalled(names: readonly string[], structure: Structure, view: View): Set<number> {
  const wanted = new Set(names);
  return new Set(
    view.standIn.filter((vertex) => vertex !== hidden && wanted.has(nameOfVertex(structure, vertex))),
  );
}

/** Without what hides something behind a node: its cluster is drawn again, or what it led to; null when there is no such. */
export function expanded(operations: readonly Operation[], name: string): Operation[] | null {
  const at = operations.findLastIndex(
    (operation) =>
      (operation.kind === 'fold' && operation.cluster === name) ||
      (operation.kind === 'collapse' && operation.node === name),
  );
  return at < 0 ? null : operations.toSpliced(at, 1);
}
