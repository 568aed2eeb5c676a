// Texts of Graphviz's SVG, no wider than they were laid out. Graphviz knows the widths of some fonts and takes Times for all others,
// so that its text runs over its box in the font that is drawn. The window squeezes such texts; SVG does so by `textLength`.
import { readFont } from '../../shared/dot/font.ts';
import { decodeEntities } from '../../shared/dot/escape-string.ts';
import { numbersIn, parseXdot } from '../../shared/dot/xdot-graph.ts';
import { quoteId, quoteLabel } from '../../shared/dot/tokens.ts';
import { isOwnFamily, shippedFamily } from '../../shared/fonts.ts';
import { runGraphviz } from '../workers/graphviz.ts';
import { widthOf } from './font-widths.ts';

const texts = /<text\b([^>]*)>([^<]*)<\/text>/g;

interface Text {
  content: string;
  /** As Graphviz was asked for it, as far as SVG has it. */
  fontName: string;
  bold: boolean;
  italic: boolean;
  /** Whether the style is one of HTML (`<b>`), by which Graphviz measures, and not a part of the font's name. */
  isTagged: boolean;
}

/** Graphviz's SVG of a graph with the texts fitted, in the fonts that are drawn. */
export async function fitTexts(svg: string, dot: string): Promise<string> {
  const readText = textReader(dot);
  const wide = new Map<string, Text>();
  for (const [, attributes, content] of svg.matchAll(texts)) {
    const text = readText(attributes, content);
    if (mayOverflow(text)) wide.set(keyOf(text), text);
  }
  const widths = await laidOutWidths([...wide.values()]);
  return svg.replace(texts, (whole, attributes: string, content: string) => {
    const text = readText(attributes, content);
    const size = Number(valueOf(attributes, 'font-size')) || 14;
    const laidOut = (widths.get(keyOf(text)) ?? Infinity) * size;
    const script = valueOf(attributes, 'baseline-shift');
    const drawn = drawnWidth(text) * size * (script ? scriptSize : 1);
    const placed = script ? scripted(attributes, script, size) : attributes;
    if (
      text.content.trim() === '' ||
      !(drawn > laidOut || (drawn > leastStretched(text) * laidOut && isUnknown(text, widths)))
    )
      return script ? `<text${placed}>${content}</text>` : whole;
    return `<text${placed} textLength="${laidOut.toFixed(2)}" lengthAdjust="spacingAndGlyphs">${content}</text>`;
  });
}

/** As the window draws them: smaller, and off the line. Not every program knows `baseline-shift`. */
function scripted(attributes: string, script: string, size: number): string {
  const rise = script === 'super' ? 0.35 : -0.15;
  return attributes
    .replace(/\sbaseline-shift="[^"]*"/, ` dy="${(-rise * size).toFixed(2)}"`)
    .replace(/\sfont-size="[^"]*"/, ` font-size="${(size * scriptSize).toFixed(2)}"`);
}

const scriptSize = 0.7;

/** A text that would be stretched more than this fits in any font like the one that is drawn. Those of typewriters are much alike. */
const leastStretched = ({ fontName }: Text) => (shippedFamily(fontName) === 'Liberation Mono' ? 0.9 : 0.8);

const valueOf = (attributes: string, name: string) =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';

function textReader(dot: string): (attributes: string, content: string) => Text {
  const named = new Set(dot.match(/(?:Times|Helvetica|Courier)-(?:Bold|Italic|Oblique)+/gi) ?? []);
  return (attributes, content) => {
    const family = decodeEntities(valueOf(attributes, 'font-family'));
    const isBold = valueOf(attributes, 'font-weight') === 'bold';
    const isItalic = /italic|oblique/.test(valueOf(attributes, 'font-style'));
    const { bold, italic } = readFont(family, 1, 0);
    const alias = nameOfAlias[family];
    // SVG has the same for a bold font and for bold text in a font: the graph may name one only.
    const face = [...named].find(
      (name) => alias && name.startsWith(alias) && hasStyle(name, isBold, isItalic),
    );
    return {
      // Of several blanks Graphviz writes all but the first as &#160;, whose width it takes for another one.
      content: decodeEntities(content).replaceAll('\u00a0', ' '),
      fontName: face ?? alias ?? family,
      bold: bold || isBold,
      italic: italic || isItalic,
      isTagged: (isBold || isItalic) && !face,
    };
  };
}

const hasStyle = (name: string, bold: boolean, italic: boolean) =>
  /bold/i.test(name) === bold && /italic|oblique/i.test(name) === italic;

/** Graphviz writes these into SVG for names of PostScript. */
const nameOfAlias: Record<string, string | undefined> = {
  'Times,serif': 'Times',
  'Helvetica,sans-Serif': 'Helvetica',
  'Courier,monospace': 'Courier',
};

const keyOf = ({ content, fontName, bold, italic, isTagged }: Text) =>
  [fontName, isTagged && bold, isTagged && italic, content].join('\n');

const drawnWidth = ({ content, fontName, bold, italic }: Text) =>
  widthOf(content, { family: shippedFamily(fontName), bold, italic });

/** Plain letters of the fonts that Graphviz knows are drawn as wide as they were laid out. */
const mayOverflow = ({ content, fontName, bold, italic }: Text) =>
  content.trim() !== '' && (bold || italic || !exactFamily.test(fontName) || /[^\x20-\x7e]/.test(content));

const exactFamily =
  /^(times|times new roman|helvetica|arial|courier|courier new|liberation (serif|sans|mono))$/i;

/** A font of the system's own that Graphviz does not know may be of any width, here or where the file is opened. */
const isUnknown = ({ fontName }: Text, widths: Map<string, number>) =>
  (isOwnFamily(fontName) || /^(sans|sans-serif|serif|monospace)\b/i.test(fontName)) &&
  widths.get(probeOf(fontName)) === widths.get(probeOf('Times'));

const probe = 'Wimil 0123 quick';
const probeText = (fontName: string): Text => ({
  content: probe,
  fontName,
  bold: false,
  italic: false,
  isTagged: false,
});
const probeOf = (fontName: string) => keyOf(probeText(fontName));

/** How wide Graphviz takes texts of size 1 for: of each, a node that is not placed anywhere. */
async function laidOutWidths(wanted: Text[]): Promise<Map<string, number>> {
  if (wanted.length === 0) return new Map();
  const names = new Set(['Times', ...wanted.map(({ fontName }) => fontName)]);
  const all = [...wanted, ...[...names].map(probeText)];
  const nodes = all.map((text, i) => `${i} [fontname=${quoteId(text.fontName)} label=${labelOf(text)}]`);
  // Of size 100, since widths are rounded.
  const dot = `graph { node [shape=plain fontsize=100 pos="0,0"] ${nodes.join('\n')} }`;
  const { output } = await runGraphviz({ dot, format: 'xdot', engine: 'dot', positioned: true });
  const widths = new Map<string, number>();
  for (const { name, attributes } of parseXdot(output).nodes) {
    const width = numbersIn({ width: attributes.width }, 'width', 1)?.[0];
    const text = all[Number(name)];
    // Inches; a plain shape is as wide as its label.
    if (width !== undefined) widths.set(keyOf(text), (width * 72) / 100);
  }
  return widths;
}

function labelOf({ content, bold, italic, isTagged }: Text): string {
  const text = content.replaceAll('&', '&amp;');
  if (!isTagged) return quoteLabel(text);
  const inner = text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const slanted = italic ? `<i>${inner}</i>` : inner;
  return `<${bold ? `<b>${slanted}</b>` : slanted}>`;
}
