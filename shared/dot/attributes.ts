// The attributes that a DOT text sets, wherever in it, without understanding its statements.
import { Tokens, type TokenKind } from './tokens.ts';

export interface WrittenAttribute {
  name: string;
  value: string;
  /** Whether the value is an HTML string. */
  isHtml: boolean;
  /** Whether it is one of the outermost graph itself: not of a subgraph, a node or an edge. */
  ofGraph: boolean;
  /** Whether it is one of an edge, or the default of edges; not of those that end in a subgraph. */
  ofEdge: boolean;
  /** Where the value is written. */
  start: number;
  end: number;
}

/**
 * In the order of the text. A text that is not DOT gives those that can be recognised.
 *
 * @example for (const { name, value } of attributesIn('graph { charset=latin1 }')) …
 */
export function* attributesIn(dot: string): Generator<WrittenAttribute, void> {
  let depth = 0;
  let inList = false;
  /** Whether what was read last of a statement is the word `graph`. */
  let afterGraph = false;
  /** Whether the statement has an edge until now. */
  let afterEdge = false;
  let before: TokenKind = '{';
  const token = new Tokens(dot);
  while (token.kind !== 'end') {
    const { kind } = token;
    // A statement needs no semicolon at its end.
    const isNext = kind === 'id' ? before === 'id' || before === ']' : /[{};]/.test(kind);
    if (!inList && isNext) afterEdge = false;
    if (kind === 'edge') afterEdge = true;
    before = kind;
    if (kind === '{') depth++;
    else if (kind === '}') depth--;
    else if (kind === '[') inList = true;
    else if (kind === ']') inList = false;
    if (kind !== 'id') {
      if (kind !== '[' && kind !== ',' && !(inList && kind === ';') && kind !== ']') afterGraph = false;
      token.next();
      continue;
    }
    const { text, value: name } = token;
    token.next();
    if (token.kind !== '=') {
      if (inList) continue;
      afterGraph = text.toLowerCase() === 'graph';
      if (text.toLowerCase() === 'edge') afterEdge = true;
      continue;
    }
    token.next();
    const value = readValue(token);
    if (value)
      yield { name, ofGraph: depth === 1 && (!inList || afterGraph), ofEdge: inList && afterEdge, ...value };
    if (!inList) afterGraph = false;
  }
}

/** Quoted strings may be joined by `+`. Null for what is not a value. */
function readValue(token: Tokens): Pick<WrittenAttribute, 'value' | 'isHtml' | 'start' | 'end'> | null {
  if (token.kind !== 'id') return null;
  const { start, isHtml, isQuoted } = token;
  let { value, end } = token;
  token.next();
  while (isQuoted && takes(token, '+') && token.isQuoted) {
    value += token.value;
    end = token.end;
    token.next();
  }
  return { value, isHtml, start, end };
}

function takes(token: Tokens, kind: TokenKind): boolean {
  const isHere = token.kind === kind;
  if (isHere) token.next();
  return isHere;
}
