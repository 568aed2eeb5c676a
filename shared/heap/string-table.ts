// The strings of a snapshot, kept as the JSON bytes they came in: decoded one by one, on demand.
// A heap of their decoded copies would cost several times as much, and show up in the next snapshot.

/** Strings by index, decoded on demand. */
export class StringTable {
  /**
   * @param bytes JSON text that holds the strings with their quotes
   * @param starts per string, the offset behind its opening quote; and where that of one more would be
   * @param gap from the closing quote of each string to the start of the next one
   * @param ends per string, the offset of its closing quote, where the gap is not always the same; else null
   */
  constructor(
    private readonly bytes: Uint8Array,
    private readonly starts: Uint32Array,
    private readonly gap: number,
    private readonly ends: Uint32Array | null = null,
  ) {}

  get length(): number {
    return this.starts.length - 1;
  }

  /** The strings as a snapshot lists them: with their quotes, and commas between them. */
  get text(): Uint8Array {
    return this.bytes;
  }

  /** The string at `index`; throws a RangeError when there is none. */
  get(index: number): string {
    if (!(index >= 0 && index < this.length)) {
      throw new RangeError(`String ${index} is out of range: the snapshot has ${this.length} strings`);
    }
    const start = this.starts[index];
    const end = this.endOf(index);
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
    const { bytes, starts, ends } = this;
    const { length } = text;
    const first = text.charCodeAt(0);
    const step = length + this.gap;
    // Asked some dozens of times for each snapshot, before anything is warm: most strings differ at the first bytes, without a call.
    for (let index = 0; index < this.length; index++) {
      const start = starts[index];
      if (ends === null && starts[index + 1] - start !== step) continue;
      if (length > 0 && bytes[start] !== first) continue;
      if (this.equals(index, text)) return index;
    }
    return -1;
  }

  /** The indices of the strings that begin with a text (plain ASCII without escapes). */
  startingWith(text: string): Set<number> {
    const { bytes, starts } = this;
    const found = new Set<number>();
    for (let index = 0; index < this.length; index++) {
      const start = starts[index];
      let length = 0;
      if (this.byteLength(index) < text.length) continue;
      while (length < text.length && bytes[start + length] === text.charCodeAt(length)) length++;
      if (length === text.length) found.add(index);
    }
    return found;
  }

  /** A hash of a string's bytes: the same in every snapshot. FNV-1a. */
  hash(index: number): number {
    let hash = 0x811c9dc5;
    const end = this.endOf(index);
    for (let i = this.starts[index]; i < end; i++) hash = Math.imul(hash ^ this.bytes[i], 0x01000193);
    return hash >>> 0;
  }

  /** Whether string `index` is `text` (plain ASCII without escapes). */
  equals(index: number, text: string): boolean {
    const start = this.starts[index];
    if (this.endOf(index) - start !== text.length) return false;
    for (let i = 0; i < text.length; i++) if (this.bytes[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** How many bytes string `index` has. */
  byteLength(index: number): number {
    return this.endOf(index) - this.starts[index];
  }

  /** Per string, 1 where it holds `text` (plain ASCII) somewhere. */
  including(text: string): Uint8Array {
    const found = new Uint8Array(this.length);
    this.eachIncluding(text, (index) => void (found[index] = 1));
    return found;
  }

  /**
   * Visits the strings that hold `text` (plain ASCII) somewhere, each once.
   *
   * @param visit takes the index, and the bytes of the string as text, a letter each
   */
  eachIncluding(text: string, visit: (index: number, bytes: string) => void): void {
    const { bytes, starts } = this;
    let last = -1;
    // The engine's own search runs over machine words; for it, the bytes become text, a window at a time.
    for (let from = 0; from < bytes.length; from += searchWindow) {
      const window = latin1.decode(bytes.subarray(from, from + searchWindow + text.length));
      for (let at = window.indexOf(text); at >= 0; at = window.indexOf(text, at + 1)) {
        const index = this.stringAt(from + at);
        const [start, end] = [starts[index], this.endOf(index)];
        if (index === last || from + at + text.length > end) continue;
        last = index;
        const isInside = start >= from && end <= from + window.length;
        visit(
          index,
          isInside ? window.slice(start - from, end - from) : latin1.decode(bytes.subarray(start, end)),
        );
      }
    }
  }

  /** The offset of a string's closing quote. */
  private endOf(index: number): number {
    return this.ends === null ? this.starts[index + 1] - this.gap : this.ends[index];
  }

  /** The last string that begins at an offset or before it. */
  private stringAt(offset: number): number {
    let low = 0;
    let high = this.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
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
const latin1 = new TextDecoder('latin1');
/** Its text is young, and its memory is used again: large texts are kept until the next collection of all. */
const searchWindow = 1 << 16;
