// Pictures of the window's heap in the window's document: drawn, grown, and taken along in a report.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { startInBackground } from '../background.ts';
import type { Picture } from '../../shared/picture/picture.ts';
import type { HeapPicture, HeapRequests, PictureGrowth } from '../../shared/protocol/heap.ts';
import type { HeapCalls } from '../workers/heap-calls.ts';
import type { DocumentSource } from './document-source.ts';
import type { GraphDocument } from './document.ts';
import { HeapDocument } from './heap-document.ts';
import { exportGraph } from './layout.ts';
import { filesBeside } from './temporary.ts';

/** What the picture of the document was drawn of. */
interface Drawn {
  heap: HeapDocument;
  snapshot: number;
  /** Null for a picture of the library. */
  picture: HeapPicture | null;
  source: DocumentSource | null;
}

/** The snapshot of the library's picture. */
interface Beside {
  snapshot: string;
  own: string;
  source: DocumentSource | null;
  heap: HeapDocument;
  reading: Promise<number> | null;
  isRead: boolean;
}

const unchanged = 'The picture stays as it was';

export class HeapPictures {
  #drawn: Drawn | null = null;
  /** Counts the pictures that were asked for: one that is ready late does not replace a newer one. */
  #asked = 0;
  #beside: Beside | null = null;
  /** Ends the growth that is waited for. */
  #giveUp: (() => void) | null = null;

  constructor(
    private readonly heap: HeapDocument,
    private readonly document: GraphDocument,
  ) {
    heap.on('removed', (snapshot) => {
      if (this.#drawn?.snapshot === snapshot) this.#drawn = null;
    });
  }

  /** Shows a picture that was written for this window: the library's has the snapshot beside it. */
  openFile(path: string, title: string): void {
    const { snapshot, own, picture } = filesBeside(path);
    // The library shows a picture before it has taken its snapshot.
    const findPicture = () => (existsSync(snapshot) && existsSync(own) ? readPictureFile(picture) : null);
    startInBackground(this.document.openFile(path, title, findPicture), this.document.fail);
    const { source } = this.document;
    this.#beside = { snapshot, own, source, heap: new HeapDocument(), reading: null, isRead: false };
  }

  close(): void {
    this.#beside?.heap.close();
  }

  /** @throws Error in words when there is nothing to draw */
  async draw(snapshot: number, picture: HeapPicture): Promise<void> {
    const asked = ++this.#asked;
    const written = await this.heap.draw(snapshot, picture);
    if (asked !== this.#asked) return;
    startInBackground(this.document.openPicture(written, picture.kind !== 'merged'), this.document.fail);
    this.#drawn = { heap: this.heap, snapshot, picture, source: this.document.source };
  }

  /** Adds to the picture that is shown. @throws Error in words when it cannot grow, or it was given up */
  async grow(growth: PictureGrowth): Promise<HeapRequests['heap.grow']['result']> {
    const { picture } = this.document;
    const givenUp = new Promise<never>((_, reject) => {
      this.#giveUp = () => reject(new Error(unchanged));
    });
    const { added, limit, ...written } = await Promise.race([this.#grown(picture, growth), givenUp]);
    this.#giveUp = null;
    if (picture !== this.document.picture) throw new Error('Another picture is shown now');
    if (isDeepStrictEqual(written.picture, picture)) return { added, limit };
    await this.document.grow(written);
    // The document reports a layout that was cancelled, or failed.
    if (written.picture !== this.document.picture) throw new Error(unchanged);
    return { added, limit };
  }

  /** What is not read yet is read anew the next time. */
  cancelGrowth(): void {
    this.#giveUp?.();
    this.#giveUp = null;
    const beside = this.#beside;
    if (!beside?.reading || beside.isRead) return;
    beside.heap.close();
    this.#beside = { ...beside, heap: new HeapDocument(), reading: null };
  }

  async #grown(picture: Picture | null, growth: PictureGrowth): Promise<HeapCalls['grow']['result']> {
    const shown = this.#shown ?? (await this.#drawnByLibrary());
    if (!shown || picture === null || picture.kind === 'merged')
      throw new Error('This picture is of no heap that is open here: it cannot grow');
    return shown.heap.grow(shown.snapshot, picture, growth);
  }

  /**
   * A finding as one HTML file, with the path that holds this object, whatever is drawn in the window.
   * @throws Error in words when there is no such object
   */
  async report(snapshot: number, id: number, title: string, redacted: boolean): Promise<string> {
    const finding = await this.heap.finding(snapshot, id, redacted);
    const { dot } = await this.heap.draw(snapshot, { kind: 'path', id }, redacted);
    const { name, nodes, size } = this.heap.snapshot(snapshot)!;
    const { reportHtml } = await import('../heap/report.ts');
    return reportHtml({
      ...finding,
      title,
      snapshot: { name, nodes, size },
      written: new Date(),
      redacted,
      picture: await svgOf(dot),
    });
  }

  /** Read when the picture first wants to grow, and by a thread of its own: the window's heap is another one. */
  async #drawnByLibrary(): Promise<Drawn | null> {
    const beside = this.#beside;
    if (!beside?.source?.picture || beside.source !== this.document.source) return null;
    beside.reading ??= beside.heap.open(beside.snapshot, { own: beside.own, isQuiet: true });
    const snapshot = await beside.reading;
    beside.isRead = true;
    return { heap: beside.heap, snapshot, picture: null, source: beside.source };
  }

  get #shown(): Drawn | null {
    return this.#drawn && this.#drawn.source === this.document.source ? this.#drawn : null;
  }
}

/** Null when there is none, or it is not the library's. */
function readPictureFile(path: string): Picture | null {
  try {
    // A pipe would keep the viewer waiting.
    if (!statSync(path).isFile()) return null;
    return JSON.parse(readFileSync(path, 'utf8')) as Picture;
  } catch {
    return null;
  }
}

async function svgOf(dot: string): Promise<string> {
  const task = { dot, engine: 'dot' as const, positioned: false, images: [], format: 'svg', scale: 1 };
  return new TextDecoder().decode((await exportGraph(task, new AbortController().signal)).data);
}
