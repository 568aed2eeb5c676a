// A snapshot that comes in pieces from elsewhere: of a process that is attached, or of a file dropped into a page.
import { gunzipped } from '../targets/gunzip.ts';
import type { ScriptRecord } from '../../shared/source-maps/source-maps.ts';
import type { ReadContext, Target } from '../targets/target.ts';

/** Pieces that may wait; the sender of more waits for the reader. */
const maxWaiting = 16;

export class IncomingSnapshot implements Target {
  readonly isLive = false;
  readonly #pieces: Uint8Array[] = [];
  #ended = false;
  #scripts: readonly ScriptRecord[] = [];
  #failure: Error | null = null;
  #finished = false;
  #wake: () => void = () => {};
  #room: () => void = () => {};

  /** @param size in bytes, where it is known */
  constructor(
    readonly name: string,
    private readonly size: number | null,
  ) {}

  /** Takes the next piece; resolves when there is room for more. */
  async write(piece: Uint8Array): Promise<void> {
    // Reading has ended, by an error or because it was cancelled: the rest is ignored.
    if (this.#finished) return;
    this.#pieces.push(piece);
    this.#wake();
    if (this.#pieces.length >= maxWaiting) await new Promise<void>((resolve) => (this.#room = resolve));
  }

  /** @param scripts those with source maps */
  end(scripts: readonly ScriptRecord[] = []): void {
    this.#ended = true;
    this.#scripts = scripts;
    this.#wake();
  }

  /** No more comes, because something went wrong on the way. */
  fail(reason: string): void {
    this.#failure = new Error(reason);
    this.#wake();
  }

  async read(take: (chunk: Uint8Array) => void, { signal, progress, scripts }: ReadContext): Promise<void> {
    const wake = () => this.#wake();
    signal.addEventListener('abort', wake);
    let done = 0;
    const counted = async function* (pieces: AsyncIterable<Uint8Array>) {
      for await (const piece of pieces) {
        done += piece.length;
        yield piece;
      }
    };
    try {
      for await (const chunk of gunzipped(counted(this.#all(signal)), this.name)) {
        signal.throwIfAborted();
        take(chunk);
        progress('Reading', done, this.size);
      }
      scripts?.(this.#scripts);
    } finally {
      this.#finished = true;
      this.#room();
      signal.removeEventListener('abort', wake);
    }
  }

  async *#all(signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#failure) throw this.#failure;
      const piece = this.#pieces.shift();
      if (piece) {
        this.#room();
        yield piece;
      } else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
