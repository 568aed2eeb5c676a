// From one picture to the next: what is in both, by its name, moves from where it was to where it is; what goes fades away
// first, what comes appears last. A cluster that became a node, or a node that became a cluster, is the same thing.
import { boundsOfShape } from '../../shared/scene/shapes.ts';
import type { Box, Scene, SceneEdge, SceneNode, Shape } from '../../shared/scene/scene.ts';
import type { Point } from './camera.ts';
import { boxMiddle } from './neighbours.ts';
import { paintItem } from './paint.ts';
import { paintShape, type Context, type Detail } from './paint-shape.ts';

/** Milliseconds. */
export const morphDuration = 190;
/** Pictures of more than this change at once: they could not be painted often enough to be followed with the eye. */
const maxItems = 3000;
/** Points by which a line is bent into another. */
const samples = 12;

type Line = Extract<Shape, { points: number[] }>;

interface Moving<Item> {
  item: Item;
  /** Where it was, from where it is. */
  by: Point;
}

interface Bending {
  item: SceneEdge;
  line: Line;
  from: Point[];
  to: Point[];
}

export class Morph {
  readonly #leaving: SceneNode[];
  readonly #coming: SceneNode[];
  readonly #leavingEdges: SceneEdge[] = [];
  readonly #comingEdges: SceneEdge[] = [];
  readonly #moving: Moving<SceneNode>[] = [];
  readonly #stretching: { item: SceneNode; from: Box }[] = [];
  readonly #bending: Bending[] = [];

  /** Null when the pictures are too large, or have nothing in common. */
  static between(from: Scene, to: Scene): Morph | null {
    const size = (scene: Scene) => scene.nodes.length + scene.edges.length;
    if (size(from) + size(to) > maxItems) return null;
    const morph = new Morph(from, to);
    return morph.#moving.length > 0 ? morph : null;
  }

  private constructor(from: Scene, to: Scene) {
    const before = placesByName(from);
    const after = placesByName(to);
    this.#leaving = [...from.clusters, ...from.nodes].filter(({ name }) => !after.has(name));
    this.#coming = [...to.clusters, ...to.nodes].filter(({ name }) => !before.has(name));
    for (const item of to.clusters) {
      const place = before.get(item.name);
      if (place) this.#stretching.push({ item, from: place });
    }
    for (const item of to.nodes) {
      const place = before.get(item.name);
      if (place) this.#moving.push({ item, by: difference(boxMiddle(place), boxMiddle(item.bounds)) });
    }
    this.#pairEdges(from, to);
  }

  #pairEdges(from: Scene, to: Scene): void {
    const waiting = new Map<string, SceneEdge[]>();
    for (const edge of from.edges) waiting.set(edge.name, [...(waiting.get(edge.name) ?? []), edge]);
    for (const item of to.edges) {
      const before = waiting.get(item.name)?.shift();
      const [old, line] = [before && lineOf(before), lineOf(item)];
      if (old && line) this.#bending.push({ item, line, from: sample(old), to: sample(line) });
      else this.#comingEdges.push(item);
    }
    this.#leavingEdges.push(...[...waiting.values()].flat());
  }

  /** At `t` from 0 to 1; the context is in the scene's units. */
  paint(context: Context, t: number, detail: Detail): void {
    const fade = (alpha: number, items: (SceneNode | SceneEdge)[]) => {
      context.globalAlpha = Math.max(0, alpha);
      if (alpha > 0) for (const item of items) paintItem(context, item, detail);
      context.globalAlpha = 1;
    };
    for (const { item, from } of this.#stretching) paintStretched(context, item, from, t, detail);
    fade(1 - 2.5 * t, [...this.#leaving, ...this.#leavingEdges]);
    for (const bending of this.#bending) paintBent(context, bending, t, detail);
    for (const { item, by } of this.#moving) {
      context.save();
      context.translate(by.x * (1 - t), by.y * (1 - t));
      paintItem(context, item, detail);
      context.restore();
    }
    fade(2 * t - 1, [...this.#comingEdges, ...this.#coming]);
  }
}

/** Nodes before clusters: those are what the eye follows. */
export function placesByName({ clusters, nodes }: Scene): Map<string, Box> {
  return new Map([...clusters, ...nodes].map(({ name, bounds }) => [name, bounds]));
}

/** The outline grows or shrinks; its label moves along. */
function paintStretched(context: Context, item: SceneNode, from: Box, t: number, detail: Detail): void {
  const to = item.bounds;
  const box = to.map((end, i) => from[i] + (end - from[i]) * t) as Box;
  for (const shape of item.shapes) {
    context.save();
    if (shape.kind === 'text') {
      context.translate((box[0] + box[2] - to[0] - to[2]) / 2, box[1] - to[1]);
    } else {
      const [sx, sy] = [(box[2] - box[0]) / (to[2] - to[0] || 1), (box[3] - box[1]) / (to[3] - to[1] || 1)];
      context.transform(sx, 0, 0, sy, box[0] - to[0] * sx, box[1] - to[1] * sy);
    }
    paintShape(context, shape, detail);
    context.restore();
  }
}

function paintBent(context: Context, { item, line, from, to }: Bending, t: number, detail: Detail): void {
  const points = to.map((end, i) => ({
    x: from[i].x + (end.x - from[i].x) * t,
    y: from[i].y + (end.y - from[i].y) * t,
  }));
  if (line.stroke) {
    context.strokeStyle = line.stroke.color;
    context.lineWidth = Math.max(line.stroke.width, detail.hairline);
    if (line.stroke.dash) context.setLineDash(line.stroke.dash);
    context.beginPath();
    for (const { x, y } of points) context.lineTo(x, y);
    context.stroke();
    context.setLineDash([]);
  }
  // Arrows and labels go with the nearest point of their line.
  for (const shape of item.shapes) {
    if (shape === line) continue;
    const centre = boxMiddle(boundsOfShape(shape));
    const nearest = to.reduce(
      (best, point, i) => (apart(point, centre) < apart(to[best], centre) ? i : best),
      0,
    );
    const by = difference(points[nearest], to[nearest]);
    context.save();
    context.translate(by.x, by.y);
    paintShape(context, shape, detail);
    context.restore();
  }
}

const difference = (a: Point, b: Point): Point => ({ x: a.x - b.x, y: a.y - b.y });
const apart = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

const lineOf = ({ shapes }: SceneEdge) =>
  shapes.find((shape): shape is Line => shape.kind === 'bezier' || shape.kind === 'polyline');

/** Points along a line, evenly by its parameter. */
function sample({ kind, points }: Line): Point[] {
  const stride = kind === 'bezier' ? 6 : 2;
  const pieces = Math.max(1, Math.floor((points.length - 2) / stride));
  return Array.from({ length: samples + 1 }, (_, i) => {
    const along = (i / samples) * pieces;
    const piece = Math.min(pieces - 1, Math.floor(along));
    return pointAt(points, piece * stride, along - piece, kind === 'bezier');
  });
}

function pointAt(p: number[], at: number, t: number, cubic: boolean): Point {
  if (p.length < 4) return { x: p[0], y: p[1] };
  const u = 1 - t;
  const weights = cubic ? [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t] : [u, t];
  const mix = (axis: 0 | 1) =>
    weights.reduce((sum, weight, i) => sum + weight * (p[at + 2 * i + axis] ?? 0), 0);
  return { x: mix(0), y: mix(1) };
}
