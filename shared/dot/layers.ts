// The layers of a graph (https://graphviz.org/docs/attr-types/layerRange/): which there are, and which its author wants to see.
// Graphviz draws each over the whole of those below, with paper of its own, and writes into xdot what the first one has; we
// draw each alone and lay them over each other.
import { attributesIn } from './attributes.ts';
import { quoteId, Tokens } from './tokens.ts';

export interface Layers {
  /** All, from bottom to top. */
  names: string[];
  /** Those that are drawn, in this order; none where the author selects what is no layer: Graphviz draws all then. */
  selected: string[];
}

/** Null where a graph has no layers, or one alone. */
export function layersIn(dot: string): Layers | null {
  if (!dot.includes('layers')) return null;
  const written: Record<string, string> = {};
  for (const { name, value, ofGraph } of attributesIn(dot))
    if (ofGraph && /^layer(s|sep|listsep|select)$/.test(name)) written[name] = value;
  const { layers = '', layersep = ' :\t', layerlistsep = ',', layerselect = 'all' } = written;
  const names = split(layers, layersep);
  if (names.length < 2) return null;
  const ranges = split(layerselect, layerlistsep).map((range) => split(range, layersep));
  const selected = names.filter((_, i) => ranges.some((range) => includes(range, i, names)));
  return { names, selected };
}

const split = (text: string, separators: string): string[] => {
  const parts: string[] = [''];
  for (const letter of text) {
    if (separators.includes(letter)) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  return parts.filter((part) => part !== '');
};

/** `all`, a layer by its name or its number from 1 on, or all between two of them. */
function includes(range: readonly string[], layer: number, names: readonly string[]): boolean {
  const [from = '', to = from] = range;
  const place = (name: string, ofAll: number) => {
    if (name === 'all') return ofAll;
    const byName = names.indexOf(name);
    return byName >= 0 || !/^\d+$/.test(name) ? byName : Number(name) - 1;
  };
  const ends = [place(from, 0), place(to, names.length - 1)];
  if (ends.some((end) => end < 0)) return false;
  return layer >= Math.min(...ends) && layer <= Math.max(...ends);
}

/** The same graph, of which these layers are drawn: its last word counts. */
export const withLayers = (dot: string, names: string): string =>
  withLastWord(dot, `layerselect=${quoteId(names)}`);

/** The first graph of a text with a statement that overrules what its author wrote. */
export function withLastWord(dot: string, statement: string): string {
  let depth = 0;
  for (const token = new Tokens(dot); token.kind !== 'end'; token.next()) {
    if (token.kind === '{') depth++;
    else if (token.kind === '}' && --depth === 0)
      // Between statements no semicolon is needed, and after another one none is allowed.
      return `${dot.slice(0, token.start)} ${statement} ${dot.slice(token.start)}`;
  }
  return dot;
}
