// One picture of what refers to thousands of objects: their referrers, level by level, merged by class and by the name of
// the reference. Twenty thousand objects in one Map are two boxes and an edge.
import type { HeapAnalysis } from './analysis.ts';
import { groupRetainedSizes, noGroup } from './group-retained-sizes.ts';
import { withoutManyNames, type MergedEdge, type MergedGraph, type MergedNode } from './merged-graph.ts';
import { MergedNames } from './merged-names.ts';

export interface MergeOptions {
  /** Steps away from the objects (default 8). */
  maxDepth?: number;
  /** Groups of referrers drawn per group, those with most references first (default 10); the rest is counted. */
  tooMany?: number;
  /** Groups drawn in all, the nearest first (default 40). */
  mostGroups?: number;
  /** File names inside this folder are told relative to it. */
  folder?: string;
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
  { maxDepth = 8, tooMany = 10, mostGroups = 40, folder = '' }: MergeOptions = {},
): MergedGraph {
  if (starts.length === 0) throw new RangeError('mergeReferrers: there are no objects to start from');
  const merging = new Merging(analysis, new MergedNames(analysis.objects, folder), tooMany, mostGroups);
  let level = [merging.addGroup(starts, 0)];
  for (let depth = 1; depth <= maxDepth && level.length > 0; depth++)
    level = level.flatMap((group) => merging.expand(group, depth));
  return merging.finish();
}

/** What refers to one group, of one class and by one name, before it is a group of its own. */
interface Candidate {
  referrers: number[];
  references: number;
}

class Merging {
  private readonly groups: Uint32Array;
  private readonly nodes: MergedNode[] = [];
  private readonly members: ArrayLike<number>[] = [];
  private readonly expanded: number[] = [];
  private readonly edges = new Map<string, MergedEdge & { lastTarget: number }>();

  constructor(
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

  /** Groups what refers to a group, and is in no group yet; gives the new groups. */
  expand(target: number, depth: number): number[] {
    if (this.nodes[target].isRoot) return [];
    const candidates = [...this.candidates(target).values()].sort((a, b) => b.references - a.references);
    const added: number[] = [];
    for (const { referrers } of candidates) {
      // What refers by several names is in the first group of these.
      const members = referrers.filter((node) => this.groups[node] === noGroup);
      if (members.length === 0) continue;
      if (added.length < this.tooMany && this.nodes.length < this.mostGroups)
        added.push(this.addGroup(members, depth));
      else this.nodes[target].skipped += members.length;
    }
    this.expanded.push(target);
    return added;
  }

  /** What refers to a group, by class and name; roots are each a class of their own. */
  private candidates(target: number): Map<string, Candidate> {
    const { objects, classes } = this.analysis;
    const found = new Map<string, Candidate>();
    const last = new Map<string, number>();
    this.eachReferrer(target, (referrer, label) => {
      if (this.groups[referrer] !== noGroup) return;
      const isSingle = objects.isRoot(referrer) || objects.isSynthetic(referrer);
      const key = isSingle ? `@${referrer}` : `${classes.ofNode[referrer]} ${label}`;
      const candidate = found.get(key) ?? { referrers: [], references: 0 };
      found.set(key, candidate);
      candidate.references++;
      if (last.get(key) !== referrer) candidate.referrers.push(referrer);
      last.set(key, referrer);
    });
    for (const candidate of found.values()) candidate.referrers = distinct(candidate.referrers);
    return found;
  }

  private connect(target: number): void {
    const { retainedSizes } = this.analysis;
    this.eachReferrer(target, (referrer, label, node) => {
      const owner = this.groups[referrer];
      if (owner === noGroup) return;
      const key = `${owner} ${target} ${label}`;
      const edge = this.edges.get(key) ?? { owner, target, label, count: 0, bytes: 0, lastTarget: -1 };
      this.edges.set(key, edge);
      edge.count++;
      if (edge.lastTarget !== node) edge.bytes += retainedSizes[node];
      edge.lastTarget = node;
    });
  }

  /** Visits the references to the members of a group; V8's own roots only for what nothing else refers to. */
  private eachReferrer(target: number, visit: (referrer: number, label: string, node: number) => void): void {
    const { objects } = this.analysis;
    const members = this.members[target];
    for (let i = 0; i < members.length; i++) {
      const node = members[i];
      let others = false;
      objects.eachReferrer(node, (referrer, edge) => {
        if (objects.isSynthetic(referrer)) return;
        others = true;
        visit(referrer, this.names.label(referrer, edge), node);
      });
      if (others) continue;
      objects.eachReferrer(node, (referrer) => visit(referrer, '', node));
    }
  }

  finish(): MergedGraph {
    // Only now: what was too much for one group may have come in by another.
    for (const target of this.expanded) this.connect(target);
    const bytes = groupRetainedSizes(this.groups, this.nodes.length, this.analysis);
    this.nodes.forEach((node, index) => (node.bytes = bytes[index]));
    return { nodes: this.nodes, edges: withoutManyNames([...this.edges.values()], this.nodes) };
  }
}

/** The numbers of a list, each once, in ascending order. */
function distinct(numbers: number[]): number[] {
  const sorted = Uint32Array.from(numbers).sort();
  return Array.from(sorted.filter((number, i) => i === 0 || number !== sorted[i - 1]));
}
