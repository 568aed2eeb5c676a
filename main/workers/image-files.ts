// The files in which Graphviz looks for the sizes of images. It lays pixels out at 96 to the inch, but draws them into SVG and xdot at 72:
// larger than the place that it left, or squeezed into it. Ours come to lie as `dot -Tpng` draws them.
import { attributesIn } from '../../shared/dot/attributes.ts';
import { withLastWord } from '../../shared/dot/layers.ts';
import { withDefault } from './graph-default.ts';

export interface ImageSize {
  name: string;
  /** Pixels, 96 to the inch. */
  width: number;
  height: number;
}

/** The graph as it is to be drawn, and the files that Graphviz needs: of an image it reads the size only. */
export function withImageFiles(
  dot: string,
  images: readonly ImageSize[],
  format: string,
): { dot: string; files: { name: string; content: string }[] } {
  // A graph that sets its dots per inch is laid out and drawn by them.
  const atTwoSizes = images.length > 0 && /^(svg|xdot)/.test(format) && !setsResolution(dot);
  // Of SVG, Graphviz makes three quarters of a point of a pixel, and takes that for a pixel of 72 or 96 to the inch.
  const pixel = atTwoSizes ? 1 : 4 / 3;
  const files = images.map(({ name, width, height }) => ({
    name,
    content: `<?xml version="1.0"?>\n<svg width="${width * pixel}px" height="${height * pixel}px"></svg>`,
  }));
  // Graphviz finds them by the names that the graph has for them, wherever they are from.
  const named = files.length > 0 && dot.includes('imagepath') ? withLastWord(dot, 'imagepath=""') : dot;
  return { dot: atTwoSizes ? withDefault(named, 'dpi=72') : named, files };
}

/** Whether a graph sets how many dots are an inch, by which Graphviz scales its SVG already. */
export function setsResolution(dot: string): boolean {
  // Most graphs do not: they need not be read again.
  if (!/dpi|resolution/.test(dot)) return false;
  for (const { name, ofGraph } of attributesIn(dot))
    if (ofGraph && (name === 'dpi' || name === 'resolution')) return true;
  return false;
}
