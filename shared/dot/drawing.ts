// Drawing operations of xdot (https://graphviz.org/docs/outputs/canon/#xdot) as shapes with their styles resolved. In xdot
// a capital letter is a filled shape, but for `b`, which is the filled one.
import type { Gradient, Paint, Shape, Stroke } from '../scene/scene.ts';
import { readColor } from './color.ts';
import { readFont } from './font.ts';
import { GraphvizOutputError } from './xdot-graph.ts';

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
 * `operations` is the value of `_draw_` and its like; `at` names it in errors. Graphviz doubles the backslashes of most of them,
 * but leaves those of clusters and of head and tail labels as they are: `isRaw`.
 * @throws GraphvizOutputError where an operation is cut short
 */
export function readDrawing(operations: string, flip: Flip, at: string, isRaw = false): Shape[] {
  const words = new Words(isRaw ? operations : operations.replaceAll('\\\\', '\\'), at);
  const style = { ...initialStyle };
  const shapes: Shape[] = [];
  for (let op = words.next(); op !== ''; op = words.next()) {
    const shape = readOperation(words, op, style, flip);
    if (shape && style.visible && isSeen(shape)) shapes.push(shape);
  }
  return shapes;
}

/** The shape that an operation draws; null when it only changes the style, or is of a later Graphviz than we know. */
function readOperation(words: Words, op: string, style: Style, flip: Flip): Shape | null {
  switch (op) {
    case 'c': {
      // A pen may be a gradient too; a stroke is too thin to show it, so it takes the first colour.
      const paint = readPaint(words, flip);
      style.pen = typeof paint === 'object' && paint ? (paint.stops[0]?.color ?? null) : paint;
      return null;
    }
    case 'C':
      style.fill = readPaint(words, flip);
      return null;
    case 'S':
      setStyle(style, words.text());
      return null;
    case 'F':
      style.size = words.number();
      style.face = words.text();
      return null;
    case 't':
      style.flags = words.number();
      return null;
    case 'E':
    case 'e': {
      const [x, y, rx, ry] = words.coordinates(4);
      return { kind: 'ellipse', x, y: flip(y), rx, ry, ...inks(style, op === 'E') };
    }
    case 'P':
    case 'p':
      return { kind: 'polygon', points: words.points(flip), ...inks(style, op === 'P') };
    case 'L':
      return { kind: 'polyline', points: words.points(flip), ...inks(style, false) };
    case 'B':
    case 'b':
      return { kind: 'bezier', points: words.points(flip), ...inks(style, op === 'b') };
    case 'T':
      return readText(words, style, flip);
    case 'I': {
      const [x, y, width, height] = words.coordinates(4);
      return { kind: 'image', x, y: flip(y + height), width, height, href: words.text() };
    }
    default:
      // It is unknown how many words are its own: those that are no operation themselves.
      return null;
  }
}

const stroke = ({ pen, width, dash }: Style): Stroke | null =>
  pen && width > 0 ? { color: pen, width, dash } : null;

const inks = (style: Style, filled: boolean) => ({ fill: filled ? style.fill : null, stroke: stroke(style) });

function isSeen(shape: Shape): boolean {
  if (!isSomewhere(shape)) return false;
  if (shape.kind === 'text') return shape.text.trim() !== '';
  return shape.kind === 'image' || shape.fill !== null || shape.stroke !== null;
}

/** Graphviz places some lines nowhere: the `diagonals` of a cylinder are at `-nan`. The others are drawn. */
function isSomewhere(shape: Shape): boolean {
  if ('points' in shape) return shape.points.every(Number.isFinite);
  const size =
    shape.kind === 'ellipse' ? shape.rx + shape.ry : shape.kind === 'image' ? shape.width + shape.height : 0;
  return Number.isFinite(shape.x + shape.y + size);
}

function readPaint(words: Words, flip: Flip): Paint | null {
  const text = words.text();
  const kind = ({ '[': 'linear', '(': 'radial' } as const)[text[0]];
  return kind ? readGradient(kind, new Words(text.slice(1), words.at), flip) : readColor(text);
}

/** `[x0 y0 x1 y1 n (offset colour)…]`, or with radii `(x0 y0 r0 x1 y1 r1 n (offset colour)…)`. */
function readGradient(kind: Gradient['kind'], words: Words, flip: Flip): Gradient {
  const length = kind === 'linear' ? 2 : 3;
  const end = () => {
    const [x, y, ...radius] = words.numbers(length);
    return [x, flip(y), ...radius];
  };
  const at = [...end(), ...end()];
  const stops = Array.from({ length: words.count() }, () => {
    const offset = Math.min(1, Math.max(0, words.number()));
    return { offset, color: readColor(words.text()) ?? '#ffffff00' };
  });
  return { kind, at, stops };
}

