// One picture of what refers to thousands of objects, or of what they refer to: level by level, merged by class and by the
// name of the reference. Twenty thousand objects in one Map are two boxes and an edge.
import type { HeapAnalysis } from './analysis.ts';
import { groupRetainedSizes, noGroup } from './group-retained-sizes.ts';
import { withoutManyNames, type MergedEdge, type MergedGraph, type MergedNode } from './merged-graph.ts';
import { MergedNames } from './merged-names.ts';
import { isString } from './roots.ts';
import type { Direction } from './selection.ts';

export interface MergeOptions {
  /** Steps away from the objects (default 8). */
  maxDepth?: number;
  /** Groups drawn next to each group, those with most references first (default 10); the rest is counted. */
  tooMany?: number;
  /** Groups drawn in all, the nearest first (default 40). */
  mostGroups?: number;
  /** File names inside this folder are shown relative to it. */
  folder?: string;
  /** Strings are left out, except for their length. */
  redacted?: boolean;
}

/**
 * The back references of many objects, merged.
 *
 * @param starts ordinals, all of one class: `analysis.instances(index)`
 * @throws RangeError when there are none
 * @example
 * const merged = mergeReferrers(analysis, analysis.instances(index));
 * writeMergedDot(merged); // Request 20,000 ← Map 1 ← module svc.js
 */
export function mergeReferrers(
  analysis: HeapAnalysis,
  starts: ArrayLike<number>,
  options: MergeOptions = {},
): MergedGraph {
  return merge('referrers', analysis, starts, options);
}

/**
 * What many objects refer to, merged.
 *
 * @param starts ordinals, all of one class: `analysis.instances(index)`
 * @throws RangeError when there are none
 * @example
 * writeMergedDot(mergeReferences(analysis, analysis.instances(index))); // Request 20,000 → Session 20,000 → Map 20,000
 */
export function mergeReferences(
  analysis: HeapAnalysis,
  starts: ArrayLike<number>,
  options: MergeOptions = {},
): MergedGraph {
  return merge('references', analysis, starts, options);
}

function merge(
  direction: Direction,
  analysis: HeapAnalysis,
  starts: ArrayLike<number>,
  { maxDepth = 8, tooMany = 10, mostGroups = 40, folder = '', redacted = false }: MergeOptions,
): MergedGraph {
  if (starts.length === 0) throw new RangeError('A merged graph needs objects to start from: there are none');
  const names = new MergedNames(analysis.objects, folder, redacted);
  const merging = new Merging(direction, analysis, names, tooMany, mostGroups);
  let level = [merging.addGroup(starts, 0)];
  for (let depth = 1; depth <= maxDepth && level.length > 0; depth++)
    level = level.flatMap((group) => merging.expand(group, depth));
  return merging.finish();
}

/** The neighbours of one group, of one class and by one name, before they are a group of their own. */
interface Candidate {
  members: number[];
  references: number;
}

/** Sees a neighbour of a group, and the reference between: `target` is the one of the two that is referred to. */
type NeighbourVisitor = (neighbour: number, label: string, target: number) => void;

class Merging {
  private readonly groups: Uint32Array;
  private readonly nodes: MergedNode[] = [];
  private readonly members: ArrayLike<number>[] = [];
  private readonly expanded: number[] = [];
  private readonly edges = new Map<string, MergedEdge & { targets: number[] }>();

  constructor(
    private readonly direction: Direction,
    private readonly analysis: HeapAnalysis,
    private readonly names: MergedNames,
    private readonly tooMany: number,
    private readonly mostGroups: number,
  ) {
    this.groups = new Uint32Array(analysis.graph.nodeCount).fill(noGroup);
  }

  /** Makes a group of nodes that are in none yet; gives its index. */
  addGroup(members: ArrayLike<number>, depth: number): number {
    const index = this.nodes.length;
    for (let i = 0; i < members.length; i++) this.groups[members[i]] = index;
    const example = members[0];
    this.members.push(members);
    return (
      this.nodes.push({
        className: this.names.type(example),
        description: members.length === 1 ? this.names.describe(example) : '',
        count: members.length,
        bytes: 0,
        depth,
        example,
        isStart: depth === 0,
        isRoot: this.analysis.objects.isRoot(example) || this.analysis.objects.isSynthetic(example),
        skipped: 0,
      }) - 1
    );
  }

