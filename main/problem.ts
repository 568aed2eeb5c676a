// What is wrong with a document, in words for its user: where, and the line itself.
import { basename } from 'node:path';
import { originOf } from '../shared/dot/line-directives.ts';
import type { CodedError } from '../shared/errors.ts';
import type { Problem } from '../shared/protocol.ts';

/** A document that cannot be shown. The message says all; the problem has its parts. */
export class DocumentError extends Error {
  constructor(readonly problem: Problem) {
    const place = [problem.file && basename(problem.file), problem.line].filter(Boolean).join(':');
    super(place === '' ? problem.message : `${place}: ${problem.message}`);
  }
}

/** Graphviz's message about a text, with the line that it names. */
export function graphvizProblem({ code, message }: CodedError, file: string, text: string): Problem {
  const [first] = message.split('\n');
  const line = Number(/in line (\d+)/.exec(message)?.[1] ?? NaN);
  if (Number.isNaN(line)) return { message: first, file, ...(code === 'tooHard' && { tooHard: true }) };
  const lines = text.split(/\r\n|\r|\n/);
  const origin = originOf(text, line);
  const from = origin
    ? ` (line ${origin.line}${origin.file ? ` of ${origin.file}` : ''} before it was preprocessed)`
    : '';
  const opening = openingLine(message, lines);
  if (opening === null) return { message: first + from, file, line, source: lines[line - 1]?.slice(0, 500) };
  const words = `${first.replace(/ \(missing.*/, '')}: it begins here and is not closed`;
  return { message: words, file, line: opening, source: lines[opening - 1].slice(0, 500) };
}

/** Of a string that is not closed Graphviz says how it begins, and the line where the text ends. */
function openingLine(message: string, lines: string[]): number | null {
  const beginning = /^String starting:(".*)/m.exec(message)?.[1];
  if (beginning === undefined) return null;
  const index = lines.findLastIndex((line) => line.includes(beginning));
  return index < 0 ? null : index + 1;
}

/** Why the system did not let us have a file. */
export function fileProblem(error: unknown, file: string): Problem {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  const reasons: Record<string, string> = {
    ENOENT: 'no such file',
    EACCES: 'no permission to read it',
    EPERM: 'no permission to read it',
    EISDIR: 'it is a folder, not a file',
    ENOTDIR: 'a part of its path is not a folder',
    ENAMETOOLONG: 'its name is too long',
    ELOOP: 'its symbolic links go round in a circle',
    ERR_FS_FILE_TOO_LARGE: 'it is too large to be read',
  };
  return { message: reasons[code] ?? `it cannot be read (${code || String(error)})`, file };
}
