// A graph as text, in this thread: Graphviz's own formats, its SVG with our fonts and images, and the page of a PDF.
import type { Engine } from '../../shared/protocol.ts';
import { runGraphviz } from '../workers/graphviz.ts';
import { cleanSvg } from './clean-svg.ts';
import { cropSvg, type Crop } from './crop-svg.ts';
import { embedImages } from './embed-images.ts';
import { fitTexts } from './fit-texts.ts';
import type { TextFormat } from './formats.ts';
import type { GraphImage } from './images.ts';
import { mergeLayers } from './merge-layers.ts';
import { pdfPage } from './pdf-page.ts';
import { mayEndAtOnce, withRoundGradients } from './round-gradients.ts';
import { withGenericFonts } from './shipped-fonts.ts';
import { usesSvgColors, withSingleColors, withX11Colors } from './x11-colors.ts';

export interface DrawingOptions {
  engine?: Engine;
  /** The positions in the DOT are kept as they are. */
  positioned?: boolean;
  /** Only a part of it, of a picture made of SVG. */
  crop?: Crop;
  /** Those that the graph shows; see images.ts. */
  images?: readonly GraphImage[];
}

export interface DrawnText<Text = string> {
  text: Text;
  warnings: string[];
}

/** @throws GraphvizError when the graph is refused */
export async function drawText(
  dot: string,
  format: TextFormat,
  { engine = 'dot', positioned, crop, images = [] }: DrawingOptions,
): Promise<DrawnText> {
  const isPage = format === 'pdf-page';
  const { output, warnings } = await runGraphviz({
    ...{ dot, engine, positioned, images },
    format: isPage ? 'svg' : format,
  });
  if (format.startsWith('cmapx')) return { text: cleanSvg(output), warnings };
  if (!isPage && !format.startsWith('svg')) return { text: output, warnings };
  // Graphviz's SVG does not have all that its xdot has.
  const [svgColors, hardGradients] = [usesSvgColors(dot), mayEndAtOnce(output, dot)];
  const xdot =
    svgColors || hardGradients
      ? (await runGraphviz({ dot, engine, positioned, images, format: 'xdot' })).output
      : null;
  const fitted = withRoundGradients(await fitTexts(mergeLayers(output), dot), xdot);
  const colored = withX11Colors(withSingleColors(withGenericFonts(fitted)), svgColors ? xdot : null);
  const whole = cleanSvg(embedImages(colored, images));
  const svg = crop ? cropSvg(whole, crop) : whole;
  return { text: isPage ? (await pdfPage(svg)).html : svg, warnings };
}
