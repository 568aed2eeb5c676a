// A picture as a document that a browser prints: in its author's fonts where the system has them, else in those that we ship.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { distFolder } from '../package.ts';
import { shippedFamily } from '../../shared/fonts.ts';
import { withShippedFonts } from './shipped-fonts.ts';

/** PDF knows no larger page, in points (ISO 32000-1, annex C). */
const longestSide = 14_400;

/** No script, no other file, no network: a picture from a stranger is printed, not run. */
export const pdfPolicy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:";

/** A document of one page that is as large as its picture. */
export interface PdfPage {
  html: string;
  /** Of the page, in points. */
  width: number;
  height: number;
}

export async function pdfPage(svg: string): Promise<PdfPage> {
  const [width, height] = sizeOf(svg);
  const fit = Math.min(1, longestSide / Math.max(width, height));
  const [w, h] = [width * fit, height * fit].map((side) => side.toFixed(2));
  const drawing = withShippedFonts(svg, true)
    .slice(svg.indexOf('<svg'))
    .replace(/^<svg width="[^"]*" height="[^"]*"/, `<svg width="${w}pt" height="${h}pt"`);
  const html = `<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${pdfPolicy}">
<style>${await fontFaces(svg)}
@page { size: ${w}pt ${h}pt; margin: 0 }
body { margin: 0 }
svg { display: block }</style>
${drawing}`;
  return { html, width: Number(w), height: Number(h) };
}

function sizeOf(svg: string): [number, number] {
  const [, width, height] = /<svg width="([\d.]+)pt" height="([\d.]+)pt"/.exec(svg) ?? [];
  return [Number(width) || 1, Number(height) || 1];
}

/** Those of our fonts that the picture names, in the page itself: it may read no files. */
async function fontFaces(svg: string): Promise<string> {
  const families = new Set(
    [...svg.matchAll(/font-family="([^"]*)"/g)].map(([, family]) => shippedFamily(family)),
  );
  const styles = [
    ['Regular', 'normal', 'normal'],
    ['Bold', 'bold', 'normal'],
    ['Italic', 'normal', 'italic'],
    ['BoldItalic', 'bold', 'italic'],
  ];
  const faces = [...families].flatMap((family) =>
    styles.map(async ([name, weight, style]) => {
      const file = join(distFolder, 'renderer', 'fonts', `${family.replace(' ', '')}-${name}.ttf`);
      const data = (await readFile(file)).toString('base64');
      return `@font-face { font-family: '${family}'; font-weight: ${weight}; font-style: ${style}; src: url(data:font/ttf;base64,${data}) }`;
    }),
  );
  return (await Promise.all(faces)).join('\n');
}
