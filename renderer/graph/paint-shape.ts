// Paints one shape of a scene; the context is already in the scene's units.
import type { Gradient, Paint, Shape } from '../../shared/scene/scene.ts';
import { cssFont } from './fonts.ts';
import { imageFor } from './images.ts';
import { pathOf } from './paths.ts';

export type Context = CanvasRenderingContext2D;
type Text = Extract<Shape, { kind: 'text' }>;

/** How much of a shape is worth painting at this size on the screen. */
export interface Detail {
  /** Screen pixels to a unit of the scene. */
  zoom: number;
  /** The thinnest line, in units of the scene. */
  hairline: number;
}

/** Text lower than this many pixels cannot be read: a grey line replaces it, down to the lower bound. */
const minText = 4;
const minLine = 1.2;
/** Shapes smaller than this many pixels (arrowheads, mostly) are specks. */
const leastShape = 0.8;

/** `rim`: a colour around letters, for those that lie on lines. */
export function paintShape(context: Context, shape: Shape, detail: Detail, rim?: string): void {
  if (shape.kind === 'text') {
    const height = shape.font.size * detail.zoom;
    if (height >= minText) upright(context, shape, (x, y) => paintText(context, shape, x, y, rim));
    else if (height >= minLine) upright(context, shape, (x, y) => paintLine(context, shape, x, y));
    return;
  }
  if (shape.kind === 'image') {
    paintImage(context, shape);
    return;
  }
  const path = pathOf(shape);
  if (shape.fill) {
    context.fillStyle = fillStyle(context, shape.fill);
    context.fill(path);
  }
  if (shape.stroke) {
    context.strokeStyle = shape.stroke.color;
    context.lineWidth = Math.max(shape.stroke.width, detail.hairline);
    const dashed = shape.stroke.dash && detail.zoom > 0.25;
    if (dashed) context.setLineDash(shape.stroke.dash!);
    context.stroke(path);
    if (dashed) context.setLineDash([]);
  }
}

/** False for what would be a speck on the screen. */
export function isWorthPainting(shape: Shape, zoom: number): boolean {
  if (shape.kind === 'text') return shape.font.size * zoom >= minLine;
  if (shape.kind !== 'polygon') return true;
  // By three of its corners: a rule of a table has no height, so that two of them may lie in one place.
  const [x, y, x1, y1, x2 = x1, y2 = y1] = shape.points;
  const extent = Math.abs(x - x1) + Math.abs(y - y1) + Math.abs(x1 - x2) + Math.abs(y1 - y2);
  return extent * zoom > leastShape;
}

export function fillStyle(context: Context, paint: Paint): string | CanvasGradient {
  return typeof paint === 'string' ? paint : gradient(context, paint);
}

function gradient(context: Context, { kind, at, stops }: Gradient): CanvasGradient {
  const result =
    kind === 'linear'
      ? context.createLinearGradient(at[0], at[1], at[2], at[3])
      : context.createRadialGradient(at[0], at[1], at[2], at[3], at[4], at[5]);
  for (const { offset, color } of stops) result.addColorStop(offset, color);
  return result;
}

/** How wide a text is in its font; measured once, when its font is there. */
let widths = new WeakMap<Text, number>();

/** For when a font has come: what was measured was another one. */
export function forgetMeasures(): void {
  widths = new WeakMap();
}

function paintText(context: Context, shape: Text, x: number, y: number, rim?: string): void {
  const { font, text, align, width } = shape;
  const scripted = font.script ? 0.7 : 1;
  const rise = font.script === 'super' ? 0.35 : font.script === 'sub' ? -0.15 : 0;
  context.font = cssFont(font, font.size * scripted);
  let natural = widths.get(shape);
  if (natural === undefined) widths.set(shape, (natural = context.measureText(text).width));
  // Never wider than Graphviz laid it out.
  const shrink = natural > width && width > 0 ? width / natural : 1;
  const baseline = y - font.size * rise;
  context.fillStyle = shape.color;
  context.textAlign = align;
  const write = (x: number, y: number) => {
    if (rim) {
      context.strokeStyle = rim;
      context.lineWidth = font.size / 5;
      context.strokeText(text, x, y);
    }
    context.fillText(text, x, y);
  };
  if (shrink === 1) {
    write(x, baseline);
  } else {
    context.save();
    context.translate(x, baseline);
    context.scale(shrink, 1);
    write(0, 0);
    context.restore();
  }
  const drawn = natural * shrink;
  const line = (height: number) =>
    context.fillRect(leftOf(x, drawn, align), baseline - font.size * height, drawn, font.size / 14);
  if (font.underline) line(-0.12);
  if (font.strike) line(0.28);
  if (font.overline) line(0.86);
}

const leftOf = (x: number, width: number, align: Text['align']) =>
  x - width * { left: 0, center: 0.5, right: 1 }[align];

/** A text that is too small to be read, as xdot shows it: where it is, and how long. */
function paintLine(context: Context, { font, width, align, color }: Text, x: number, y: number): void {
  context.fillStyle = color;
  const { globalAlpha } = context;
  context.globalAlpha = globalAlpha * 0.35;
  context.fillRect(leftOf(x, width, align), y - font.size * 0.55, width, font.size * 0.45);
  context.globalAlpha = globalAlpha;
}

/** Paints what lies on its side as if it stood upright; `paint` gets its point. */
function upright(
  context: Context,
  { x, y, sideways }: { x: number; y: number; sideways?: true },
  paint: (x: number, y: number) => void,
): void {
  if (!sideways) return paint(x, y);
  context.save();
  context.translate(x, y);
  context.rotate(-Math.PI / 2);
  paint(0, 0);
  context.restore();
}

/** An image that cannot be shown leaves an empty frame, so that its place is understood. */
function paintImage(context: Context, shape: Extract<Shape, { kind: 'image' }>): void {
  const { x, y, width, height, href, sideways } = shape;
  const image = imageFor(href);
  if (image) {
    const [long, wide] = sideways ? [height, width] : [width, height];
    upright(context, { x, y: sideways ? y + height : y, sideways }, (left, top) =>
      context.drawImage(image, left, top, long, wide),
    );
    return;
  }
  context.strokeStyle = '#8888';
  context.lineWidth = 1;
  context.strokeRect(x, y, width, height);
}
