// What a kind of document has to have: see the list in formats.ts.
import type { FileFormat } from '../../shared/file-formats.ts';

/** What a document gives to Graphviz. */
export interface Source {
  dot: string;
  warnings: string[];
}

export interface DocumentFormat extends FileFormat {
  /** Whether the bytes look like it, whatever the file is called. */
  recognise(bytes: Uint8Array): boolean;
  /** @throws DocumentError when the bytes are not of this format after all */
  read(bytes: Uint8Array, file: string): Source;
}
