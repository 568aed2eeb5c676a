// Several ways in which a node is held: shortest chains of references from a root, no two through the same object.
import { findChain, type ChainLink } from './chain.ts';
import type { ObjectGraph } from './object-graph.ts';

export interface PathOptions {
  /** The most chains that are looked for (default 3). */
  count?: number;
  /** The most references in a chain (default: any number). */
  maxDepth?: number;
  /** Whether a chain may lead through a node, and by an edge of its (default: all). */
  accepts?: (node: number, edge: number) => boolean;
}

/**
 * Chains from modules and global objects to a node, the shortest first; weak references hold nothing and are left out.
 * Chains share no object between their ends, so each must be cut for the node to go. Prototypes are steps of a chain only
 * where there is none without them, and V8's own roots (the stack, handles) only where no chain of the program's is found.
 *
 * @returns chains in the direction of the references; the last link is the node. Empty when nothing holds it.
 * @example
 * for (const path of findPaths(graph, node)) console.log(path.map((link) => names.type(link.node)).join(' → '));
 */
export function findPaths(
  graph: ObjectGraph,
  node: number,
  { count = 3, maxDepth = Infinity, accepts = () => true }: PathOptions = {},
): ChainLink[][] {
  const bounds = { count, maxDepth, accepts };
  const isRoot = (end: number): boolean => graph.isRoot(end);
  const isAnyRoot = (end: number): boolean => graph.isRoot(end) || graph.isSynthetic(end);
  for (const [isEnd, prototypes] of [
    [isRoot, false],
    [isRoot, true],
    [isAnyRoot, false],
    [isAnyRoot, true],
  ] as const) {
    const chains = disjointChains(graph, node, bounds, isEnd, prototypes);
    if (chains.length > 0) return chains;
  }
  return [];
}

function disjointChains(
  graph: ObjectGraph,
  node: number,
  { count, maxDepth, accepts }: Required<PathOptions>,
  isEnd: (node: number) => boolean,
  prototypes: boolean,
): ChainLink[][] {
  const used = new Set<number>();
  const usedEdges = new Set<number>();
  const chains: ChainLink[][] = [];
  while (chains.length < count) {
    const chain = findChain(graph, node, {
      direction: 'referrers',
      maxDepth,
      prototypes,
      isEnd: (end) => end !== node && isEnd(end),
      accepts: (step, edge) => !used.has(step) && !usedEdges.has(edge) && accepts(step, edge),
    });
    if (!chain) break;
    chains.push(chain);
    for (const link of chain.slice(1, -1)) used.add(link.node);
    // A root that refers to the node itself may still begin other chains.
    if (chain.length === 2) usedEdges.add(chain[0].edge);
  }
  return chains;
}
