// Where the text of a document comes from: a file, which can be watched, or a text that was handed over.
import { resolve } from 'node:path';
import type { Picture } from '../../shared/picture/picture.ts';
import type { Source } from './document-format.ts';
import { sourceOfText } from './dot.ts';
import { readDocument } from './formats.ts';
import { graphsIn, type GraphText } from './graphs.ts';
import { refuseEndlessTexts } from './limits.ts';
import { readDocumentFile } from './read-file.ts';
import { watchFile, type FileWatch } from './watch.ts';

/** What was read of a document. */
export interface Content {
  graphs: GraphText[];
  warnings: string[];
}

export class DocumentSource {
  /** The picture of a heap that the text is written of, if it is one. */
  readonly picture: Picture | null;
  /** The file; null for a text without one. */
  readonly path: string | null;
  /** What messages call it. */
  readonly name: string;
  readonly #read: () => Promise<Source>;
  #watch: FileWatch | null = null;

  private constructor(
    name: string,
    path: string | null,
    picture: Picture | null,
    read: () => Promise<Source>,
  ) {
    this.name = name;
    this.path = path;
    this.picture = picture;
    this.#read = read;
  }

  static ofFile(path: string, picture: Picture | null): DocumentSource {
    const file = resolve(path);
    return new DocumentSource(file, file, picture, async () =>
      readDocument(await readDocumentFile(file), file),
    );
  }

  static ofText(name: string, text: string, picture: Picture | null = null): DocumentSource {
    // The text of a picture is ours: nothing in it asks for another character set.
    const source = picture ? { dot: text, warnings: [] } : null;
    return new DocumentSource(name, null, picture, () => Promise.resolve(source ?? sourceOfText(text)));
  }

  /** @throws DocumentError for a text that no picture can be made of; the file system's errors */
  async content(): Promise<Content> {
    const { dot, warnings } = await this.#read();
    refuseEndlessTexts(dot, this.name);
    return { graphs: graphsIn(dot), warnings };
  }

  /** Calls `changed` after each change of the file, until the source is closed. */
  watch(changed: () => void): void {
    if (this.path !== null) this.#watch ??= watchFile(this.path, changed);
  }

  close(): void {
    this.#watch?.close();
  }
}
