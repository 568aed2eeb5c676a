// The graphs of a DOT file, one after the other: Graphviz itself reads the first and leaves the rest.
import { Tokens } from '../../shared/dot/tokens.ts';

export interface GraphText {
  /** Its name, or `Graph 2` when it has none. */
  name: string;
  /** The graph alone, on the lines that it has in the file. */
  dot: string;
  /** Where in `dot` its closing brace is; null when it has none. */
  end: number | null;
}

/**
 * Splits a text by its outermost braces. What is not closed belongs to the graph in which it begins, so that Graphviz can
 * report what is wrong; a text without any graph is one.
 */
export function graphsIn(text: string): GraphText[] {
  const graphs: GraphText[] = [];
  let depth = 0;
  let start = 0;
  let end: number | null = null;
  let name: string | null = null;
  let header = new Header();
  for (const token = new Tokens(text); token.kind !== 'end'; token.next()) {
    if (token.kind === '{') {
      if (depth++ === 0) name = header.name ?? `Graph ${graphs.length + 1}`;
    } else if (token.kind === '}') {
      if (depth === 0 || --depth > 0) continue;
      const dot = onItsLines(text, start, token.end);
      graphs.push({ name: name ?? '', dot, end: dot.length - 1 });
      end ??= token.start;
      start = token.end;
      header = new Header();
    } else if (depth === 0) header.add(token);
  }
  const isUnclosed = depth > 0;
  if (graphs.length === 0 || (graphs.length === 1 && !isUnclosed))
    return [{ name: graphs[0]?.name ?? name ?? '', dot: text, end }];
  return isUnclosed ? [...graphs, { name: name ?? '', dot: onItsLines(text, start), end: null }] : graphs;
}

/** What is written before the first brace: `strict digraph "a" + "b"`. */
class Header {
  #isGraph = false;
  #name: string | null = null;

  get name(): string | null {
    return this.#name || null;
  }

  add(token: Tokens): void {
    if (token.kind !== 'id') return;
    if (!token.isQuoted && /^(di)?graph$/i.test(token.text)) {
      this.#isGraph = true;
      this.#name = null;
    } else if (this.#isGraph) this.#name = (this.#name ?? '') + token.value;
  }
}

/** With as many empty lines before it as it has lines before it in the file. */
function onItsLines(text: string, start: number, end = text.length): string {
  let lines = 0;
  for (let i = text.indexOf('\n'); i >= 0 && i < start; i = text.indexOf('\n', i + 1)) lines++;
  return '\n'.repeat(lines) + text.slice(start, end);
}
