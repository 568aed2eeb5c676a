// The words of DOT, as Graphviz's scanner has them (https://gitlab.com/graphviz/graphviz, lib/cgraph/scan.l).

/** The text is no DOT. Graphviz says it better, with the line. */
export class DotSyntaxError extends Error {
  override name = 'DotSyntaxError';
}

export interface Token {
  /** A punctuation mark stands for itself; everything else is an `id`. */
  kind: 'id' | '{' | '}' | '[' | ']' | '=' | ';' | ',' | ':' | '+' | '@' | 'edge' | 'end';
  /** As it is written. */
  text: string;
}

const blank = /(?:[\s\ufeff]+|\/\/[^\n]*|\/\*[^]*?(?:\*\/|(?![^]))|^#[^\n]*)+/my;
const word = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|-?(?:\d+(?:\.\d*)?|\.\d+)/y;
const mark = /->|--|[{}[\]=;,:+@]/y;

/** @throws DotSyntaxError at the first thing that is no word of DOT */
export function* tokensOf(text: string): Generator<Token, void> {
  for (let at = skip(blank, text, 0); at < text.length; at = skip(blank, text, at)) {
    const token = tokenAt(text, at);
    at += token.text.length;
    yield token;
  }
}

function tokenAt(text: string, at: number): Token {
  if (text[at] === '"') return { kind: 'id', text: text.slice(at, endOfString(text, at)) };
  if (text[at] === '<') return { kind: 'id', text: text.slice(at, endOfHtml(text, at)) };
  const id = text.slice(at, skip(word, text, at));
  if (id !== '') return { kind: 'id', text: id };
  const sign = text.slice(at, skip(mark, text, at));
  if (sign === '') throw new DotSyntaxError(`${JSON.stringify(text[at])} is no word of DOT`);
  return { kind: sign === '->' || sign === '--' ? 'edge' : (sign as Token['kind']), text: sign };
}

/** Behind what matches at a place; the place itself when nothing does. */
function skip(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
}

/** Behind a quoted string that begins at `at`. */
export function endOfString(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

/** Behind an HTML string that begins at `at`. */
export function endOfHtml(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    if (text[i] === '<') depth++;
    else if (text[i] === '>' && --depth === 0) return i + 1;
  }
  return text.length;
}

/** What an id is called: without its quotes, or the angle brackets of an HTML string. */
export function nameOf(id: string): string {
  if (id.startsWith('<')) return id.slice(1, -1);
  if (!id.startsWith('"')) return id;
  return id.slice(1, -1).replace(/\\(?:(")|\r?\n)/g, '$1');
}

/** A name as an id. */
export const quoted = (name: string) => `"${name.replaceAll('"', '\\"')}"`;
