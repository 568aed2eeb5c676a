// Cells and tables of HTML labels that have a tooltip or a link of their own. Its xdot output lacks them; its SVG
// of the same graph wraps what they draw in `<a>`, inside the group of their node, edge or cluster.
import { boundsOfPoints, isEmpty, union } from '../scene/bounds.ts';
import { boundsOfShape } from '../scene/shapes.ts';
import type { Part, Shape } from '../scene/scene.ts';
import { attributesIn } from './attributes.ts';
import type { Flip } from './drawing.ts';
import { decodeEntities } from './escape-string.ts';

export interface LinkedCell {
  tooltip: string | null;
  url: string | null;
  /** The corners of what it draws: x and y in turn, y growing downwards from Graphviz's own origin. */
  points: number[];
  /** The points at which its texts are written, likewise. */
  texts: number[];
}

/** Inner cells before those around them, by what they are in: `node`, `edge` or `cluster` and a name. */
export type LinkedCells = Map<string, LinkedCell[]>;

/** Whether a DOT text may have such cells, so that it is worth an SVG. */
export function mayLinkCells(dot: string): boolean {
  if (!/<t(?:d|able)\b/i.test(dot)) return false;
  for (const { value, isHtml } of attributesIn(dot)) if (isHtml && linkedCell.test(value)) return true;
  return false;
}

const linkedCell = /<(?:td|table)\b[^<>]*\b(?:href|title|tooltip)\s*=/i;

const tags = /<(\/?)(g|a|polygon|polyline|path|text)\b([^>]*)>(?:\s*<title>([^<]*)<\/title>)?/g;

export function linkedCellsInSvg(svg: string): LinkedCells {
  const cells: LinkedCells = new Map();
  const open: { cell: LinkedCell; ofItem: boolean }[] = [];
  let item = { key: '', id: '' };
  let group = '';
  for (const [, end, tag, attributes, title] of svg.matchAll(tags)) {
    const text = (name: string) =>
      decodeEntities(new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');
    if (end) {
      const closed = tag === 'a' ? open.pop() : undefined;
      if (closed && !closed.ofItem) cells.set(item.key, [...(cells.get(item.key) ?? []), closed.cell]);
    } else if (tag === 'g') {
      group = text('id');
      if (text('class')) item = { key: `${text('class')} ${decodeEntities(title ?? '')}`, id: group };
    } else if (tag === 'a') {
      const cell = {
        tooltip: authorsTooltip(text('xlink:title')),
        url: text('xlink:href') || null,
        points: [],
        texts: [],
      };
      // What belongs to the whole item, or the label of an edge (`a_edge1-label`), is in its xdot already.
      const ofItem = group === `a_${item.id}` || group.startsWith(`a_${item.id}-`);
      open.push({ cell, ofItem });
    } else if (tag === 'text') {
      for (const { cell } of open) cell.texts.push(Number(text('x')), Number(text('y')));
    } else {
      for (const { cell } of open) cell.points.push(...numbersIn(text('points') + text('d')));
    }
  }
  return cells;
}

/** The cells of one item as parts of it; those that draw neither a frame nor a text cannot be pointed at. */
export function partsOfCells(cells: LinkedCell[] | undefined, shapes: readonly Shape[], flip: Flip): Part[] {
  return (cells ?? []).flatMap(({ tooltip, url, points, texts }) => {
    const inScene = (pairs: number[]) => pairs.map((value, i) => (i % 2 === 0 ? value : flip(-value)));
    const bounds = pairsOf(inScene(texts))
      .flatMap(([x, y]) => shapes.filter((shape) => isTextAt(shape, x, y)))
      .reduce((box, shape) => union(box, boundsOfShape(shape)), boundsOfPoints(inScene(points)));
    return isEmpty(bounds) ? [] : [{ tooltip, url, bounds }];
  });
}

/** Graphviz's own tooltip of a table without one is dropped. */
const authorsTooltip = (tooltip: string) => (tooltip === '<TABLE>' ? null : tooltip || null);

const numbersIn = (text: string) => (text.match(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? []).map(Number);

const pairsOf = (flat: number[]) =>
  Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]] as const);

/** Both outputs are rounded, to two and to three places. */
const isTextAt = (shape: Shape, x: number, y: number) =>
  shape.kind === 'text' && Math.abs(shape.x - x) < 0.02 && Math.abs(shape.y - y) < 0.02;
