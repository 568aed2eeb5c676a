// Paints what the camera sees of a scene: culled, and with less detail when it is small.
import { inflate, overlaps } from '../../shared/scene/bounds.ts';
import type { Scene, SceneEdge, SceneNode, Shape } from '../../shared/scene/scene.ts';
import { visibleBox, type Camera, type Viewport } from './camera.ts';
import type { Drawing } from './drawing.ts';
import { fillStyle, isWorthPainting, paintShape, type Context, type Detail } from './paint-shape.ts';

/** Lines are never thinner than this on the screen, in CSS pixels: thinner ones fade away. */
const hairline = 0.7;
/** Below this size on the screen (a usual node's height in px) a node is a box and an edge a straight line. */
const minNode = 4;
/** However small a picture is, a node is seen. */
const leastPixels = 1.6;
/** Graphviz's usual node is half an inch high. */
const usualNode = 36;

/** Items that are painted in one go: in a small part of a frame. */
const portion = 100;
/** Straight lines take less. */
const portionOfLines = 1000;

/** `ratio` is device pixels to a CSS pixel; the context is left in the scene's units. */
export function paint(
  context: Context,
  drawing: Drawing,
  camera: Camera,
  viewport: Viewport,
  ratio: number,
): void {
  const steps = painting(context, drawing, camera, viewport, ratio);
  while (!steps.next().done);
}

/** The same in steps that are short. */
export function* painting(
  context: Context,
  drawing: Drawing,
  camera: Camera,
  viewport: Viewport,
  ratio: number,
): Generator<void, void> {
  const { scene } = drawing;
  const view = visibleBox(camera, viewport);
  const detail = detailAt(camera.zoom);
  lookThrough(context, camera, ratio);

  for (const shape of scene.shapes) paintShape(context, shape, detail);
  for (const { bounds, shapes } of scene.clusters) {
    if (overlaps(bounds, view)) for (const shape of shapes) paintShape(context, shape, detail);
  }
  const tiny = usualNode * camera.zoom < minNode;
  const edges = drawing.edgesIn(view);
  const alpha = edgeFading(scene, edges, camera.zoom, viewport);
  // Lines of what fades are as thin as can be, too.
  const edgeDetail = alpha < 1 ? { ...detail, hairline: detail.hairline * Math.max(0.5, alpha) } : detail;
  if (!tiny) {
    const { nodes } = scene;
    for (const seen of inPortions(drawing.inPaintOrder(drawing.nodesIn(view), edges), portion)) {
      for (const i of seen) {
        const isNode = i < nodes.length;
        context.globalAlpha = isNode ? 1 : alpha;
        paintItem(context, isNode ? nodes[i] : scene.edges[i - nodes.length], isNode ? detail : edgeDetail);
      }
      context.globalAlpha = 1;
      yield;
    }
    return;
  }
  for (const seen of inPortions(edges, portionOfLines)) {
    context.globalAlpha = alpha;
    paintStraight(context, scene, seen, edgeDetail);
    context.globalAlpha = 1;
    yield;
  }
  for (const seen of inPortions(drawing.nodesIn(view), portion))
    yield seen.forEach((i) => paintTinyNode(context, scene.nodes[i], detail));
}

/** Above this zoom labels are read, and edges are followed one by one. */
const readableZoom = 0.35;
/** So much of the window may be covered by edges before they fade, and so clear they stay. */
const mostInk = 0.25;
const leastAlpha = 0.12;

/** How clear edges are, 0 to 1, so that an overview of many is no black clot: by how much of the window they would cover. */
export function edgeFading(
  scene: Scene,
  edges: readonly number[],
  zoom: number,
  { width, height }: Viewport,
): number {
  if (zoom >= readableZoom) return 1;
  let length = 0;
  for (const i of edges) {
    const [left, top, right, bottom] = scene.edges[i].bounds;
    length += Math.min(Math.hypot(right - left, bottom - top) * zoom, width + height);
  }
  const ink = (length * hairline) / Math.max(1, width * height);
  return ink <= mostInk ? 1 : Math.max(leastAlpha, mostInk / ink);
}

function* inPortions(items: number[], size: number): Generator<number[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** The whole page, on which all else is painted. What is clear in an author's colour shows the white that it was chosen for. */
export function paintPage(
  context: Context,
  { background }: Pick<Scene, 'background'>,
  paper: string,
  camera: Camera,
  viewport: Viewport,
  ratio: number,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = background ? '#ffffff' : paper;
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  if (!background) return;
  lookThrough(context, camera, ratio);
  context.fillStyle = fillStyle(context, background);
  // To the last pixel, of which the window may have a part only.
  const [left, top, right, bottom] = inflate(visibleBox(camera, viewport), 1 / camera.zoom);
  context.fillRect(left, top, right - left, bottom - top);
}

export const detailAt = (zoom: number): Detail => ({ zoom, hairline: hairline / zoom });

/** From here on the context takes coordinates of the scene. */
export function lookThrough(context: Context, camera: Camera, ratio: number): void {
  context.setTransform(camera.zoom * ratio, 0, 0, camera.zoom * ratio, camera.x * ratio, camera.y * ratio);
  context.textRendering = 'geometricPrecision';
  // Corners are pointed, but for the sharpest, as in Graphviz's SVG.
  context.lineJoin = 'miter';
  context.miterLimit = 4;
}

export function paintItem(context: Context, item: SceneNode | SceneEdge, detail: Detail): void {
  for (const shape of item.shapes)
    if (isWorthPainting(shape, detail.zoom)) paintShape(context, shape, detail);
}

function paintTinyNode(context: Context, node: SceneNode, detail: Detail): void {
  const [left, top, right, bottom] = node.bounds;
  const outline = node.shapes.find((shape) => shape.kind !== 'text' && shape.kind !== 'image');
  const stroke = outline?.stroke?.color;
  // Paper in a frame is seen by its frame.
  const fill = outline?.fill && !(stroke && outline.fill === '#ffffff') ? outline.fill : null;
  const paint = fill ?? stroke ?? outline?.fill;
  if (!paint) return;
  context.fillStyle = fillStyle(context, paint);
  const [width, height] = [right - left, bottom - top].map((side) =>
    Math.max(side, leastPixels / detail.zoom),
  );
  context.fillRect((left + right - width) / 2, (top + bottom - height) / 2, width, height);
}

/** Edges of one colour are one path of straight lines. */
function paintStraight(context: Context, scene: Scene, edges: number[], { hairline }: Detail): void {
  const paths = new Map<string, Path2D>();
  for (const i of edges) {
    const line = scene.edges[i].shapes.find(isLine);
    if (!line?.stroke) continue;
    let path = paths.get(line.stroke.color);
    if (!path) paths.set(line.stroke.color, (path = new Path2D()));
    const { points } = line;
    path.moveTo(points[0], points[1]);
    // The middle keeps a long bent edge from cutting through what it goes round.
    const half = 2 * Math.floor(points.length / 4);
    path.lineTo(points[half], points[half + 1]);
    path.lineTo(points[points.length - 2], points[points.length - 1]);
  }
  context.lineWidth = hairline;
  for (const [color, path] of paths) {
    context.strokeStyle = color;
    context.stroke(path);
  }
}

const isLine = (shape: Shape): shape is Extract<Shape, { points: number[] }> =>
  shape.kind === 'bezier' || shape.kind === 'polyline';