  /** Groups the neighbours of a group that are in no group yet; gives the new groups. */
  expand(group: number, depth: number): number[] {
    const { isRoot, isStart } = this.nodes[group];
    // Back references end at a root; and everything can be reached from one, which is no part of what refers to it.
    if (isRoot && !(isStart && this.direction === 'references')) return [];
    const candidates = [...this.candidates(group).values()].sort((a, b) => b.references - a.references);
    const added: number[] = [];
    for (const candidate of candidates) {
      // What is a neighbour by several names is in the first group of these.
      const members = candidate.members.filter((node) => this.groups[node] === noGroup);
      if (members.length === 0) continue;
      if (added.length < this.tooMany && this.nodes.length < this.mostGroups)
        added.push(this.addGroup(members, depth));
      else this.nodes[group].skipped += members.length;
    }
    this.expanded.push(group);
    return added;
  }

  /** The neighbours of a group, by class and name; roots are each a class of their own. */
  private candidates(group: number): Map<string, Candidate> {
    const found = new Map<string, Candidate>();
    const last = new Map<string, number>();
    this.eachNeighbour(group, (neighbour, label) => {
      if (this.groups[neighbour] !== noGroup) return;
      const key = this.keyOf(neighbour, label);
      const candidate = found.get(key) ?? { members: [], references: 0 };
      found.set(key, candidate);
      candidate.references++;
      if (last.get(key) !== neighbour) candidate.members.push(neighbour);
      last.set(key, neighbour);
    });
    for (const candidate of found.values()) candidate.members = distinct(candidate.members);
    return found;
  }

  private keyOf(node: number, label: string): string {
    const { objects, classes, graph } = this.analysis;
    if (objects.isRoot(node) || objects.isSynthetic(node)) return `@${node}`;
    // To V8, texts that were put together are of other classes than those that were written down.
    return `${isString(graph.nodeTypes[node]) ? 'string' : classes.ofNode[node]} ${label}`;
  }

  private connect(group: number): void {
    this.eachNeighbour(group, (neighbour, label, targetNode) => {
      const other = this.groups[neighbour];
      if (other === noGroup) return;
      const [owner, target] = this.direction === 'referrers' ? [other, group] : [group, other];
      const key = `${owner} ${target} ${label}`;
      const edge = this.edges.get(key) ?? { owner, target, label, count: 0, bytes: 0, targets: [] };
      this.edges.set(key, edge);
      edge.count++;
      if (edge.targets.at(-1) !== targetNode) edge.targets.push(targetNode);
    });
  }

  private eachNeighbour(group: number, visit: NeighbourVisitor): void {
    const members = this.members[group];
    for (let i = 0; i < members.length; i++)
      if (this.direction === 'referrers') this.eachReferrer(members[i], visit);
      else this.eachReference(members[i], visit);
  }

  private eachReference(node: number, visit: NeighbourVisitor): void {
    this.analysis.objects.eachReference(node, (target, edge) =>
      visit(target, this.names.label(node, edge), target),
    );
  }

  /** V8's own roots only for what nothing else refers to. */
  private eachReferrer(node: number, visit: NeighbourVisitor): void {
    const { objects } = this.analysis;
    let others = false;
    objects.eachReferrer(node, (referrer, edge) => {
      if (objects.isSynthetic(referrer)) return;
      others = true;
      visit(referrer, this.names.label(referrer, edge), node);
    });
    if (!others) objects.eachReferrer(node, (referrer) => visit(referrer, '', node));
  }

  finish(): MergedGraph {
    // Only now: what was too much for one group may have come in by another.
    for (const group of this.expanded) this.connect(group);
    const bytes = groupRetainedSizes(this.groups, this.nodes.length, this.analysis);
    this.nodes.forEach((node, index) => (node.bytes = bytes[index]));
    return {
      direction: this.direction,
      nodes: this.nodes,
      edges: withoutManyNames(
        [...this.edges.values()].map((edge) => this.withBytes(edge)),
        this.nodes,
      ),
    };
  }

  private withBytes({ targets, ...edge }: MergedEdge & { targets: number[] }): MergedEdge {
    const { retainedSizes } = this.analysis;
    const bytes = distinct(targets).reduce((sum, node) => sum + retainedSizes[node], 0);
    return { ...edge, bytes };
  }
}

/** The numbers of a list, each once, in ascending order. */
function distinct(numbers: number[]): number[] {
  const sorted = Uint32Array.from(numbers).sort();
  return Array.from(sorted.filter((number, i) => i === 0 || number !== sorted[i - 1]));
}
