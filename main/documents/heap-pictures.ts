// Pictures of the window's heap in the window's document: drawn, grown, and taken along in a report.
import { existsSync } from 'node:fs';
import { startInBackground } from '../background.ts';
import type { HeapPicture, HeapRequests, PictureGrowth } from '../../shared/protocol/heap.ts';
import { reportHtml } from '../heap/report.ts';
import type { HeapCalls } from '../workers/heap-calls.ts';
import type { GraphDocument } from './document.ts';
import { HeapDocument } from './heap-document.ts';
import { exportGraph } from './layout.ts';
import { snapshotBeside } from './temporary.ts';

/** What the picture of the document was drawn of. */
interface Drawn {
  heap: HeapDocument;
  snapshot: number;
  /** Null for a picture of the library. */
  picture: HeapPicture | null;
  /** See `GraphDocument.opened`. */
  opened: number;
}

/** The snapshot of the library's picture. */
interface Beside {
  snapshot: string;
  own: string;
  /** See `GraphDocument.opened`. */
  opened: number;
  heap: HeapDocument;
  reading: Promise<void> | null;
  isRead: boolean;
}

const unchanged = 'The picture stays as it was';

export class HeapPictures {
  #drawn: Drawn | null = null;
  #beside: Beside | null = null;
  /** Ends the growth that is waited for. */
  #giveUp: (() => void) | null = null;

  constructor(
    private readonly heap: HeapDocument,
    private readonly document: GraphDocument,
  ) {
    heap.on('removed', (place) => this.#forget(place));
  }

  /** Shows a picture that was written for this window: the library's has the snapshot beside it. */
  openFile(path: string, title: string): void {
    const { snapshot, own } = snapshotBeside(path);
    const grows = existsSync(snapshot) && existsSync(own);
    startInBackground(this.document.openFile(path, title, { grows }), this.document.fail);
    if (grows)
      this.#beside = {
        snapshot,
        own,
        opened: this.document.opened,
        heap: new HeapDocument(),
        reading: null,
        isRead: false,
      };
  }

  close(): void {
    this.#beside?.heap.close();
  }

  /** @throws Error in words when there is nothing to draw */
  async draw(snapshot: number, picture: HeapPicture): Promise<void> {
    const dot = await this.heap.draw(snapshot, picture);
    const name = this.heap.state?.snapshots[snapshot]?.name ?? 'objgraph';
    startInBackground(
      this.document.openText(name, dot, { grows: picture.kind !== 'merged' }),
      this.document.fail,
    );
    this.#drawn = { heap: this.heap, snapshot, picture, opened: this.document.opened };
  }

  /** Adds to the picture that is shown. @throws Error in words when it cannot grow, or it was given up */
  async grow(growth: PictureGrowth): Promise<HeapRequests['heap.grow']['result']> {
    const { text } = this.document;
    const givenUp = new Promise<never>((_, reject) => {
      this.#giveUp = () => reject(new Error(unchanged));
    });
    const { dot, added, limit } = await Promise.race([this.#grown(text, growth), givenUp]);
    this.#giveUp = null;
    if (text !== this.document.text) throw new Error('Another picture is shown now');
    if (dot !== text) await this.document.grow(dot);
    // A layout that was given up, or failed, is told by the document.
    if (dot !== this.document.text) throw new Error(unchanged);
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

  async #grown(text: string | null, growth: PictureGrowth): Promise<HeapCalls['grow']['result']> {
    const shown = this.#shown ?? (await this.#drawnByLibrary());
    if (!shown || text === null || shown.picture?.kind === 'merged')
      throw new Error('This picture is of no heap that is open here: it cannot grow');
    return shown.heap.grow(shown.snapshot, text, growth);
  }

  /**
   * A finding as one HTML file. Its picture is the one that is shown, if it is of this snapshot; the path that holds the
   * object, otherwise.
   * @throws Error in words when there is no such object
   */
  async report(snapshot: number, id: number, title: string, redacted: boolean): Promise<string> {
    const finding = await this.heap.finding(snapshot, id, redacted);
    const picture = await this.#svg(snapshot, id, redacted);
    const { name } = this.heap.state!.snapshots[snapshot];
    return reportHtml({ ...finding, title, snapshot: name, redacted, picture });
  }

  async #svg(snapshot: number, id: number, redacted: boolean): Promise<string> {
    const shown = this.#shown;
    const { text } = this.document;
    if (!shown?.picture || shown.snapshot !== snapshot || text === null)
      return svgOf(await this.heap.draw(snapshot, { kind: 'path', id }, redacted));
    if (!redacted) return this.document.svgOf(text);
    return this.document.svgOf(
      shown.picture.kind === 'merged'
        ? await this.heap.draw(snapshot, shown.picture, true)
        : await this.heap.redact(snapshot, text),
    );
  }

  /** Read when the picture first wants to grow, and by a thread of its own: the window's heap is another one. */
  async #drawnByLibrary(): Promise<Drawn | null> {
    const beside = this.#beside;
    if (beside?.opened !== this.document.opened) return null;
    beside.reading ??= beside.heap.open(beside.snapshot, { own: beside.own, isQuiet: true });
    await beside.reading;
    beside.isRead = true;
    return { heap: beside.heap, snapshot: 0, picture: null, opened: beside.opened };
  }

  get #shown(): Drawn | null {
    return this.#drawn?.opened === this.document.opened ? this.#drawn : null;
  }

  #forget(place: number): void {
    if (!this.#drawn || this.#drawn.snapshot < place) return;
    const { snapshot } = this.#drawn;
    this.#drawn = snapshot === place ? null : { ...this.#drawn, snapshot: snapshot - 1 };
  }
}

async function svgOf(dot: string): Promise<string> {
  const task = { dot, engine: 'dot' as const, positioned: false, images: [], format: 'svg', scale: 1 };
  return new TextDecoder().decode((await exportGraph(task, new AbortController().signal)).data);
}
