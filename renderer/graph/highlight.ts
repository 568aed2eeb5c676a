// What the pointer is on, in red and on top: a node with its edges, or an edge with its two nodes.
import { overlaps } from '../../shared/scene/bounds.ts';
import type { Box, Scene, SceneNode } from '../../shared/scene/scene.ts';
import type { OutlinedShape } from '../../shared/scene/shapes.ts';
import { detailAt, paintItem } from './paint.ts';
import { flatColor } from '../../shared/scene/shapes.ts';
import { paintShape, type Context } from './paint-shape.ts';
import { pathOf } from './paths.ts';
import type { Target } from './target.ts';

/** Items of a scene that are highlighted together. */
export interface Highlight {
  nodes: number[];
  edges: number[];
}

export function highlightOf(scene: Scene, edgesByNode: number[][], target: Target): Highlight {
  if (target.kind === 'node') return { nodes: [target.index], edges: edgesByNode[target.index] ?? [] };
  const edge = target.kind === 'edge' ? scene.edges[target.index] : undefined;
  return edge
    ? { nodes: [...new Set([edge.tail, edge.head])], edges: [target.index] }
    : { nodes: [], edges: [] };
}

const everywhere: Box = [-Infinity, -Infinity, Infinity, Infinity];

/** The context is in the scene's units. */
export function paintHighlight(
  context: Context,
  scene: Scene,
  { nodes, edges }: Highlight,
  { highlight, paper }: { highlight: string; paper: string },
  zoom: number,
  view: Box = everywhere,
): void {
  // So many pixels thicker than it was, whatever the zoom.
  const extra = 1.4 / zoom;
  const detail = detailAt(zoom);
  const shapes = edges.flatMap((i) => (overlaps(scene.edges[i].bounds, view) ? scene.edges[i].shapes : []));
  const texts = shapes.flatMap((shape) => (shape.kind === 'text' ? [{ ...shape, color: highlight }] : []));
  const rim = flatColor(scene.background) ?? paper;
  // A rim of paper keeps labels legible on the lines of others; it lies below the edge itself, which stays whole.
  for (const text of texts) paintShape(context, text, detail, rim);
  for (const shape of shapes) {
    if (shape.kind === 'text' || shape.kind === 'image') continue;
    if (shape.fill) {
      context.fillStyle = highlight;
      context.fill(pathOf(shape));
    }
    strokeOver(context, shape, highlight, extra);
  }
  for (const text of texts) paintShape(context, text, detail);
  for (const i of nodes) {
    const node = scene.nodes[i];
    if (!overlaps(node.bounds, view)) continue;
    paintItem(context, node, detail);
    for (const shape of node.shapes) {
      if (shape.kind !== 'text' && shape.kind !== 'image' && shape.stroke)
        strokeOver(context, shape, highlight, extra);
    }
  }
}

function strokeOver(context: Context, shape: OutlinedShape, color: string, extra: number) {
  context.strokeStyle = color;
  context.lineWidth = (shape.stroke?.width ?? 0) + extra;
  if (shape.stroke?.dash) context.setLineDash(shape.stroke.dash);
  context.stroke(pathOf(shape));
  context.setLineDash([]);
}

/** What was found: washed with a colour, and rimmed with it. */
export function paintMarks(
  context: Context,
  boxes: readonly Box[],
  view: Box,
  color: string,
  zoom: number,
): void {
  const gap = 2 / zoom;
  context.beginPath();
  for (const box of boxes) {
    const [left, top, right, bottom] = box;
    if (overlaps(box, view))
      context.rect(left - gap, top - gap, right - left + 2 * gap, bottom - top + 2 * gap);
  }
  context.fillStyle = context.strokeStyle = color;
  context.lineWidth = 2 / zoom;
  context.globalAlpha = 0.25;
  context.fill();
  context.globalAlpha = 1;
  context.stroke();
}

/** A ring around a box, in the scene's units. */
export interface Ring {
  box: Box;
  /** Of the corners of what it is around. */
  radius: number;
}

/** Graphviz's corners of what is `rounded`: so many points, and at most a third of the smaller side. */
const roundedCorner = { radius: 12, mostOfSide: 1 / 3 };

/** The ring around an item: what has round corners gets them, too. */
export function ringAround({ bounds, shapes }: Pick<SceneNode, 'bounds' | 'shapes'>): Ring {
  const isRounded = shapes.some(({ kind }) => kind === 'bezier');
  const side = Math.min(bounds[2] - bounds[0], bounds[3] - bounds[1]);
  const radius = Math.min(roundedCorner.radius, side * roundedCorner.mostOfSide);
  return { box: bounds, radius: isRounded ? radius : 0 };
}

/** Around the selected item: where the keyboard is. */
export function paintRing(context: Context, { box, radius }: Ring, color: string, zoom: number): void {
  const [left, top, right, bottom] = box;
  const gap = 4 / zoom;
  context.strokeStyle = color;
  context.lineWidth = 2 / zoom;
  context.beginPath();
  const corner = Math.max(6 / zoom, radius + gap);
  context.roundRect(left - gap, top - gap, right - left + 2 * gap, bottom - top + 2 * gap, corner);
  context.stroke();
}
