// A picture file from DOT: svg, png and Graphviz's text formats on our own, pdf through a browser, all others through a system
// `dot`.
import type { Engine } from '../../shared/protocol.ts';
import { graphvizFormats, runGraphviz, type GraphvizFormat } from '../workers/graphviz.ts';
import type { GraphImage } from './images.ts';
import { cleanSvg } from './clean-svg.ts';
import { embedImages } from './embed-images.ts';
import { setsResolution } from '../workers/image-files.ts';
import { fitTexts } from './fit-texts.ts';
import { mergeLayers } from './merge-layers.ts';
import { cropSvg, type Crop } from './crop-svg.ts';
import { drawPdf } from './pdf.ts';
import { drawPngApart } from './png-apart.ts';
import { withGenericFonts } from './shipped-fonts.ts';
import { RenderError, renderBySystemDot } from './system-dot.ts';
import { withX11Colors } from './x11-colors.ts';

export interface RenderOptions {
  /** Graphviz's name of the format: `svg`, `png`, `dot`, `json`, `xdot`, … */
  format: string;
  engine?: Engine;
  /** Enlarges a png; 1 is 96 dots per inch, as `dot -Tpng` gives. */
  scale?: number;
  /** The positions in the DOT are kept as they are. */
  positioned?: boolean;
  /** Only a part of it, of a picture made of SVG: svg, png and pdf. */
  crop?: Crop;
  /** Those that the graph shows; see images.ts. */
  images?: readonly GraphImage[];
}

export interface Rendering {
  data: Buffer | string;
  warnings: string[];
}

/** Where a format goes by another name as a file's extension. */
const formatOfExtension: Record<string, string> = { gv: 'dot', jpeg: 'jpg' };

/** The format that a file name asks for, or null when it has no extension. */
export function formatOfFile(file: string): string | null {
  const extension = /\.([A-Za-z0-9_.-]+)$/
    .exec(
      file
        .split(/[\\/]/)
        .pop()!
        .replace(/^.*(?=\.)/, ''),
    )?.[1]
    .toLowerCase();
  return extension === undefined ? null : (formatOfExtension[extension] ?? extension);
}

/**
 * Draws a graph into a picture.
 * @throws GraphvizError when the graph is refused; RenderError when the format needs what this machine has not
 * @example (await renderDot('digraph { a -> b }', { format: 'svg' })).data
 */
export async function renderDot(dot: string, options: RenderOptions): Promise<Rendering> {
  const { format, engine = 'dot', scale = 1, positioned, crop, images = [] } = options;
  const request = { dot, engine, positioned, images };
  const finish = async (svg: string) =>
    cleanSvg(
      withX11Colors(embedImages(withGenericFonts(await fitTexts(mergeLayers(svg), dot)), images), dot),
    );
  const drawSvg = async () => {
    const { output, warnings } = await runGraphviz({ ...request, format: 'svg' });
    const svg = await finish(output);
    return { svg: crop ? cropSvg(svg, crop) : svg, warnings };
  };
  if (format === 'svg') {
    const { svg, warnings } = await drawSvg();
    return { data: svg, warnings };
  }
  if (format === 'png') {
    const { svg, warnings } = await drawSvg();
    const { png, reduced } = await drawPngApart(svg, {
      scale: setsResolution(dot) ? (scale * 72) / 96 : scale,
    });
    return { data: png, warnings: reduced ? [...warnings, reduced] : warnings };
  }
  if (crop && format !== 'pdf')
    throw new RenderError(`a part can be written as svg, png and pdf, not as ${format}`);
  if (format === 'pdf') {
    const { svg, warnings } = await drawSvg();
    const data = await drawPdf(svg);
    if (data) return { data, warnings };
    if (crop)
      throw new RenderError(
        'a part can be written as pdf by a browser of Chromium’s family, and there is none',
      );
  }
  if (isGraphvizFormat(format)) {
    const { output, warnings } = await runGraphviz({ ...request, format });
    if (format.startsWith('cmapx')) return { data: cleanSvg(output), warnings };
    return { data: format.startsWith('svg') ? await finish(output) : output, warnings };
  }
  const notes = images.length > 0 ? [`Images are left out of ${format}: svg, png and pdf have them`] : [];
  return { data: await renderBySystemDot(dot, format, engine, positioned), warnings: notes };
}

const isGraphvizFormat = (format: string): format is GraphvizFormat =>
  (graphvizFormats as readonly string[]).includes(format);
