// The part of a file that a reader looks at: chunks come in at the end, what was read leaves at the front.
import { SnapshotError } from './snapshot-error.ts';

const size = 1 << 20;

/** The largest byte that is white space. */
export const space = 32;

/** Bytes behind the end that may be looked at: longer than any number, so that its digits need no check for the end. */
const margin = 32;

/** What a window has in memory. */
export const windowBytes = size + margin;

/** A window over a stream of bytes; `position` is the next byte to read, `length` the end of what is there. */
export class ByteWindow {
  position = 0;
  length = 0;
  /** Whether all bytes of the input have come. */
  final = false;
  /** Bytes of the input that have left the window. */
  private passed = 0;

  /** @param bytes its memory, `windowBytes` long */
  constructor(readonly bytes: Uint8Array = new Uint8Array(windowBytes)) {}

  /** Bytes of the input taken so far. */
  get bytesRead(): number {
    return this.passed + this.length;
  }

  /** Takes as many bytes of a chunk as there is room for, and says how many. */
  fill(chunk: Uint8Array, from: number): number {
    const take = Math.min(size - this.length, chunk.length - from);
    if (take === 0) this.fail(`A value of more than ${size} bytes`);
    this.bytes.set(take === chunk.length ? chunk : chunk.subarray(from, from + take), this.length);
    this.length += take;
    return take;
  }

  /** Lets go of what was read. */
  compact(): void {
    this.bytes.copyWithin(0, this.position, this.length);
    this.passed += this.position;
    this.length -= this.position;
    this.position = 0;
  }

  /** Says that no more bytes will come. */
  finish(): void {
    this.final = true;
    this.bytes.fill(0, this.length, this.length + margin);
  }

  /** The last position at which a number may begin: behind it, its digits might not all be here. */
  get lastNumber(): number {
    return this.final ? this.length - 1 : this.length - margin;
  }

  /** The first position from `position` on that is not white space; `length` when there is none. */
  afterSpace(position: number): number {
    let p = position;
    while (p < this.length && isSpace(this.bytes[p])) p++;
    return p;
  }

  /** Moves to the next byte that is not white space; false when the window ends first. */
  skipSpace(): boolean {
    this.position = this.afterSpace(this.position);
    return this.position < this.length;
  }

  /** Throws a SnapshotError about the byte at `position`. */
  fail(problem: string): never {
    throw new SnapshotError(problem, this.passed + this.position);
  }
}

export const isSpace = (byte: number): boolean => byte === space || byte === 10 || byte === 13 || byte === 9;
