// Where a picture of a scene differs from the window's. Programs smooth edges differently and shape letters differently, so two
// things are compared: outside of texts small squares, each of which may lie a pixel elsewhere; and of each text the colour of its
// parts, by which it is missing, bolder, too short or too long. What remains is a line, a fill or a text that is not the same.
import type { PNG } from 'pngjs';
import { inflate, intersection, isEmpty } from '../../shared/scene/bounds.ts';
import { boundsOfShape } from '../../shared/scene/shapes.ts';
import type { Box, Scene, Shape } from '../../shared/scene/scene.ts';

export interface Difference {
  kind: 'drawing' | 'text';
  /** In the scene; of a drawing around all squares that touch. */
  box: Box;
  /** Of squares, or of parts of a text. */
  count: number;
  /** By how much the colours of the worst differ, of 255. */
  most: number;
  text?: string;
}

/** A picture, and where in it a drawing is: the pixel of its upper left corner, and how many pixels a point is. */
export interface Framed {
  png: PNG;
  x: number;
  y: number;
  perPoint: number;
}

/** Points. Squares overlap by half, so that each line lies in one of them, and not on its edge only. */
const square = 3;
const step = square / 2;
/** Letters reach over the box of their text a little. */
const overhang = 2;
/** Of a text, each of some letters. */
const maxParts = 4;
const minPart = 7;
/** Of 255, in any of the three colours. */
const noticeable = { drawing: 32, text: 16 };
/** One square alone is the tip of an arrow, or a corner. */
const fewestSquares = 2;

type Text = Extract<Shape, { kind: 'text' }>;

export function differencesBetween(scene: Scene, window: Framed, other: Framed): Difference[] {
  const texts = textsOf(scene);
  const [left, top, right, bottom] = scene.bounds;
  const [a, b] = [new Means(window, scene), new Means(other, scene)];
  const differing = new Map<string, { column: number; row: number; by: number }>();
  const columns = Math.ceil((right - left) / step);
  const rows = Math.ceil((bottom - top) / step);
  const covered = coveredBy(texts, scene, columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      if (covered.has(row * columns + column)) continue;
      const [x, y] = [left + column * step, top + row * step];
      const by = a.least([x, y, x + square, y + square], b, noticeable.drawing);
      if (by > noticeable.drawing) differing.set(`${column} ${row}`, { column, row, by });
    }
  const drawn = islandsOf(differing).map((squares): Difference => {
    const along = squares.map(({ column }) => column);
    const down = squares.map(({ row }) => row);
    return {
      kind: 'drawing',
      box: [
        left + Math.min(...along) * step,
        top + Math.min(...down) * step,
        left + Math.max(...along) * step + square,
        top + Math.max(...down) * step + square,
      ],
      count: squares.length,
      most: Math.round(Math.max(...squares.map(({ by }) => by))),
    };
  });
  const written = texts.flatMap((text): Difference[] => {
    // What lies outside of the drawing is cut off in files, but not in a window.
    const box = intersection(boundsOfShape(text), scene.bounds);
    if (isEmpty(box)) return [];
    const differences = partsOf(box, text.sideways === true).map((part) => a.least(part, b, noticeable.text));
    const count = differences.filter((by) => by > noticeable.text).length;
    const most = Math.round(Math.max(...differences));
    return count > 0 ? [{ kind: 'text', box, count, most, text: text.text }] : [];
  });
  return [...drawn.filter(({ count }) => count >= fewestSquares), ...written];
}

const textsOf = ({ shapes, clusters, nodes, edges }: Scene): Text[] =>
  [{ shapes }, ...clusters, ...nodes, ...edges]
    .flatMap((item) => item.shapes)
    .filter((shape): shape is Text => shape.kind === 'text');

/** The squares on which letters lie. */
function coveredBy(texts: readonly Text[], { bounds: [left, top] }: Scene, columns: number): Set<number> {
  const covered = new Set<number>();
  for (const text of texts) {
    // A square begins before its box.
    const [x, y, ...ends] = inflate(boundsOfShape(text), overhang);
    const box = [x - square, y - square, ...ends];
    const [x0, x1] = [box[0] - left, box[2] - left].map((side) => Math.floor(side / step));
    const [y0, y1] = [box[1] - top, box[3] - top].map((side) => Math.floor(side / step));
    for (let row = y0; row <= y1; row++)
      for (let column = Math.max(0, x0); column <= Math.min(columns - 1, x1); column++)
        covered.add(row * columns + column);
  }
  return covered;
}

