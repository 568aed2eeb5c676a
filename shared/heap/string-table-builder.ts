// Collects the strings of a snapshot from the JSON list they come in, chunk by chunk, without decoding them.
import { isSpace, type ByteWindow } from './byte-window.ts';
import { StringTable } from './string-table.ts';

const quote = 34;
const backslash = 92;
const closeBracket = 93;
const comma = 44;

/** Reads the inside of a JSON list of strings. */
export class StringTableBuilder {
  private bytes = new Uint8Array(0);
  private used = 0;
  private starts = new Uint32Array(0);
  private count = 0;
  /** From the closing quote of each string to the start of the next one; 0 as long as there are no two. */
  private gap = 0;
  /** Where the strings end: only of a file that does not always write the same between them. */
  private ends: Uint32Array | null = null;
  /** The closing quote of the latest string. */
  private lastEnd = 0;
  private inString = false;
  private escaped = false;

  constructor(private readonly window: ByteWindow) {}

  /**
   * Reserves room for so many strings and bytes, so that nothing is copied while the list grows. Unused room costs nothing,
   * because the system gives memory when it is written. Both numbers are guesses: a longer list grows.
   */
  expect(count: number, bytes: number): void {
    this.starts = new Uint32Array(count + 1);
    this.bytes = new Uint8Array(bytes);
  }

  /** Reads as far as the window allows; true behind the end of the list. */
  read(): boolean {
    // All bytes are kept as they are; only where the strings begin and end is noted.
    const { bytes, position, length } = this.window;
    const base = this.used - position;
    let { inString, count } = this;
    let closed = false;
    let p = position;
    // A backslash takes the next byte with it, which may come in the next window.
    if (this.escaped && p < length) {
      this.escaped = false;
      p++;
    }
    for (; p < length; p++) {
      const byte = bytes[p];
      if (inString) {
        if (byte === backslash) {
          if (++p === length) this.escaped = true;
        } else if (byte === quote) {
          this.lastEnd = base + p;
          if (this.ends !== null) this.ends[count] = base + p;
          count++;
          inString = false;
        }
      } else if (byte === quote) {
        if (count + 1 >= this.starts.length) this.growIndex();
        this.starts[count] = base + p + 1;
        if (this.ends === null && count > 0) this.checkGap(count);
        inString = true;
      } else if (byte === closeBracket) {
        closed = true;
        break;
      } else if (byte !== comma && !isSpace(byte)) {
        this.window.position = p;
        this.window.fail('Only strings were expected in the list of strings');
      }
    }
    p = Math.min(p, length);
    this.inString = inString;
    this.count = count;
    this.keep(bytes.subarray(position, p));
    this.window.position = closed ? p + 1 : p;
    return closed;
  }

  get length(): number {
    return this.count;
  }

  /** The strings read so far. */
  finish(): StringTable {
    const { bytes, used, count, gap } = this;
    if (this.starts.length === 0) this.growIndex();
    const starts = this.starts.subarray(0, count + 1);
    starts[count] = this.lastEnd + gap;
    return new StringTable(bytes.subarray(0, used), starts, gap, this.ends);
  }

  /** Notes the gap before a string, or from now on the ends if it is another one. */
  private checkGap(index: number): void {
    const { starts, lastEnd } = this;
    const gap = starts[index] - lastEnd;
    if (this.gap === 0) this.gap = gap;
    if (this.gap === gap) return;
    const ends = new Uint32Array(starts.length);
    for (let at = 0; at + 1 < index; at++) ends[at] = starts[at + 1] - this.gap;
    ends[index - 1] = lastEnd;
    this.ends = ends;
  }

  private growIndex(): void {
    const length = Math.max(1 << 14, 2 * this.starts.length);
    this.starts = resized(this.starts, length);
    if (this.ends !== null) this.ends = resized(this.ends, length);
  }

  private keep(part: Uint8Array): void {
    const used = this.used + part.length;
    // Offsets of 32 bits reach no further.
    if (used > 0xffffffff) this.window.fail('The strings of this snapshot are larger than 4 GiB');
    if (used > this.bytes.length) {
      const larger = new Uint8Array(Math.min(0xffffffff, Math.max(1 << 20, used, 2 * this.bytes.length)));
      larger.set(this.bytes.subarray(0, this.used));
      this.bytes = larger;
    }
    this.bytes.set(part, this.used);
    this.used = used;
  }
}

function resized(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length);
  larger.set(array);
  return larger;
}
