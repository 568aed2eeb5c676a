// What is wrong with a document, in words for its user: where, and the line itself.
import { basename } from 'node:path';
import type { Problem } from '../../shared/protocol.ts';

/** A document that cannot be shown. The message says all; the problem has its parts. */
export class DocumentError extends Error {
  constructor(readonly problem: Problem) {
    const place = [problem.file && basename(problem.file), problem.line].filter(Boolean).join(':');
    super(place === '' ? problem.message : `${place}: ${problem.message}`);
  }
}

/** Graphviz's message about a text, with the line it speaks of. */
export function graphvizProblem(message: string, file: string, text: string): Problem {
  const found = /in line (\d+)/.exec(message);
  const [first] = message.split('\n');
  if (!found) return { message: first, file };
  const line = Number(found[1]);
  return { message: first, file, line, source: text.split(/\r\n|\r|\n/)[line - 1]?.slice(0, 500) };
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
