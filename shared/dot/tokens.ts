// The tokens of DOT, as Graphviz's scanner has them (https://gitlab.com/graphviz/graphviz, lib/cgraph/scan.l). Everything that
// reads DOT text reads it through this file: texts of authors, and what Graphviz writes.

/** The text is not DOT. Graphviz explains it better, with the line. */
export class DotSyntaxError extends Error {
  override name = 'DotSyntaxError';
}

/** A punctuation mark is its own kind; `other` is a character that DOT does not know, `end` the end of the text. */
export type TokenKind =
  'id' | '{' | '}' | '[' | ']' | '=' | ';' | ',' | ':' | '+' | '@' | 'edge' | 'other' | 'end';

const [tab, newline, carriageReturn, space] = [9, 10, 13, 32];
const byteOrderMark = 0xfeff;
const codeOf = (character: string) => character.charCodeAt(0);
const [quote, backslash, less, greater] = ['"', '\\', '<', '>'].map(codeOf);
const [hash, slash, star, minus] = ['#', '/', '*', '-'].map(codeOf);

/** By the code of the mark. */
const marks: (TokenKind | undefined)[] = new Array<undefined>(128).fill(undefined);
for (const mark of ['{', '}', '[', ']', '=', ';', ',', ':', '+', '@'] as const) marks[codeOf(mark)] = mark;
const word = /[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|-?(?:\d+(?:\.\d*)?|\.\d+)/y;

/**
 * Reads one token after the other; `kind`, `start` and `end` are those of the current one.
 *
 * @example for (const token = new Tokens(text); token.kind !== 'end'; token.next()) …
 */
export class Tokens {
  readonly source: string;
  kind: TokenKind = 'end';
  start = 0;
  end = 0;

  /** Begins with the first token at or after `from`. */
  constructor(source: string, from = 0) {
    this.source = source;
    this.end = from;
    this.next();
  }

  /** As it is written. */
  get text(): string {
    return this.source.slice(this.start, this.end);
  }

  /** What an id means: without its quotes, or the angle brackets of an HTML string. */
  get value(): string {
    return valueOf(this.text);
  }

  get isQuoted(): boolean {
    return this.source.charCodeAt(this.start) === quote;
  }

  get isHtml(): boolean {
    return this.kind === 'id' && this.source.charCodeAt(this.start) === less;
  }

  next(): void {
    const { source } = this;
    const at = (this.start = this.#skipBlank(this.end));
    if (at >= source.length) {
      this.kind = 'end';
      this.end = at;
      return;
    }
    const code = source.charCodeAt(at);
    const mark = code < 128 ? marks[code] : undefined;
    if (mark !== undefined) {
      this.kind = mark;
      this.end = at + 1;
    } else if (code === quote) {
      this.kind = 'id';
      this.end = endOfString(source, at);
    } else if (code === less) {
      this.kind = 'id';
      this.end = endOfHtml(source, at);
    } else if (code === minus && (source[at + 1] === '>' || source[at + 1] === '-')) {
      this.kind = 'edge';
      this.end = at + 2;
    } else {
      word.lastIndex = at;
      const isWord = word.test(source);
      this.kind = isWord ? 'id' : 'other';
      this.end = isWord ? word.lastIndex : at + 1;
    }
  }

  /** Behind blanks, comments and the lines of a preprocessor. */
  #skipBlank(at: number): number {
    const { source } = this;
    for (;;) {
      const code = source.charCodeAt(at);
      if (code === space || (code >= tab && code <= carriageReturn) || code === byteOrderMark) at++;
      else if (code === slash && source.charCodeAt(at + 1) === slash) at = endOfLine(source, at);
      else if (code === slash && source.charCodeAt(at + 1) === star) {
        const end = source.indexOf('*/', at + 2);
        at = end < 0 ? source.length : end + 2;
      } else if (code === hash && isLineStart(source, at)) at = endOfLine(source, at);
      else return at;
    }
  }
}

function isLineStart(source: string, at: number): boolean {
  const before = at === 0 ? newline : source.charCodeAt(at - 1);
  return before === newline || before === carriageReturn || (before === byteOrderMark && at === 1);
}

function endOfLine(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
}

function endOfString(source: string, at: number): number {
  for (let end = source.indexOf('"', at + 1); end >= 0; end = source.indexOf('"', end + 1)) {
    let slashes = 0;
    while (source.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return source.length;
}

function endOfHtml(source: string, at: number): number {
  let depth = 0;
  for (let i = at; i < source.length; i++) {
    const code = source.charCodeAt(i);
    if (code === less) depth++;
    else if (code === greater && --depth === 0) return i + 1;
  }
  return source.length;
}

/** What an id means: `"a \"b\""` is `a "b"`. Other backslashes belong to the text, and a pair of them stays a pair. */
export function valueOf(id: string): string {
  const first = id.charCodeAt(0);
  if (first === less) return id.slice(1, -1);
  if (first !== quote) return id;
  const text = id.slice(1, -1);
  return text.includes('\\') ? text.replace(/\\(\\|"|\r?\n)/g, unescaped) : text;
}

const unescaped = (whole: string, sign: string) => (sign === '\\' ? whole : sign === '"' ? '"' : '');

/**
 * A text as an id: the inverse of `valueOf`. What no id can mean (a NUL, a single backslash before a quote or at the end) becomes
 * what is nearest to it.
 */
export function quoteId(text: string): string {
  const escaped = text.replaceAll('\0', '').replace(/\\+|"/g, (run, at: number, whole: string) => {
    if (run === '"') return '\\"';
    const next = whole[at + run.length];
    const isPaired = run.length % 2 === 0 || !(next === undefined || '"\r\n'.includes(next));
    return isPaired ? run : `${run}\\`;
  });
  return `"${escaped}"`;
}

/** A text that a label, a tooltip or a link shows as it is: a backslash in it begins no escape of Graphviz's. */
export function quoteLabel(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\r', '').replaceAll('\n', '\\n');
  return quoteId(escaped.replaceAll('\0', '\\\\0'));
}
