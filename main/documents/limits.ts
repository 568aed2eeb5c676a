// What Graphviz would take hours or all memory for is refused at once, in words.
import { endOfLandmark, nextLandmark } from './graphs.ts';
import { DocumentError } from './problem.ts';

/** Characters of one text. Graphviz's time for a line grows with its square: 4 MB take it half a minute. */
const longest = 4 * 2 ** 20;

/** @throws DocumentError with the line where a text, or a name without quotes, is too long */
export function refuseEndlessTexts(dot: string, file: string): void {
  if (dot.length <= longest) return;
  let from: number;
  for (let at = nextLandmark(dot, 0); at < dot.length; at = nextLandmark(dot, from)) {
    const isText = dot[at] === '"' || dot[at] === '<';
    from = '{}'.includes(dot[at]) ? at + 1 : endOfLandmark(dot, at);
    if (isText && from - at > longest) throw tooLong(dot, at, from - at, file);
  }
  for (let i = 0, start = 0; i < dot.length; i++) {
    if (isEndOfWord(dot.charCodeAt(i))) start = i + 1;
    else if (i - start >= longest) throw tooLong(dot, start, i - start, file);
  }
}

/** Blanks and what DOT is made of, all in ASCII. */
const ends = new Set(' \t\n\r\f\v"<>{}[]=;,:+'.split('').map((mark) => mark.charCodeAt(0)));
const isEndOfWord = (code: number) => code < 127 && ends.has(code);

function tooLong(dot: string, at: number, length: number, file: string): DocumentError {
  let line = 1;
  for (let i = dot.indexOf('\n'); i >= 0 && i < at; i = dot.indexOf('\n', i + 1)) line++;
  const megabytes = longest / 2 ** 20;
  const size = length > longest + 1 ? `${Math.ceil(length / 2 ** 20)} MB` : `more than ${megabytes} MB`;
  const message = `a text of ${size}, and the longest that can be laid out has ${megabytes} MB`;
  return new DocumentError({ message, file, line, source: dot.slice(at, at + 80) });
}
