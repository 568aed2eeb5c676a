// Five names are other colours in SVG than in X11, whose names are Graphviz's own (https://graphviz.org/doc/info/colors.html).
// Graphviz writes them into its SVG as they are, so that `green` is darker there than in `dot -Tpng`.
import { attributesIn } from '../../shared/dot/attributes.ts';
import { decodeEntities } from '../../shared/dot/escape-string.ts';
import { parseXdot, type Attributes } from '../../shared/dot/xdot-graph.ts';

const colors: Record<string, { x11: string; svg: string }> = {
  gray: { x11: '#c0c0c0', svg: '#808080' },
  grey: { x11: '#c0c0c0', svg: '#808080' },
  green: { x11: '#00ff00', svg: '#008000' },
  maroon: { x11: '#b03060', svg: '#800000' },
  purple: { x11: '#a020f0', svg: '#800080' },
};

const paint = /\b((?:fill|stroke)="|style="stop-color:)(gr[ae]y|green|maroon|purple)(?=[";])/gi;

const shape = /<(?:polygon|polyline|path|ellipse|text|tspan)\b[^<>]*>/g;
const list = / ((?:fill|stroke)=")([^":;(]+)[:;][^"]*(?=")/g;

/** Where only one colour is drawn, Graphviz writes a list of colours as it is, which SVG does not know: the first one counts. */
export const withSingleColors = (svg: string): string =>
  svg.replace(shape, (tag) => tag.replace(list, ' $1$2'));

/** Graphviz's SVG of a graph in the colours that the graph means. @param xdot of a graph that uses colours of SVG, which xdot resolves */
export function withX11Colors(svg: string, xdot: string | null): string {
  const drawn = xdot === null ? null : drawingsIn(xdot);
  return itemsOf(svg)
    .map(({ key, text }) =>
      text.replace(paint, (whole, before: string, name: string) => {
        const { x11, svg: ofSvg } = colors[name.toLowerCase()];
        const drawing = drawn?.get(key) ?? '';
        const meansSvg = drawing.includes(ofSvg) && !drawing.includes(x11);
        return meansSvg ? whole : before + x11;
      }),
    )
    .join('');
}

/** Whether the author of a graph means colours of SVG anywhere. */
export function usesSvgColors(dot: string): boolean {
  if (!/colorscheme|\/svg\//i.test(dot)) return false;
  for (const { name, value } of attributesIn(dot))
    if ((name === 'colorscheme' && value.toLowerCase() === 'svg') || /^\/svg\/|[:;]\/svg\//i.test(value))
      return true;
  return false;
}

const itemStart = /<g id="[^"]*" class="(node|edge|cluster)">\s*<title>([^<]*)<\/title>/g;

/** An SVG from item to item; what comes before the first is the graph's own. */
function itemsOf(svg: string): { key: string; text: string }[] {
  const starts = [...svg.matchAll(itemStart)];
  const items = [{ key: '', text: svg.slice(0, starts.at(0)?.index) }];
  for (const [i, { index, 1: kind, 2: title }] of starts.entries())
    items.push({ key: `${kind} ${decodeEntities(title)}`, text: svg.slice(index, starts.at(i + 1)?.index) });
  return items;
}

/** What draws each item, by the same keys; items of one name together. */
function drawingsIn(xdot: string): Map<string, string> {
  const drawings = new Map<string, string>();
  const add = (key: string, attributes: Attributes) => {
    const drawn = drawingAttributes
      .map((name) => (Object.hasOwn(attributes, name) ? attributes[name] : ''))
      .join(' ');
    drawings.set(key, `${drawings.get(key) ?? ''} ${drawn}`);
  };
  const { directed, attributes, nodes, edges, subgraphs } = parseXdot(xdot);
  add('', attributes);
  for (const { name, attributes } of nodes) add(`node ${name}`, attributes);
  for (const { name, attributes } of subgraphs) add(`cluster ${name}`, attributes);
  for (const { tail, head, attributes } of edges)
    add(`edge ${nodes[tail].name}${directed ? '->' : '--'}${nodes[head].name}`, attributes);
  return drawings;
}

const drawingAttributes = ['_draw_', '_ldraw_', '_tdraw_', '_hdraw_', '_tldraw_', '_hldraw_'];
