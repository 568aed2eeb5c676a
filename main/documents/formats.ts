// Every kind of document that can be opened, in one list. A new kind is one file and one line here.
import { dot } from './dot.ts';
import { DocumentError } from './problem.ts';

/** What a document gives to Graphviz. */
export interface Source {
  dot: string;
  warnings: string[];
}

export interface DocumentFormat {
  name: string;
  extensions: string[];
  /** Whether the bytes look like it, whatever the file is called. */
  recognise(bytes: Uint8Array): boolean;
  /** @throws DocumentError when the bytes are not of this format after all */
  read(bytes: Uint8Array, file: string): Source;
}

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
