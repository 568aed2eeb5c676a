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
  private ends = new Uint32Array(0);
  private count = 0;
  private inString = false;
  private escaped = false;

  constructor(private readonly window: ByteWindow) {}

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
          this.ends[count++] = base + p;
          inString = false;
        }
      } else if (byte === quote) {
        if (count === this.starts.length) this.growIndex();
        this.starts[count] = base + p + 1;
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
    return new StringTable(
      this.bytes.subarray(0, this.used),
      this.starts.subarray(0, this.count),
      this.ends.subarray(0, this.count),
    );
  }

  private growIndex(): void {
    const length = Math.max(1 << 14, 2 * this.starts.length);
    const starts = new Uint32Array(length);
    const ends = new Uint32Array(length);
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
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
