// Finding text in a scene: what is looked for, and where it stands.
import { boundsOfShape, union } from '../../shared/scene/bounds.ts';
import type { Box, Scene } from '../../shared/scene/scene.ts';

export interface Found {
  kind: 'node' | 'edge' | 'cluster';
  index: number;
}

export interface Pattern {
  matches(text: string): boolean;
  /** It is no regular expression: its letters are looked for as they are. */
  plain: boolean;
}

/** A regular expression; capitals count only where there are some. Null for nothing. */
export function patternFor(query: string): Pattern | null {
  if (query === '') return null;
  const flags = /\p{Lu}/u.test(query.replace(/\\./g, '')) ? '' : 'i';
  try {
    const expression = new RegExp(query, flags);
    return { matches: (text) => expression.test(text), plain: false };
  } catch {
    const fold = (text: string) => (flags === 'i' ? text.toLowerCase() : text);
    const wanted = fold(query);
    return { matches: (text) => fold(text).includes(wanted), plain: true };
  }
}

/** Nodes, edges and clusters in this order; null where one does not match, so that whoever asks may pause between any two. */
export function* search(scene: Scene, { matches }: Pattern): Generator<Found | null> {
  const named = (item: { name: string; label: string }) => matches(item.label) || matches(item.name);
  for (const [index, node] of scene.nodes.entries()) yield named(node) ? { kind: 'node', index } : null;
  for (const [index, edge] of scene.edges.entries()) {
    // The name of an edge is only those of its ends; but it may have labels at them.
    const texts = edge.shapes.filter((shape) => shape.kind === 'text');
    const found = matches(edge.label) || texts.some(({ text }) => matches(text));
    yield texts.length > 0 && found ? { kind: 'edge', index } : null;
  }
  for (const [index, cluster] of scene.clusters.entries())
    yield named(cluster) ? { kind: 'cluster', index } : null;
}

const lists = { node: 'nodes', edge: 'edges', cluster: 'clusters' } as const;

const foundItem = (scene: Scene, { kind, index }: Found) => scene[lists[kind]][index];

/** Where to mark it: a node whole, an edge or a cluster at its labels. */
export function foundBox(scene: Scene, found: Found): Box {
  const item = foundItem(scene, found);
  if (found.kind === 'node') return item.bounds;
  const boxes = item.shapes.flatMap((shape) => (shape.kind === 'text' ? [boundsOfShape(shape)] : []));
  return boxes.length > 0 ? boxes.reduce(union) : item.bounds;
}
