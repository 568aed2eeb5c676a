// Where edges lead to in a picture, in time linear in its edges and without recursion.
import type { Structure } from './structure.ts';

/** Not shown. */
export const hidden = -1;

/** What is shown of a structure. */
export interface View {
  /**
   * For each node what represents it: itself, its cluster (the cluster's ordinal plus the number of nodes), or `hidden`.
   */
  standIn: Int32Array;
  /** How many nodes a node has hidden by being collapsed, by the node's ordinal. */
  collapsed: Map<number, number>;
}

/** The nodes that edges come from and lead to, by node. */
export interface Neighbours {
  before: Map<number, number[]>;
  after: Map<number, number[]>;
}

/** Between nodes of the picture; edges inside a cluster that is drawn as one node are none. */
export function neighboursOf({ ends }: Structure, { standIn }: View): Neighbours {
  const neighbours: Neighbours = { before: new Map(), after: new Map() };
  for (let i = 0; i < ends.length; i += 2) {
    const [tail, head] = [standIn[ends[i]], standIn[ends[i + 1]]];
    if (tail === hidden || head === hidden || tail === head) continue;
    add(neighbours.after, tail, head);
    add(neighbours.before, head, tail);
  }
  return neighbours;
}

function add(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** The nodes with the most edges; of nodes with equally many those that come first. */
export function mostConnected({ before, after }: Neighbours, most: number): Set<number> {
  const edges = (node: number) => (before.get(node)?.length ?? 0) + (after.get(node)?.length ?? 0);
  const nodes = [...new Set([...before.keys(), ...after.keys()])];
  return new Set(nodes.sort((a, b) => edges(b) - edges(a) || a - b).slice(0, most));
}

/** All that is at most `steps` edges away, whichever way they go. */
export function within({ before, after }: Neighbours, start: Iterable<number>, steps: number): Set<number> {
  const found = new Set(start);
  let edge = [...found];
  for (let step = 0; step < steps && edge.length > 0; step++) {
    const next: number[] = [];
    for (const node of edge)
      for (const other of [...(after.get(node) ?? []), ...(before.get(node) ?? [])]) {
        if (found.has(other)) continue;
        found.add(other);
        next.push(other);
      }
    edge = next;
  }
  return found;
}

/**
 * How many edges each node is away from the nearest root: a node to which no edge leads, or of a circle to which nothing else
 * leads the node that comes first.
 */
export function distancesFromRoots(
  { before, after }: Neighbours,
  nodes: Iterable<number>,
): Map<number, number> {
  const distances = new Map<number, number>();
  const walk = (roots: number[]) => {
    for (const root of roots) distances.set(root, 0);
    // A list grows while it is gone through.
    for (const here of roots)
      for (const there of after.get(here) ?? []) {
        if (distances.has(there)) continue;
        distances.set(there, distances.get(here)! + 1);
        roots.push(there);
      }
  };
  const all = [...nodes];
  walk(all.filter((node) => !before.has(node)));
  for (const node of all) if (!distances.has(node)) walk([node]);
  return distances;
}

/** The most steps from the roots that lead to no more than so many nodes; 0 when the roots alone are more. */
export function stepsTo(distances: Map<number, number>, most: number): number {
  const counts: number[] = [];
  for (const distance of distances.values()) counts[distance] = (counts[distance] ?? 0) + 1;
  let steps = 0;
  let shown = counts[0] ?? 0;
  while (steps + 1 < counts.length && shown + counts[steps + 1] <= most) shown += counts[++steps];
  return steps;
}

/** All that a node leads to and that can be come to only through it, without the node itself. */
export function onlyThrough({ before, after }: Neighbours, node: number): Set<number> {
  const found = new Set([node]);
  // A set grows while it is gone through.
  for (const here of found) for (const there of after.get(here) ?? []) found.add(there);
  // A node with another way in stays, and so does what it leads to.
  const staying = [...found].filter(
    (each) => each !== node && before.get(each)?.some((from) => !found.has(from)),
  );
  for (let each = staying.pop(); each !== undefined; each = staying.pop()) {
    if (each === node || !found.delete(each)) continue;
    staying.push(...(after.get(each) ?? []));
  }
  found.delete(node);
  return found;
}
