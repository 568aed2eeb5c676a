// Collects the strings of a snapshot from the JSON list they come in, chunk by chunk, without decoding them.
import { StringTable } from './string-table.ts';

const quote = 34;
const backslash = 92;
const closeBracket = 93;

/** What stopped `StringTableBuilder.read`: the end of the chunk, the end of the list, or a byte that belongs in neither. */
export interface StringsRead {
  /** Where reading stopped: the next byte to read. */
  position: number;
  state: 'more' | 'closed' | 'unexpected' | 'too large';
}

/** Reads the inside of a JSON list of strings. */
export class StringTableBuilder {
  private bytes = new Uint8Array(0);
  private used = 0;
  private starts = new Uint32Array(0);
  private ends = new Uint32Array(0);
  private count = 0;
  private inString = false;
  private escaped = false;

  /** Reads `buffer` from `position` to `length`; the closing bracket is not consumed. */
  read(buffer: Uint8Array, position: number, length: number): StringsRead {
    // All bytes are kept as they are; only where the strings begin and end is noted.
    const base = this.used - position;
    let state: StringsRead['state'] = 'more';
    let p = position;
    for (; p < length; p++) {
      const byte = buffer[p];
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === backslash) this.escaped = true;
        else if (byte === quote) {
          this.ends[this.count++] = base + p;
          this.inString = false;
        }
      } else if (byte === quote) {
        if (this.count === this.starts.length) this.growIndex();
        this.starts[this.count] = base + p + 1;
        this.inString = true;
      } else if (byte === closeBracket) {
        state = 'closed';
        break;
      } else if (byte !== 44 && byte !== 10 && byte !== 32 && byte !== 13 && byte !== 9) {
        return { position: p, state: 'unexpected' };
      }
    }
    return this.keep(buffer.subarray(position, p))
      ? { position: p, state }
      : { position: p, state: 'too large' };
  }

  get length(): number {
    return this.count;
  }

  /** The strings read so far. */
  finish(): StringTable {
    return new StringTable(
      this.bytes.subarray(0, this.used),
      this.starts.slice(0, this.count),
      this.ends.slice(0, this.count),
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

  /** False past 4 GiB, where offsets no longer fit. */
  private keep(part: Uint8Array): boolean {
    const used = this.used + part.length;
    if (used > 0xffffffff) return false;
    if (used > this.bytes.length) {
      const larger = new Uint8Array(Math.min(0xffffffff, Math.max(1 << 20, used, 2 * this.bytes.length)));
      larger.set(this.bytes.subarray(0, this.used));
      this.bytes = larger;
    }
    this.bytes.set(part, this.used);
    this.used = used;
    return true;
  }
}
