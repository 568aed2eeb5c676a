// Where words are in the texts of an item: what find marks.
import type { Box, Shape } from '../../shared/scene/scene.ts';
import { boundsOfShape } from '../../shared/scene/shapes.ts';
import { cssFont } from './fonts.ts';

type Text = Extract<Shape, { kind: 'text' }>;

/** How wide a text is in a font. */
export type Measure = (text: string, font: string) => number;

let context: CanvasRenderingContext2D | null = null;

/** By a canvas of the page. */
export const measure: Measure = (text, font) => {
  context ??= document.createElement('canvas').getContext('2d')!;
  context.font = font;
  return context.measureText(text).width;
};

/** Boxes of the letters from `start` to `end`, in the scene, of each range of a text. */
export function wordBoxes(
  shape: Text,
  ranges: readonly [start: number, end: number][],
  measure: Measure,
): Box[] {
  const { text, width, align, x, y, font, sideways } = shape;
  const name = cssFont(font, font.size);
  const natural = measure(text, name);
  if (natural === 0) return [];
  // As it is painted: squeezed where Graphviz left less room.
  const drawn = width > 0 ? Math.min(natural, width) : natural;
  const left = -drawn * { left: 0, center: 0.5, right: 1 }[align];
  const [, top, , bottom] = sideways ? [0, -font.size, 0, font.size * 0.25] : boundsOfShape(shape);
  return ranges.map(([start, end]) => {
    const along = (letters: number) => left + (measure(text.slice(0, letters), name) / natural) * drawn;
    const [from, to] = [along(start), along(end)];
    return sideways ? [x + top, y - to, x + bottom, y - from] : [x + from, top, x + to, bottom];
  });
}
