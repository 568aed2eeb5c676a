// What the pointer is on, in red and on top: a node with its edges, or an edge with its two nodes.
import type { Box, Scene, Shape } from '../../shared/scene/scene.ts';
import { detailAt, paintItem } from './paint.ts';
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
  const edge = scene.edges[target.index];
  return edge
    ? { nodes: [...new Set([edge.tail, edge.head])], edges: [target.index] }
    : { nodes: [], edges: [] };
}

/** The context is in the scene's units. */
export function paintHighlight(
  context: Context,
  scene: Scene,
  { nodes, edges }: Highlight,
  color: string,
  zoom: number,
) {
  // So many pixels thicker than it was, whatever the zoom.
  const extra = 1.4 / zoom;
  for (const i of edges)
    for (const shape of scene.edges[i].shapes) paintReddened(context, shape, color, extra, zoom);
  for (const i of nodes) {
    const node = scene.nodes[i];
    paintItem(context, node, detailAt(zoom));
    for (const shape of node.shapes) {
      if (shape.kind !== 'text' && shape.kind !== 'image') strokeOver(context, shape, color, extra);
    }
  }
}

function paintReddened(context: Context, shape: Shape, color: string, extra: number, zoom: number): void {
  if (shape.kind === 'text') paintShape(context, { ...shape, color }, detailAt(zoom));
  else if (shape.kind !== 'image') {
    if (shape.fill) {
      context.fillStyle = color;
      context.fill(pathOf(shape));
    }
    strokeOver(context, shape, color, extra);
  }
}

function strokeOver(
  context: Context,
  shape: Exclude<Shape, { kind: 'text' | 'image' }>,
  color: string,
  extra: number,
) {
  context.strokeStyle = color;
  context.lineWidth = (shape.stroke?.width ?? 0) + extra;
  if (shape.stroke?.dash) context.setLineDash(shape.stroke.dash);
  context.stroke(pathOf(shape));
  context.setLineDash([]);
}

/** A ring around the selected item: where the keyboard is. */
export function paintRing(
  context: Context,
  [left, top, right, bottom]: Box,
  color: string,
  zoom: number,
): void {
  const gap = 4 / zoom;
  context.strokeStyle = color;
  context.lineWidth = 2 / zoom;
  context.beginPath();
  context.roundRect(left - gap, top - gap, right - left + 2 * gap, bottom - top + 2 * gap, 6 / zoom);
  context.stroke();
}
