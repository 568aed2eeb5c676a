// The merged picture as data: groups of objects, and the references between them. See `mergeReferrers`,
// `mergeReferences`.
import type { Direction } from './selection.ts';

/** Between two groups, at most so many names are edges of their own. */
const maxNames = 5;

/** Objects of one class that refer to the objects of another group by one name, or that are referred to so. */
export interface MergedNode {
  className: string;
  /** What identifies the object, if it is only one: a module's file, a function's place. */
  description: string;
  count: number;
  /** Bytes that would be freed with all of them. */
  bytes: number;
  depth: number;
  /** The ordinal of the first. */
  example: number;
  isStart: boolean;
  /** Whether the search ends here: a module, the global object. */
  isRoot: boolean;
  /** Neighbours that were too many to draw. */
  skipped: number;
}

/** References between two groups, by one name. */
export interface MergedEdge {
  /** Indices in `nodes`, from the objects that refer to those that are referred to. */
  owner: number;
  target: number;
  /** `cache`, `[…]`, `value`. */
  label: string;
  /** How many references. */
  count: number;
  /** Retained bytes of the objects that they lead to, each counted once. */
  bytes: number;
}

export interface MergedGraph {
  direction: Direction;
  /** The first is the group of the start objects. */
  nodes: MergedNode[];
  edges: MergedEdge[];
}

/** References between two groups by too many names to read are one edge. */
export function withoutManyNames(edges: MergedEdge[], nodes: readonly MergedNode[]): MergedEdge[] {
  const pairs = new Map<string, MergedEdge[]>();
  for (const { owner, target, label, count, bytes } of edges) {
    const pair = `${owner} ${target}`;
    const known = pairs.get(pair) ?? [];
    pairs.set(pair, known);
    known.push({ owner, target, label, count, bytes });
  }
  return [...pairs.values()].flatMap((names) => {
    if (names.length <= maxNames) return names;
    const sum = (of: (edge: MergedEdge) => number): number =>
      names.reduce((total, edge) => total + of(edge), 0);
    const [{ owner, target }] = names;
    const bytes = Math.min(
      nodes[target].bytes,
      sum((edge) => edge.bytes),
    );
    return { owner, target, label: `${names.length} names`, count: sum((edge) => edge.count), bytes };
  });
}