function setStyle(style: Style, written: string): void {
  const width = /^setlinewidth\((.*)\)$/.exec(written);
  // Older Graphviz writes arguments behind a style that has none.
  const [text] = written.split('(', 1);
  if (width) style.width = Math.max(0, Number.parseFloat(width[1]) || 0);
  else if (text === 'bold') style.width = 2;
  else if (text === 'solid') style.dash = null;
  else if (text === 'dashed') style.dash = [5, 2];
  else if (text === 'dotted') style.dash = [1, 5];
  else if (text === 'invis' || text === 'invisible') style.visible = false;
}

function readText(words: Words, style: Style, flip: Flip): Shape {
  const [x, y, side, width] = words.numbers(4);
  const align = side < 0 ? 'left' : side > 0 ? 'right' : 'center';
  const font = readFont(style.face, style.size, style.flags);
  return {
    kind: 'text',
    x,
    y: flip(y),
    align,
    width,
    text: words.text(),
    font,
    color: style.pen ?? '#00000000',
  };
}

/** The words of a drawing, one after the other. */
class Words {
  readonly at: string;
  readonly #all: string;
  #place = 0;

  constructor(all: string, at: string) {
    this.#all = all;
    this.at = at;
  }

  /** Up to the next blank; empty at the end. */
  next(): string {
    while (this.#all.charCodeAt(this.#place) <= 32) this.#place++;
    const end = this.#all.indexOf(' ', this.#place);
    const word = this.#all.slice(this.#place, end < 0 ? undefined : end);
    this.#place += word.length;
    return word;
  }

  number(): number {
    const word = this.next();
    const value = Number(word);
    if (word === '' || !Number.isFinite(value)) this.#fail('a number', word);
    return value;
  }

  /** NaN for what C writes where there is no number. */
  coordinate(): number {
    const place = this.#place;
    if (/^-?(nan|inf)/i.test(this.next())) return NaN;
    this.#place = place;
    return this.number();
  }

  coordinates(count: number): number[] {
    return Array.from({ length: count }, () => this.coordinate());
  }

  numbers(count: number): number[] {
    return Array.from({ length: count }, () => this.number());
  }

  /** Of things that follow, each at least two characters long. */
  count(): number {
    const count = this.number();
    const most = (this.#all.length - this.#place) / 2;
    if (!Number.isInteger(count) || count < 0 || count > most) this.#fail('how many follow', String(count));
    return count;
  }

  /** Their number, and then x and y of each. */
  points(flip: Flip): number[] {
    const flat = new Array<number>(2 * this.count());
    for (let i = 0; i < flat.length; i += 2) {
      flat[i] = this.coordinate();
      flat[i + 1] = flip(this.coordinate());
    }
    return flat;
  }

  /** `5 -Hello`: its bytes in UTF-8, and all that may be in it. */
  text(): string {
    let left = this.number();
    const start = this.#all.indexOf('-', this.#place) + 1;
    if (start === 0) this.#fail('a text after its length', '');
    this.#place = start;
    for (; left > 0 && this.#place < this.#all.length; this.#place++)
      left -= bytesOf(this.#all.charCodeAt(this.#place));
    const text = this.#all.slice(start, this.#place);
    return text.includes('"') && !this.#isAtOperation(this.#place) ? this.#unescapedText(start, left) : text;
  }

  /**
   * A text that holds fewer bytes than it should: where Graphviz does not double backslashes, each of those before a quote is lost
   * when the attribute is read. `missing` bytes would be behind the end.
   */
  #unescapedText(start: number, missing: number): string {
    const tooFar = this.#place;
    for (let end = tooFar - 1; end > start; end--) {
      const text = this.#all.slice(start, end);
      let lost = tooFar + missing - end;
      if (text.split('"').length - 1 < lost) break;
      if (!this.#isAtOperation(end)) continue;
      this.#place = end;
      return text.replaceAll('"', () => (lost-- > 0 ? '\\"' : '"'));
    }
    return this.#all.slice(start, tooFar);
  }

  /** Whether an operation may follow at a place, or nothing. */
  #isAtOperation(place: number): boolean {
    return /^ (?:$|[cCSFtEePpLBbTI] )/.test(this.#all.slice(place, place + 3));
  }

  #fail(wanted: string, found: string): never {
    throw new GraphvizOutputError(
      `Graphviz output: ${this.at} should have ${wanted} at character ${this.#place}, not ${found === '' ? 'its end' : JSON.stringify(found.slice(0, 60))}`,
    );
  }
}

/** In UTF-8, of a unit of UTF-16: a pair of them are four. */
function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800 || (unit >= 0xd800 && unit < 0xe000)) return 2;
  return 3;
}
