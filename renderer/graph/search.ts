// Finding text in a scene: what is looked for, and where it is.
import { union } from '../../shared/scene/bounds.ts';
import { boundsOfShape } from '../../shared/scene/shapes.ts';
import type { Box, Scene } from '../../shared/scene/scene.ts';
import { wordBoxes, type Measure } from './word-boxes.ts';

export interface Found {
  kind: 'node' | 'edge' | 'cluster';
  index: number;
}

export interface Pattern {
  matches(text: string): boolean;
  /** Where it matches, as far as that is any letter. */
  ranges(text: string): [start: number, end: number][];
  /** It is no regular expression: its letters are looked for as they are. */
  plain: boolean;
}

/** A regular expression; capitals count only where there are some. Null for nothing. */
export function patternFor(query: string): Pattern | null {
  if (query === '') return null;
  const flags = /\p{Lu}/u.test(query.replace(/\\./g, '')) ? '' : 'i';
  try {
    const expression = new RegExp(query, flags);
    const all = new RegExp(query, `g${flags}`);
    return {
      matches: (text) => expression.test(text),
      ranges: (text) => rangesIn([...text.matchAll(all)].map(({ 0: word, index }) => [index, word.length])),
      plain: false,
    };
  } catch {
    const fold = (text: string) => (flags === 'i' ? text.toLowerCase() : text);
    const wanted = fold(query);
    const places = (text: string) => {
      const found: [number, number][] = [];
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length))
        found.push([at, wanted.length]);
      return rangesIn(found);
    };
    return {
      matches: (text) => fold(text).includes(wanted),
      ranges: (text) => places(fold(text)),
      plain: true,
    };
  }
}

const rangesIn = (found: [start: number, length: number][]): [number, number][] =>
  found.flatMap(([start, length]) => (length > 0 ? [[start, start + length]] : []));

/** Nodes, edges and clusters in this order; null where one does not match, so that the caller may pause between any two. */
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

/** The words themselves; what is found by its name, or over several texts, has none. */
export function foundWords(scene: Scene, found: Found, { ranges }: Pattern, measure: Measure): Box[] {
  return foundItem(scene, found).shapes.flatMap((shape) =>
    shape.kind === 'text' ? wordBoxes(shape, ranges(shape.text), measure) : [],
  );
}

/** The size of the smallest text of what was found, in points; null where it has none. */
export function sizeOfText(scene: Scene, found: Found): number | null {
  const sizes = foundItem(scene, found).shapes.flatMap((shape) =>
    shape.kind === 'text' ? [shape.font.size] : [],
  );
  return sizes.length > 0 ? Math.min(...sizes) : null;
}

/** Where it is: a node whole, an edge or a cluster at its labels. */
export function foundBox(scene: Scene, found: Found): Box {
  const item = foundItem(scene, found);
  if (found.kind === 'node') return item.bounds;
  const boxes = item.shapes.flatMap((shape) => (shape.kind === 'text' ? [boundsOfShape(shape)] : []));
  return boxes.length > 0 ? boxes.reduce(union) : item.bounds;
}
