// Graphviz's SVG as a PNG, with the fonts that we ship: text is there on a machine that has none.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Resvg as ResvgClass } from '@resvg/resvg-js';
import { checkNativeModules, distFolder } from '../package.ts';
import { withScriptFonts } from './script-fonts.ts';
import { namesOwnFonts, serif, withShippedFonts } from './shipped-fonts.ts';

export interface PngOptions {
  /** 1 is 96 dots per inch. */
  scale?: number;
  /** Where our fonts are. */
  fontFolder?: string;
  /** Whether the system's fonts may be asked for: those that the picture names, and characters that ours lack. */
  systemFonts?: boolean;
}

export interface Png {
  png: Buffer;
  /** A sentence for the user when the picture had to be made smaller than asked. */
  reduced: string | null;
}

/** As cairo, which draws `dot -Tpng`: no side longer than this. */
const longestSide = 32_767;
/** Four bytes each; more would not fit in the memory of a small machine. */
const maxPixels = 200_000_000;

/**
 * Draws a picture at 96 dots per inch, which is what `dot -Tpng` does.
 * @throws Error when resvg has no binary for this machine, or the SVG is none
 */
export function drawPng(svg: string, options: PngOptions = {}): Png {
  const { scale = 1, fontFolder = join(distFolder, 'renderer', 'fonts') } = options;
  const Resvg = loadResvg();
  // Looking through the system's fonts costs ten times what drawing does.
  const loadSystemFonts = (options.systemFonts ?? true) && (hasForeignText(svg) || namesOwnFonts(svg));
  const font = { loadSystemFonts, fontDirs: [fontFolder], defaultFontFamily: serif };
  const shipped = withShippedFonts(svg, loadSystemFonts);
  const source = loadSystemFonts ? withScriptFonts(shipped) : shipped;
  const { width, height } = new Resvg(source, { dpi: 96, font });
  const fitting = fittingScale(width, height, scale);
  const image = new Resvg(source, { dpi: 96, font, fitTo: { mode: 'zoom', value: fitting } }).render();
  const reduced =
    fitting < scale
      ? `The picture would be ${Math.ceil(width * scale)}×${Math.ceil(height * scale)} pixels; it was reduced to ${image.width}×${image.height}`
      : null;
  return { png: image.asPng(), reduced };
}

/** @throws Error in words when there is none for this machine */
export function loadResvg(): typeof ResvgClass {
  try {
    checkNativeModules();
    // A native module: loaded when the first png is drawn, so that nothing else depends on it.
    const module = createRequire(import.meta.url)('@resvg/resvg-js') as { Resvg: typeof ResvgClass };
    return module.Resvg;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(`png cannot be drawn on this machine (${reason}); svg, dot, json and xdot work`, {
      cause: error,
    });
  }
}

/** Beyond Latin, Greek, Cyrillic, punctuation, currency, arrows, mathematics and frames Liberation has little. */
function hasForeignText(svg: string): boolean {
  return /[^\0-\u052f\u1e00-\u20bf\u2100-\u22ff\u2500-\u25ff]/.test(decodeReferences(svg));
}

function decodeReferences(svg: string): string {
  return svg.replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_whole, hexadecimal?: string, decimal?: string) =>
    String.fromCodePoint(Math.min(0x10ffff, hexadecimal ? parseInt(hexadecimal, 16) : Number(decimal))),
  );
}

function fittingScale(width: number, height: number, scale: number): number {
  const bySide = longestSide / Math.max(width, height);
  const byArea = Math.sqrt(maxPixels / (width * height));
  return Math.min(scale, bySide, byArea);
}
