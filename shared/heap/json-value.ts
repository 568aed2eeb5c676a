// Where a JSON value ends, found without parsing it: brackets are counted, strings are passed over.
const quote = 34;
const comma = 44;
const backslash = 92;

/** Passes over one JSON value that may come in several windows. */
export class JsonValueEnd {
  private depth = 0;
  private inString = false;
  private escaped = false;

  /** @returns the position behind the value, or -1 when it goes on behind `length`. A number ends at its comma or bracket. */
  find(bytes: Uint8Array, position: number, length: number): number {
    for (let p = position; p < length; p++) {
      const byte = bytes[p];
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === backslash) this.escaped = true;
        else if (byte === quote) this.inString = false;
        continue;
      }
      const ends = byte === 125 || byte === 93;
      if (this.depth === 0 && (ends || byte === comma)) return p;
      if (byte === quote) this.inString = true;
      else if (byte === 123 || byte === 91) this.depth++;
      else if (ends) this.depth--;
    }
    return -1;
  }
}
