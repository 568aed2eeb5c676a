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
  /** The file; null for a text without one. */
  readonly path: string | null;
  /** What messages call it. */
  readonly name: string;
  readonly #read: () => Promise<Source>;
  readonly #findPicture: () => Picture | null;
  #picture: Picture | null;
  #watch: FileWatch | null = null;

  private constructor(
    name: string,
    path: string | null,
    read: () => Promise<Source>,
    findPicture: () => Picture | null,
  ) {
    this.name = name;
    this.path = path;
    this.#read = read;
    this.#findPicture = findPicture;
    this.#picture = findPicture();
  }

  /** @param findPicture finds the picture of a heap that the file is written of; it may come later than the file */
  static ofFile(path: string, findPicture: () => Picture | null): DocumentSource {
    const file = resolve(path);
    return new DocumentSource(
      file,
      file,
      async () => readDocument(await readDocumentFile(file), file),
      findPicture,
    );
  }

  static ofText(name: string, text: string, picture: Picture | null = null): DocumentSource {
    // The text of a picture is ours: nothing in it asks for another character set.
    const source = picture ? { dot: text, warnings: [] } : null;
    return new DocumentSource(
      name,
      null,
      () => Promise.resolve(source ?? sourceOfText(text)),
      () => picture,
    );
  }

  /** The picture of a heap that the text is written of, if it is one. */
  get picture(): Picture | null {
    return this.#picture;
  }

  /** @throws DocumentError for a text that no picture can be made of; the file system's errors */
  async content(): Promise<Content> {
    const { dot, warnings } = await this.#read();
    this.#picture ??= this.#findPicture();
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
