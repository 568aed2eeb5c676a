// Functions of the same source are one function to a reader, however often it was created.
import type { HeapAnalysis } from '../analysis.ts';
import type { HeapGraph } from '../heap-graph.ts';
import { NodeType } from '../node-types.ts';

/** Something that holds a function: a timer, a list of listeners. */
export interface Held {
  holder: number;
  closure: number;
}

export interface FunctionGroup {
  members: Held[];
  /** Bytes of the holders and the functions, with all that these alone keep. */
  bytes: number;
}

/** Groups what holds functions by where the functions are in the source, the largest group first. */
export function groupByFunction(analysis: HeapAnalysis, held: readonly Held[]): FunctionGroup[] {
  // Of nothing, what has been computed for nothing else yet need not be.
  if (held.length === 0) return [];
  const { graph, retainedSizes, dominatorTree } = analysis;
  const groups = new Map<string, FunctionGroup>();
  for (const one of held) {
    const row = graph.locationOf(one.closure);
    const { scriptIds, lines, columns } = graph.locations;
    const key = row < 0 ? graph.nodeName(one.closure) : `${scriptIds[row]} ${lines[row]} ${columns[row]}`;
    const group = groups.get(key) ?? { members: [], bytes: 0 };
    groups.set(key, group);
    group.members.push(one);
    group.bytes += retainedSizes[one.holder];
    if (one.closure !== one.holder && dominatorTree.dominators[one.closure] !== one.holder)
      group.bytes += retainedSizes[one.closure];
  }
  return [...groups.values()].sort((a, b) => b.members.length - a.members.length);
}

/** The first function that a node refers to, -1 for none. */
export function functionOf({ firstEdges, edgeTargets, nodeTypes }: HeapGraph, node: number): number {
  for (let edge = firstEdges[node]; edge < firstEdges[node + 1]; edge++)
    if (nodeTypes[edgeTargets[edge]] === NodeType.closure) return edgeTargets[edge];
  return -1;
}
