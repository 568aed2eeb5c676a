// Five names are other colours in SVG than in X11, whose names are Graphviz's own (https://graphviz.org/doc/info/colors.html).
// Graphviz writes them into its SVG as they are, so that `green` is darker there than in `dot -Tpng`.
import { attributesIn } from '../../shared/dot/attributes.ts';

const colors: Record<string, string> = {
  gray: '#c0c0c0',
  grey: '#c0c0c0',
  green: '#00ff00',
  maroon: '#b03060',
  purple: '#a020f0',
};

const paint = /\b((?:fill|stroke)="|style="stop-color:)(gr[ae]y|green|maroon|purple)(?=[";])/gi;

/** Graphviz's SVG of a graph in the colours that the graph means. */
export function withX11Colors(svg: string, dot: string): string {
  if (usesSvgColors(dot)) return svg;
  return svg.replace(paint, (_, before: string, name: string) => before + colors[name.toLowerCase()]);
}

/** Its author means the colours of SVG. */
function usesSvgColors(dot: string): boolean {
  if (!dot.includes('colorscheme')) return false;
  for (const { name, value } of attributesIn(dot))
    if (name === 'colorscheme' && value.toLowerCase() === 'svg') return true;
  return false;
}
