// The graphs of a DOT file, one after the other: Graphviz itself reads the first and leaves the rest.
import { endOfHtml, endOfString } from '../../shared/dot/tokens.ts';

export interface GraphText {
  /** Its name, or `Graph 2` when it has none. */
  name: string;
  /** The graph alone, in the lines where it stands in the file. */
  dot: string;
  /** Where in `dot` its closing brace is; null when it has none. */
  end: number | null;
}

const header = /(?:^|[\s;}])(?:strict\s+)?(?:di)?graph(?:\s*("(?:[^"\\]|\\[^])*"|[^\s{"]+))?\s*$/i;
const landmark = /["{}<]|\/\/|\/\*|^#/gm;

/**
 * Splits a text by its outermost braces. What is not closed belongs to the graph in which it begins, so that Graphviz can
 * say what is wrong; a text without any graph is one.
 */
export function graphsIn(text: string): GraphText[] {
  const graphs: GraphText[] = [];
  let depth = 0;
  let start = 0;
  let name = '';
  let between = '';
  let from = 0;
  let end: number | null = null;
  for (let at = nextLandmark(text, 0); at < text.length; at = nextLandmark(text, from)) {
    const mark = text[at];
    if (depth === 0) between += text.slice(from, at);
    from = at + 1;
    if (mark === '{') {
      if (depth++ === 0) name = unquoted(header.exec(between)?.[1]) || `Graph ${graphs.length + 1}`;
    } else if (mark === '}') {
      if (depth === 0 || --depth > 0) continue;
      const dot = inPlace(text, start, from);
      graphs.push({ name, dot, end: dot.length - 1 });
      end ??= at;
      start = from;
      between = '';
    } else {
      from = endOfLandmark(text, at);
      if (depth === 0 && mark === '"') between += text.slice(at, from);
    }
  }
  const unclosed = depth > 0;
  if (graphs.length === 0 || (graphs.length === 1 && !unclosed))
    return [{ name: graphs[0]?.name ?? name, dot: text, end }];
  return unclosed ? [...graphs, { name, dot: inPlace(text, start), end: null }] : graphs;
}

/** Where the next brace, string or comment begins. */
export function nextLandmark(text: string, from: number): number {
  landmark.lastIndex = from;
  return landmark.exec(text)?.index ?? text.length;
}

/** Behind a string, an HTML string or a comment that begins at `at`. */
export function endOfLandmark(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at);
  if (text[at] === '<') return endOfHtml(text, at);
  const [end, length] = text.startsWith('/*', at) ? ['*/', 2] : ['\n', 0];
  const found = text.indexOf(end, at + 1);
  return found < 0 ? text.length : found + length;
}

/** With as many empty lines before it as it has lines before it in the file. */
function inPlace(text: string, start: number, end = text.length): string {
  let lines = 0;
  for (let i = text.indexOf('\n'); i >= 0 && i < start; i = text.indexOf('\n', i + 1)) lines++;
  return '\n'.repeat(lines) + text.slice(start, end);
}

const unquoted = (name = '') => (name.startsWith('"') ? name.slice(1, -1).replace(/\\(["\\])/g, '$1') : name);
