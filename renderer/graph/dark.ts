// A scene that was drawn for white paper, redrawn for dark paper. Greys are turned round (white becomes paper, black
// becomes ink); colours keep their hue, since people code with them; text and lines stay legible on what they lie on.
import { boundsOfShape } from '../../shared/scene/bounds.ts';
import type { Box, Paint, Scene, Shape } from '../../shared/scene/scene.ts';
import { contrast, fromLab, toLab } from './oklab.ts';

/** The ends of the scale of greys, dark theme. They are `--paper` and `--ink` of app.css. */
export const darkPaper = '#17181b';
export const darkInk = '#e8e8ea';

/** WCAG 2 AA. */
const legible = { text: 4.5, line: 3 };

/** A painted area that others may lie on. */
interface Ground {
  box: Box;
  color: string;
}

/** A page whose colour its author chose is left as it is. */
export function onDarkPaper(scene: Scene): Scene {
  if (scene.background || scene.shapes.some((shape) => shape.kind === 'polygon')) return scene;
  const grounds: Ground[] = [];
  const shapes = recolour(scene.shapes, []);
  const clusters = scene.clusters.map((cluster) => {
    const recoloured = { ...cluster, shapes: recolour(cluster.shapes, grounds) };
    grounds.push(...groundsIn(recoloured.shapes));
    return recoloured;
  });
  const item = <T extends { shapes: Shape[] }>(one: T): T => ({
    ...one,
    shapes: recolour(one.shapes, grounds),
  });
  return { ...scene, shapes, clusters, nodes: scene.nodes.map(item), edges: scene.edges.map(item) };
}

/** Every shape may be the ground of those after it. */
function recolour(shapes: Shape[], below: Ground[]): Shape[] {
  const own: Ground[] = [];
  return shapes.map((shape): Shape => {
    const box = boundsOfShape(shape);
    const under = () => topmost(own, box) ?? topmost(below, box) ?? darkPaper;
    if (shape.kind === 'image') return shape;
    if (shape.kind === 'text')
      return { ...shape, color: readable(greyTurned(shape.color), under(), legible.text) };

    const fill = shape.fill && turnPaint(shape.fill);
    const ground = under();
    const color = shape.stroke && readable(greyTurned(shape.stroke.color), ground, legible.line);
    const recoloured = { ...shape, fill, stroke: shape.stroke && color ? { ...shape.stroke, color } : null };
    own.push(...groundsIn([recoloured]));
    return recoloured;
  });
}

function groundsIn(shapes: Shape[]): Ground[] {
  return shapes.flatMap((shape) => {
    if (shape.kind === 'text' || shape.kind === 'image' || !shape.fill) return [];
    const color = typeof shape.fill === 'string' ? shape.fill : (shape.fill.stops[0]?.color ?? darkPaper);
    return [{ box: boundsOfShape(shape), color }];
  });
}

/** The colour of the last ground under the middle of a box. */
function topmost(grounds: Ground[], [left, top, right, bottom]: Box): string | null {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const ground = grounds.findLast(({ box }) => box[0] <= x && x <= box[2] && box[1] <= y && y <= box[3]);
  return ground?.color ?? null;
}

const turnPaint = (paint: Paint): Paint =>
  typeof paint === 'string'
    ? greyTurned(paint)
    : { ...paint, stops: paint.stops.map((stop) => ({ ...stop, color: greyTurned(stop.color) })) };

const paperLab = toLab(darkPaper)!;
const inkLab = toLab(darkInk)!;
const known = new Map<string, string>();

/** Greys go over to the other end of the scale, colours stay; between them it goes by how colourful they are. */
function greyTurned(color: string): string {
  const cached = known.get(color);
  if (cached) return cached;
  const lab = toLab(color);
  if (!lab) return color;
  const colourful = Math.min(1, Math.max(0, (Math.hypot(lab.a, lab.b) - 0.03) / 0.09));
  const turned = paperLab.l + (1 - lab.l) * (inkLab.l - paperLab.l);
  // Even a kept colour is dimmed a little: full yellow dazzles on dark paper.
  const kept = Math.min(lab.l, 0.86);
  const tint = 1 - colourful;
  const result = fromLab({
    l: kept * colourful + turned * tint,
    a: lab.a + paperLab.a * tint,
    b: lab.b + paperLab.b * tint,
    alpha: lab.alpha,
  });
  known.set(color, result);
  return result;
}

/** The colour itself if it stands out from the ground; else as light or as dark as it must be, its hue kept. */
function readable(color: string, ground: string, least: number): string {
  if (contrast(color, ground) >= least) return color;
  const lab = toLab(color);
  if (!lab) return color;
  const end = contrast(darkInk, ground) >= contrast(darkPaper, ground) ? 1 : 0;
  for (let step = 1; step < 8; step++) {
    const part = step / 8;
    const shifted = fromLab({
      ...lab,
      l: lab.l + (end - lab.l) * part,
      a: lab.a * (1 - part / 2),
      b: lab.b * (1 - part / 2),
    });
    if (contrast(shifted, ground) >= least) return shifted;
  }
  return end === 1 ? darkInk : darkPaper;
}
