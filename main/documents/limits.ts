// What Graphviz would need hours or all memory for is refused at once, with a reason.
import { Tokens } from '../../shared/dot/tokens.ts';
import { DocumentError } from '../problem.ts';

/** Characters of one text. Graphviz's time for a line grows with its square: 4 MB take it half a minute. */
const maxTextLength = 4 * 2 ** 20;

/** @throws DocumentError with the line where a text, or a name without quotes, is too long */
export function refuseEndlessTexts(dot: string, file: string): void {
  if (dot.length <= maxTextLength) return;
  for (const token = new Tokens(dot); token.kind !== 'end'; token.next()) {
    const length = token.end - token.start;
    if (length > maxTextLength) throw tooLong(dot, token.start, length, file);
  }
}

function tooLong(dot: string, at: number, length: number, file: string): DocumentError {
  let line = 1;
  for (let i = dot.indexOf('\n'); i >= 0 && i < at; i = dot.indexOf('\n', i + 1)) line++;
  const megabytes = maxTextLength / 2 ** 20;
  const size = length > maxTextLength + 1 ? `${Math.ceil(length / 2 ** 20)} MB` : `more than ${megabytes} MB`;
  const message = `a text of ${size}, and the longest that can be laid out has ${megabytes} MB`;
  return new DocumentError({ message, file, line, source: dot.slice(at, at + 80) });
}
