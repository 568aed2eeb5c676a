// The lines of a preprocessor (`# 40 "y.gv"`, `#line 40 "y.gv"`), by which Graphviz counts those that follow: in errors it would name
// a line that this file does not have.
import { Tokens } from './tokens.ts';

const directive = /^#[ \t]*(?:line[ \t]+)?(\d+)(?:[ \t]+"([^"\n]*)")?[^\n]*$/gm;
const hasDirective = /^#[ \t]*(?:line[ \t]+)?\d/m;

/** The same text, line by line, without them. */
export function withoutLineDirectives(dot: string): string {
  if (!hasDirective.test(dot)) return dot;
  let text = '';
  let from = 0;
  for (const [start, end] of gapsOf(dot)) {
    text += dot.slice(from, start) + dot.slice(start, end).replace(directive, '');
    from = end;
  }
  return text + dot.slice(from);
}

interface Origin {
  /** Null when only the line is known. */
  file: string | null;
  line: number;
}

/** Where a line of the text comes from, when a directive says so. */
export function originOf(dot: string, line: number): Origin | null {
  if (!hasDirective.test(dot)) return null;
  let origin = null as Origin | null;
  for (const [start, end] of gapsOf(dot)) {
    for (const found of dot.slice(start, end).matchAll(directive)) {
      const at = lineOf(dot, start + found.index);
      if (at >= line) return origin;
      origin = { file: found[2] ?? origin?.file ?? null, line: Number(found[1]) + line - at - 1 };
    }
  }
  return origin;
}

/** What lies between the tokens. A line in a string is none of them. */
function* gapsOf(dot: string): Generator<[start: number, end: number]> {
  let from = 0;
  const token = new Tokens(dot);
  for (;;) {
    yield [from, token.start];
    if (token.kind === 'end') return;
    from = token.end;
    token.next();
  }
}

const lineOf = (text: string, at: number) => text.slice(0, at).split('\n').length;
