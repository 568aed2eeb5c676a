// The part of a heap that was selected, as the nodes and edges of a picture.
import type { ObjectGraph } from '../heap/object-graph.ts';
import { select, type SelectionOptions } from '../heap/selection.ts';
import type { Picture, PictureEdge, PictureNode } from './write.ts';

/** What a picture says of objects and references. */
export interface PictureWords {
  /** The label of a node, line by line. */
  lines(node: number): string[];
  reference(owner: number, edge: number, target: number): string;
  isHighlighted?(node: number): boolean;
  attributes?(node: number): Record<string, unknown>;
}

/**
 * Selects what is drawn around some nodes, and puts it into words. Back references end at roots.
 *
 * @param starts ordinals
 */
export function pictureAround(
  graph: ObjectGraph,
  starts: readonly number[],
  options: Omit<SelectionOptions, 'stopsAt'>,
  words: PictureWords,
): Picture {
  const { direction, maxDepth } = options;
  const isStart = new Set(starts);
  const selection = select(graph, starts, {
    ...options,
    stopsAt: (node) => direction === 'referrers' && (graph.isRoot(node) || graph.isSynthetic(node)),
  });
  const nodes = selection.nodes.map(({ node, depth, skipped }) =>
    pictureNode(graph, node, words, { depth, skipped, isStart: isStart.has(node) }),
  );
  const edges = selection.edges.map(({ owner, target, edge }) =>
    pictureEdge(graph, owner, edge, target, words),
  );
  return { direction, maxDepth, nodes, edges };
}

export function pictureNode(
  graph: ObjectGraph,
  node: number,
  words: PictureWords,
  place: Pick<PictureNode, 'depth' | 'skipped' | 'isStart'>,
): PictureNode {
  return {
    name: pictureName(graph, node),
    lines: words.lines(node),
    isModule: graph.isRoot(node),
    isHighlighted: words.isHighlighted?.(node) ?? false,
    hasFinalizer: graph.hasFinalizer(node),
    attributes: words.attributes?.(node) ?? {},
    ...place,
  };
}

export function pictureEdge(
  graph: ObjectGraph,
  owner: number,
  edge: number,
  target: number,
  words: PictureWords,
): PictureEdge {
  return {
    tail: pictureName(graph, owner),
    head: pictureName(graph, target),
    label: words.reference(owner, edge, target),
  };
}

/** The name of an object in a picture: the same as in the snapshot and in the live process. */
export function pictureName({ heap }: ObjectGraph, node: number): string {
  return `o${heap.nodeIds[node]}`;
}
