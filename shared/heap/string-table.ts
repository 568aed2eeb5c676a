// The strings of a snapshot, kept as the JSON bytes they came in: decoded one by one, when somebody asks.
// A heap of their decoded copies would cost several times as much, and show up in the next snapshot.

/** Strings by index, decoded on demand. */
export class StringTable {
  /**
   * @param bytes JSON text that holds the strings with their quotes
   * @param starts per string, the offset behind its opening quote
   * @param ends per string, the offset of its closing quote
   */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly starts: Uint32Array,
    private readonly ends: Uint32Array,
  ) {}

  get length(): number {
    return this.starts.length;
  }

  /** The string at `index`; throws a RangeError when there is none. */
  get(index: number): string {
    if (!(index >= 0 && index < this.length)) {
      throw new RangeError(`String ${index} is out of range: the snapshot has ${this.length} strings`);
    }
    const start = this.starts[index];
    const end = this.ends[index];
    // V8 writes pure ASCII; only escapes (and other writers' UTF-8) need the full decoder.
    let ascii = '';
    if (end - start <= 64) {
      for (let i = start; i < end; i++) {
        const byte = this.bytes[i];
        if (byte === 92 || byte >= 128) return this.decode(start, end);
        ascii += String.fromCharCode(byte);
      }
      return ascii;
    }
    return this.decode(start, end);
  }

  /** The index of a string, or -1: compares bytes, decodes nothing. Only for strings of plain ASCII without escapes. */
  indexOf(text: string): number {
    for (let index = 0; index < this.length; index++) if (this.equals(index, text)) return index;
    return -1;
  }

  /** Whether string `index` is `text` (plain ASCII without escapes). */
  equals(index: number, text: string): boolean {
    const start = this.starts[index];
    if (this.ends[index] - start !== text.length) return false;
    for (let i = 0; i < text.length; i++) if (this.bytes[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** Whether string `index` begins with `prefix` (plain ASCII without escapes). */
  startsWith(index: number, prefix: string): boolean {
    const start = this.starts[index];
    if (this.ends[index] - start < prefix.length) return false;
    for (let i = 0; i < prefix.length; i++) if (this.bytes[start + i] !== prefix.charCodeAt(i)) return false;
    return true;
  }

  /** Per string, 1 where `matches` holds its text somewhere (plain ASCII): one pass over the bytes. */
  including(text: string): Uint8Array {
    const found = new Uint8Array(this.length);
    const first = text.charCodeAt(0);
    for (let index = 0; index < this.length; index++) {
      const last = this.ends[index] - text.length;
      for (let i = this.starts[index]; i <= last; i++) {
        if (this.bytes[i] !== first) continue;
        let k = 1;
        while (k < text.length && this.bytes[i + k] === text.charCodeAt(k)) k++;
        if (k === text.length) {
          found[index] = 1;
          break;
        }
      }
    }
    return found;
  }

  private decode(start: number, end: number): string {
    const text = decoder.decode(this.bytes.subarray(start - 1, end + 1));
    try {
      return JSON.parse(text) as string;
    } catch {
      // A control character or a bad escape inside: show what is there rather than nothing.
      return text.slice(1, -1);
    }
  }
}

const decoder = new TextDecoder();