/** A text from its beginning to its end. */
function partsOf([left, top, right, bottom]: Box, sideways: boolean): Box[] {
  const [from, length] = sideways ? [top, bottom - top] : [left, right - left];
  const parts = Math.max(1, Math.min(maxParts, Math.floor(length / minPart)));
  return Array.from({ length: parts }, (_, i): Box => {
    const [start, end] = [from + (i * length) / parts, from + ((i + 1) * length) / parts];
    return sideways ? [left, start, right, end] : [start, top, end, bottom];
  });
}

/** Squares that touch each other, also by a corner. */
function islandsOf<T extends { column: number; row: number }>(squares: ReadonlyMap<string, T>): T[][] {
  const left = new Map(squares);
  const islands: T[][] = [];
  for (const [key, first] of squares) {
    if (!left.delete(key)) continue;
    const island = [first];
    for (const { column, row } of island)
      for (const dx of [-1, 0, 1])
        for (const dy of [-1, 0, 1]) {
          const near = `${column + dx} ${row + dy}`;
          const next = left.get(near);
          if (!next) continue;
          left.delete(near);
          island.push(next);
        }
    islands.push(island);
  }
  return islands;
}

/** Mean colours of any part of a picture, on white, by sums over all that is above and to the left. */
class Means {
  readonly #sums: Float64Array;
  readonly #width: number;
  readonly #height: number;
  readonly #toPixels: (value: number, axis: 0 | 1) => number;

  constructor({ png, x, y, perPoint }: Framed, { bounds }: Scene) {
    const { width, height, data } = png;
    [this.#width, this.#height] = [width, height];
    const corner = [x, y];
    this.#toPixels = (value, axis) => Math.round(corner[axis] + (value - bounds[axis]) * perPoint);
    this.#sums = new Float64Array(3 * (width + 1) * (height + 1));
    const sums = this.#sums;
    const line = 3 * (width + 1);
    for (let y = 0; y < height; y++) {
      // Of this line alone, up to here.
      let [red, green, blue] = [0, 0, 0];
      for (let x = 0; x < width; x++) {
        const at = 4 * (y * width + x);
        const alpha = data[at + 3] / 255;
        const paper = 255 * (1 - alpha);
        const to = (y + 1) * line + 3 * (x + 1);
        sums[to] = sums[to - line] + (red += data[at] * alpha + paper);
        sums[to + 1] = sums[to - line + 1] + (green += data[at + 1] * alpha + paper);
        sums[to + 2] = sums[to - line + 2] + (blue += data[at + 2] * alpha + paper);
      }
    }
  }

  /**
   * By how much a part differs from the same part of another picture, or from its surroundings a pixel away.
   * @param enough less than this is as good as nothing: no better one is looked for
   */
  least(box: Box, other: Means, enough: number): number {
    this.#read(box, 0, 0, own);
    let least = Infinity;
    for (const [dx, dy] of nearby) {
      other.#read(box, dx, dy, others);
      const by = Math.max(
        Math.abs(own[0] - others[0]),
        Math.abs(own[1] - others[1]),
        Math.abs(own[2] - others[2]),
      );
      if (by < least) least = by;
      if (least <= enough) break;
    }
    return least;
  }

  /** The mean colour of a part that lies elsewhere by some pixels. */
  #read([left, top, right, bottom]: Box, dx: number, dy: number, into: Float64Array): void {
    const [width, height] = [this.#width, this.#height];
    const x0 = clamp(this.#toPixels(left, 0) + dx, width);
    const x1 = clamp(this.#toPixels(right, 0) + dx, width);
    const y0 = clamp(this.#toPixels(top, 1) + dy, height);
    const y1 = clamp(this.#toPixels(bottom, 1) + dy, height);
    const area = (x1 - x0) * (y1 - y0);
    const line = 3 * (width + 1);
    const [upper, lower, from, to] = [y0 * line, y1 * line, 3 * x0, 3 * x1];
    const sums = this.#sums;
    for (let c = 0; c < 3; c++)
      into[c] =
        area === 0
          ? 255
          : (sums[lower + to + c] - sums[lower + from + c] - sums[upper + to + c] + sums[upper + from + c]) /
            area;
  }
}

const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));

/** Where it is itself comes first: most often that is where it is found. */
const nearby = [0, -1, 1].flatMap((dx) => [0, -1, 1].map((dy) => [dx, dy] as const));

/** Three colours each, which `least` compares. */
const own = new Float64Array(3);
const others = new Float64Array(3);
