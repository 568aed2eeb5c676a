// Every kind of document that can be opened, in one list. A new kind is one file, one line here, and its name and extensions in
// shared/file-formats.ts.
import type { DocumentFormat, Source } from './document-format.ts';
import { dot } from './dot.ts';
import { DocumentError } from '../problem.ts';

/** DOT is the last: any text may be it. */
export const formats: readonly DocumentFormat[] = [dot];

/**
 * Reads a document by its name, then by its structure.
 * @throws DocumentError when it is none of the formats we know
 */
export function readDocument(bytes: Uint8Array, file: string): Source {
  const format =
    formats.find(({ extensions }) =>
      extensions.some((extension) => file.toLowerCase().endsWith(extension)),
    ) ?? formats.find((candidate) => candidate.recognise(bytes));
  if (format) return format.read(bytes, file);
  const known = formats.map(({ name, extensions }) => `${name} (${extensions.join(', ')})`).join(', ');
  throw new DocumentError({ message: `not a file that can be shown; known are: ${known}`, file });
}
