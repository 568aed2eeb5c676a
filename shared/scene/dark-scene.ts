// A scene that was drawn for white paper, redrawn for dark paper. Greys are turned round (white becomes paper, black
// becomes ink); colours keep their hue, since people code with them; text and lines stay legible on what they lie on.
import { boundsOfShape, flatColor } from './shapes.ts';
import type { Box, Paint, Scene, Shape } from './scene.ts';
import { contrast, fromLab, toLab, type Lab } from './oklab.ts';

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

/** The window and its minimap show the same. */
const redrawn = new WeakMap<Scene, Scene>();

/** A page whose colour its author chose is left as it is. */
export function onDarkPaper(scene: Scene): Scene {
  if (scene.background) return scene;
  let dark = redrawn.get(scene);
  if (!dark) redrawn.set(scene, (dark = redraw(scene)));
  return dark;
}

function redraw(scene: Scene): Scene {
  const grounds: Ground[] = [];
  const shapes = recolour(scene.shapes, []);
  const clusters = scene.clusters.map((cluster) => {
    const recoloured = { ...cluster, shapes: recolour(cluster.shapes, grounds) };
    grounds.push(...groundsIn(recoloured.shapes));
    return recoloured;
  });
  const nodes = scene.nodes.map((node) => ({ ...node, shapes: recolour(node.shapes, grounds) }));
  const edges = scene.edges.map((edge) => ({ ...edge, shapes: recolour(edge.shapes, grounds, true) }));
  return { ...scene, shapes, clusters, nodes, edges };
}

/** Every shape may be the ground of those after it; `thin` things are lines, their filled shapes too. */
function recolour(shapes: Shape[], below: Ground[], thin = false): Shape[] {
  const own: Ground[] = [];
  const ground = (box: Box) => topmost(own, box) ?? topmost(below, box) ?? darkPaper;
  return shapes.map((shape): Shape => {
    if (shape.kind === 'image') return shape;
    if (shape.kind === 'text') {
      const color = readable(turned(shape.color), ground(middleOf(boundsOfShape(shape))), legible.text);
      return { ...shape, color };
    }
    const under = ground(boundsOfShape(shape));
    const line = shape.stroke && readable(softened(turned(shape.stroke.color)), under, legible.line);
    // An arrowhead is filled with the colour of its line, an area without a border has its border in its own colour.
    const plain = shape.fill !== null && shape.fill === shape.stroke?.color;
    const fill = plain && thin ? line : shape.fill && turnedPaint(shape.fill);
    const color = plain ? (fill as string) : line;
    const recoloured = { ...shape, fill, stroke: shape.stroke && color ? { ...shape.stroke, color } : null };
    own.push(...groundsIn([recoloured]));
    return recoloured;
  });
}

function groundsIn(shapes: Shape[]): Ground[] {
  return shapes.flatMap((shape) => {
    if (shape.kind === 'text' || shape.kind === 'image' || !shape.fill) return [];
    return [{ box: boundsOfShape(shape), color: flatColor(shape.fill) ?? darkPaper }];
  });
}

/** The colour of the last ground that all of a box lies on. */
function topmost(grounds: Ground[], [left, top, right, bottom]: Box): string | null {
  const ground = grounds.findLast(
    ({ box: [x0, y0, x1, y1] }) => x0 <= left && right <= x1 && y0 <= top && bottom <= y1,
  );
  return ground?.color ?? null;
}

const middleOf = ([left, top, right, bottom]: Box): Box => {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return [x, y, x, y];
};

const turnedPaint = (paint: Paint): Paint =>
  typeof paint === 'string'
    ? turned(paint)
    : { ...paint, stops: paint.stops.map((stop) => ({ ...stop, color: turned(stop.color) })) };

const paperLab = toLab(darkPaper)!;
const inkLab = toLab(darkInk)!;

const maxKnown = 10_000;

/** A graph has few colours, on few others: each is reckoned once. */
function remembering<A extends (string | number)[]>(reckon: (...of: A) => string): (...of: A) => string {
  const known = new Map<string, string>();
  return (...of) => {
    const key = of.join(' ');
    let color = known.get(key);
    if (color === undefined) {
      if (known.size === maxKnown) known.clear();
      known.set(key, (color = reckon(...of)));
    }
    return color;
  };
}

/** From here on (chroma in OKLab) a colour was chosen for its hue. */
const colourful = 0.045;
/** Even a kept colour is dimmed a little: full yellow dazzles on dark paper. */
const brightest = 0.86;

const isGrey = ({ a, b }: Lab) => Math.hypot(a, b) < colourful;

/** Greys and faint tints go over to the other end of the scale, colours stay. */
const turned = remembering((color: string): string => {
  const lab = toLab(color);
  if (!lab) return color;
  const mix = (paper: number, ink: number) => paper + (1 - lab.l) * (ink - paper);
  return isGrey(lab)
    ? fromLab({
        l: mix(paperLab.l, inkLab.l),
        a: lab.a + mix(paperLab.a, inkLab.a),
        b: lab.b + mix(paperLab.b, inkLab.b),
        alpha: lab.alpha,
      })
    : fromLab({ ...lab, l: Math.min(lab.l, brightest) });
});

/** Many lines in full ink are a glare; letters need it. */
const softened = remembering((color: string): string => {
  const lab = toLab(color);
  return lab && isGrey(lab) ? fromLab({ ...lab, l: Math.min(lab.l, 0.76) }) : color;
});

/** The colour itself if it contrasts with the background; else a grey gives way to ink or paper, a hue gets lighter or
 * darker until it does. */
const readable = remembering((color: string, ground: string, least: number): string => {
  if (contrast(color, ground) >= least) return color;
  const lab = toLab(color);
  if (!lab) return color;
  const lighter = contrast(darkInk, ground) >= contrast(darkPaper, ground);
  const end = lighter ? darkInk : darkPaper;
  if (isGrey(lab)) return end;
  const steps = 8;
  for (let step = 1; step < steps; step++) {
    const part = step / steps;
    const l = lab.l + ((lighter ? 1 : 0) - lab.l) * part;
    const shifted = fromLab({ l, a: lab.a * (1 - part / 2), b: lab.b * (1 - part / 2), alpha: lab.alpha });
    if (contrast(shifted, ground) >= least) return shifted;
  }
  return end;
});
