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

/** The graph as it is to be drawn, and the files to lay beside it: of an image Graphviz wants to know its size alone. */
export function withImageFiles(
  dot: string,
  images: readonly ImageSize[],
  format: string,
): { dot: string; files: { name: string; content: string }[] } {
  // Whose author says how many dots are an inch is laid out and drawn by that.
  const atTwoSizes = images.length > 0 && /^(svg|xdot)/.test(format) && !setsResolution(dot);
  // Of SVG, Graphviz makes three quarters of a point of a pixel, and takes that for a pixel of 72 or 96 to the inch.
  const pixel = atTwoSizes ? 1 : 4 / 3;
  const files = images.map(({ name, width, height }) => ({
    name,
    content: `<?xml version="1.0"?>\n<svg width="${width * pixel}px" height="${height * pixel}px"></svg>`,
  }));
  // They are laid beside the graph by the names that it has for them, wherever they are from.
  const beside = files.length > 0 && dot.includes('imagepath') ? withLastWord(dot, 'imagepath=""') : dot;
  return { dot: atTwoSizes ? withDefault(beside, 'dpi=72') : beside, files };
}

/** Whether a graph sets how many dots are an inch, by which Graphviz scales its SVG already. */
export function setsResolution(dot: string): boolean {
  // Most graphs do not: they need not be read again.
  if (!/dpi|resolution/.test(dot)) return false;
  for (const { name, ofGraph } of attributesIn(dot))
    if (ofGraph && (name === 'dpi' || name === 'resolution')) return true;
  return false;
}
