// Drawing operations of Graphviz's JSON output (https://graphviz.org/docs/outputs/canon/#xdot) as shapes with their
// styles resolved. In JSON a capital letter is a filled shape: `B` too, though in xdot itself `b` is the filled one.
import type { Font, Gradient, Paint, Shape, Stroke } from '../scene/scene.ts';
import { readColor } from './color.ts';
import { readFont } from './font.ts';
import { list, number, numbers, object, points, string, type Json } from './json.ts';

/** Turns a height of Graphviz (growing upwards) into one of the scene (growing downwards). */
export type Flip = (y: number) => number;

/** Pen, fill and font: what operations set for those that follow in the same list. */
interface Style {
  pen: string | null;
  fill: Paint | null;
  width: number;
  dash: number[] | null;
  visible: boolean;
  face: string;
  size: number;
  flags: number;
}

const initialStyle: Style = {
  pen: '#000000',
  fill: '#000000',
  width: 1,
  dash: null,
  visible: true,
  face: 'Times-Roman',
  size: 14,
  flags: 0,
};

/**
 * `operations` is the value of `_draw_` and its like, undefined when there is none; `at` names it in errors.
 * Graphviz 16 leaves the operation of an image empty (`{}`): the next of `pictures` stands for it, and is taken out.
 */
export function readDrawing(operations: unknown, flip: Flip, at: string, pictures: Shape[] = []): Shape[] {
  const style = { ...initialStyle };
  const shapes: Shape[] = [];
  list(operations, at).forEach((item, i) => {
    const place = `${at}[${i}]`;
    const operation = object(item, place);
    const empty = Object.keys(operation).length === 0;
    const shape = empty
      ? (pictures.shift() ?? null)
      : readOperation(operation, string(operation.op, `${place}.op`), style, flip, place);
    if (shape && style.visible && isSeen(shape)) shapes.push(shape);
  });
  return shapes;
}

/** The shape that an operation draws; null when it only changes the style, or is of a later Graphviz than we know. */
function readOperation(operation: Json, op: string, style: Style, flip: Flip, at: string): Shape | null {
  switch (op) {
    case 'c': {
      // A pen may be a gradient too; a stroke is too thin to show it, so it takes the first colour.
      const paint = readPaint(operation, flip, at);
      style.pen = typeof paint === 'object' && paint ? (paint.stops[0]?.color ?? null) : paint;
      return null;
    }
    case 'C':
      style.fill = readPaint(operation, flip, at);
      return null;
    case 'S':
      setStyle(style, string(operation.style, `${at}.style`));
      return null;
    case 'F':
      style.face = string(operation.face, `${at}.face`);
      style.size = number(operation.size, `${at}.size`);
      return null;
    case 't':
      style.flags = number(operation.fontchar, `${at}.fontchar`);
      return null;
    case 'E':
    case 'e': {
      const [x, y, rx, ry] = numbers(operation.rect, 4, `${at}.rect`);
      return { kind: 'ellipse', x, y: flip(y), rx, ry, ...inks(style, op === 'E') };
    }
    case 'P':
    case 'p':
      return { kind: 'polygon', points: readPoints(operation, flip, at), ...inks(style, op === 'P') };
    case 'L':
      return { kind: 'polyline', points: readPoints(operation, flip, at), ...inks(style, false) };
    case 'B':
    case 'b':
      return { kind: 'bezier', points: readPoints(operation, flip, at), ...inks(style, op === 'B') };
    case 'T':
      return readText(operation, style, flip, at);
    case 'I': {
      const rect = operation.rect ?? [
        ...list(operation.pos, `${at}.pos`),
        ...list(operation.size, `${at}.size`),
      ];
      const [x, y, width, height] = numbers(rect, 4, `${at}.rect`);
      const href = string(operation.name, `${at}.name`);
      return { kind: 'image', x, y: flip(y + height), width, height, href };
    }
    default:
      return null;
  }
}

const stroke = ({ pen, width, dash }: Style): Stroke | null =>
  pen && width > 0 ? { color: pen, width, dash } : null;

const inks = (style: Style, filled: boolean) => ({ fill: filled ? style.fill : null, stroke: stroke(style) });

function isSeen(shape: Shape): boolean {
  if (shape.kind === 'text') return shape.text.trim() !== '';
  return shape.kind === 'image' || shape.fill !== null || shape.stroke !== null;
}

function readPaint(operation: Json, flip: Flip, at: string): Paint | null {
  const kind = operation.grad;
  if (kind !== 'linear' && kind !== 'radial') return readColor(string(operation.color, `${at}.color`));
  const stops = list(operation.stops, `${at}.stops`).map((item, i) => {
    const stop = object(item, `${at}.stops[${i}]`);
    const color = readColor(string(stop.color, `${at}.stops[${i}].color`)) ?? '#ffffff00';
    return { offset: Math.min(1, Math.max(0, number(stop.frac, `${at}.stops[${i}].frac`))), color };
  });
  const length = kind === 'linear' ? 2 : 3;
  const ends = [operation.p0, operation.p1].map((end, i) =>
    numbers(end, length, `${at}.p${i}`).slice(0, length),
  );
  const gradient: Gradient = { kind, at: ends.flatMap(([x, y, ...rest]) => [x, flip(y), ...rest]), stops };
  return gradient;
}

function setStyle(style: Style, text: string): void {
  const width = /^setlinewidth\((.*)\)$/.exec(text);
  if (width) style.width = Math.max(0, Number.parseFloat(width[1]) || 0);
  else if (text === 'bold') style.width = 2;
  else if (text === 'solid') style.dash = null;
  else if (text === 'dashed') style.dash = [5, 2];
  else if (text === 'dotted') style.dash = [1, 5];
  else if (text === 'invis' || text === 'invisible') style.visible = false;
}

function readPoints(operation: Json, flip: Flip, at: string): number[] {
  const flat = points(operation.points, `${at}.points`);
  for (let i = 1; i < flat.length; i += 2) flat[i] = flip(flat[i]);
  return flat;
}

function readText(operation: Json, style: Style, flip: Flip, at: string): Shape {
  const [x, y] = numbers(operation.pt, 2, `${at}.pt`);
  const align = ({ l: 'left', r: 'right' } as const)[String(operation.align)] ?? 'center';
  const font: Font = readFont(style.face, style.size, style.flags);
  const width = number(operation.width, `${at}.width`);
  const text = string(operation.text, `${at}.text`);
  return { kind: 'text', x, y: flip(y), align, width, text, font, color: style.pen ?? '#00000000' };
}
