// A picture file from DOT: svg and Graphviz's text formats as text, png and pdf by another process that makes them of it, all others
// by a system's `dot`.
import { findChromium } from '../../shared/viewer-host/browsers.ts';
import { setsResolution } from '../workers/image-files.ts';
import type { DrawingOptions, DrawnText } from './draw-text.ts';
import { isGraphvizFormat, type TextFormat } from './formats.ts';
import { printPage } from './pdf.ts';
import { drawPngApart } from './png-apart.ts';
import { RenderError, renderBySystemDot } from './system-dot.ts';

export interface RenderOptions extends DrawingOptions {
  /** Graphviz's name of the format: `svg`, `png`, `dot`, `json`, `xdot`, … */
  format: string;
  /** Enlarges a png; 1 is 96 dots per inch, as `dot -Tpng` gives. */
  scale?: number;
}

export interface Rendering {
  data: Uint8Array | string;
  warnings: string[];
}

/** Draws a graph as text: in this thread, or in another one. */
export type DrawText = (format: TextFormat) => Promise<DrawnText<string | Uint8Array>>;

/**
 * Draws a graph into a picture. A process that makes it of the text ends when the signal is aborted.
 * @throws GraphvizError when the graph is refused; RenderError when the format needs what this machine has not; Error in
 * words when the picture could not be drawn; the signal's reason
 * @example (await renderDot('digraph { a -> b }', { format: 'svg' })).data
 */
export async function renderDot(
  dot: string,
  options: RenderOptions,
  draw: DrawText = async (format) => (await import('./draw-text.ts')).drawText(dot, format, options),
  signal?: AbortSignal,
): Promise<Rendering> {
  const { format, engine = 'dot', scale = 1, positioned, crop, images = [] } = options;
  if (format === 'png') {
    const drawn = draw('svg');
    const dots = setsResolution(dot) ? (scale * 72) / 96 : scale;
    const svg = drawn.then(({ text }) => text);
    const { png, reduced } = await drawPngApart(svg, { scale: dots }, { signal });
    const { warnings } = await drawn;
    return { data: png, warnings: reduced ? [...warnings, reduced] : warnings };
  }
  if (crop && format !== 'svg' && format !== 'pdf')
    throw new RenderError(`a part can be written as svg, png and pdf, not as ${format}`);
  if (isGraphvizFormat(format)) {
    const { text, warnings } = await draw(format);
    return { data: text, warnings };
  }
  if (format === 'pdf') {
    const browser = findChromium();
    if (browser) {
      const { text, warnings } = await draw('pdf-page');
      return { data: await printPage(text, browser, { signal }), warnings };
    }
    if (crop)
      throw new RenderError(
        'a part can be written as pdf by a browser of Chromium’s family, and there is none',
      );
  }
  const notes = images.length > 0 ? [`Images are left out of ${format}: svg, png and pdf have them`] : [];
  return { data: await renderBySystemDot(dot, format, { engine, positioned, signal }), warnings: notes };
}
