// The mappings of a source map as they are written: text, of which a few segments are decoded at a time. All of them decoded are
// twenty times as large as the text, and a heap has places in few of them. Format: https://tc39.es/ecma426/#sec-mappings-grammar.

/** The generated column; then the source, its line and column, and the name. */
export type Segment =
  | readonly [number]
  | readonly [number, number, number, number]
  | readonly [number, number, number, number, number];

/** Text that is no mappings. */
export class MappingsError extends Error {}

const digits = new Int8Array(128).fill(-1);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((digit, value) => {
  digits[digit.charCodeAt(0)] = value;
});
const [comma, semicolon] = [','.charCodeAt(0), ';'.charCodeAt(0)];

/** Segments between two places at which decoding can begin. */
const blockSize = 64;

/** Each number of a segment is the difference to the one before it. */
interface State {
  position: number;
  line: number;
  column: number;
  source: number;
  sourceLine: number;
  sourceColumn: number;
  name: number;
}

/** Where decoding can begin, and the place of the first segment from there. */
interface Block extends State {
  firstLine: number;
  firstColumn: number;
}

const beginning: State = {
  position: 0,
  line: 0,
  column: 0,
  source: 0,
  sourceLine: 0,
  sourceColumn: 0,
  name: 0,
};

/** Goes from segment to segment. */
class Decoder {
  readonly state: State;
  /** How many numbers the segment has. */
  private length: 1 | 4 | 5 = 1;

  /** @param start where it begins */
  constructor(
    private readonly text: string,
    start: State,
  ) {
    const { position, line, column, source, sourceLine, sourceColumn, name } = start;
    this.state = { position, line, column, source, sourceLine, sourceColumn, name };
  }

  segment(): Segment {
    const { column, source, sourceLine, sourceColumn, name } = this.state;
    if (this.length === 1) return [column];
    return this.length === 4
      ? [column, source, sourceLine, sourceColumn]
      : [column, source, sourceLine, sourceColumn, name];
  }

  /** Goes to the next segment; false at the end. @throws MappingsError */
  next(): boolean {
    const { text, state } = this;
    for (; state.position < text.length; state.position++) {
      const character = text.charCodeAt(state.position);
      if (character === semicolon) {
        state.line++;
        state.column = 0;
      } else if (character !== comma) {
        this.#read();
        return true;
      }
    }
    return false;
  }

  #read(): void {
    const { state } = this;
    state.column += this.#number();
    this.length = 1;
    if (this.#isAtEnd()) return;
    state.source += this.#number();
    state.sourceLine += this.#number();
    state.sourceColumn += this.#number();
    this.length = 4;
    if (this.#isAtEnd()) return;
    state.name += this.#number();
    this.length = 5;
    if (!this.#isAtEnd()) throw new MappingsError();
  }

  #isAtEnd(): boolean {
    const { text, state } = this;
    if (state.position >= text.length) return true;
    const character = text.charCodeAt(state.position);
    return character === comma || character === semicolon;
  }

  #number(): number {
    const { text, state } = this;
    let value = 0;
    for (let shift = 0; shift <= 30 && state.position < text.length; shift += 5) {
      const digit = digits[text.charCodeAt(state.position++)] ?? -1;
      if (digit < 0) break;
      value |= (digit & 31) << shift;
      if (digit < 32) return value & 1 ? -(value >>> 1) : value >>> 1;
    }
    throw new MappingsError();
  }
}

export class Mappings {
  readonly #blocks: Block[] = [];
  /** Whether the segments of each line are in the order of the code. Those of other mappings cannot be found. */
  readonly isSorted: boolean = true;

  /** @throws MappingsError */
  constructor(private readonly text: string) {
    const decoder = new Decoder(text, beginning);
    const { state } = decoder;
    let [line, column] = [0, 0];
    for (let count = 0; ; count++) {
      const before = count % blockSize === 0 ? { ...state } : null;
      if (!decoder.next()) break;
      if (state.line === line && state.column < column) this.isSorted = false;
      ({ line, column } = state);
      if (before) this.#blocks.push({ ...before, firstLine: line, firstColumn: column });
    }
  }

  /** The segment that begins at a place or, on its line, last before it; the first of several at one place. */
  find(line: number, column: number): Segment | null {
    const decoder = new Decoder(this.text, this.#blocks[this.#blockBefore(line, column)] ?? beginning);
    const { state } = decoder;
    let found: Segment | null = null;
    while (decoder.next() && (state.line < line || (state.line === line && state.column <= column))) {
      if (state.line < line) continue;
      found = decoder.segment();
      if (state.column === column) break;
    }
    return found;
  }

  /** The last block that begins before a place. */
  #blockBefore(line: number, column: number): number {
    let [low, high] = [0, this.#blocks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { firstLine, firstColumn } = this.#blocks[middle];
      if (firstLine < line || (firstLine === line && firstColumn < column)) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Places of segments, from all parts of the code: about so many, or all of them. */
  *places(most: number): Generator<{ line: number; column: number }> {
    const step = Math.max(1, Math.floor((this.#blocks.length * blockSize) / most));
    for (let block = 0; block < this.#blocks.length; block += step) {
      const decoder = new Decoder(this.text, this.#blocks[block]);
      for (let i = 0; i < blockSize && decoder.next(); i++)
        yield { line: decoder.state.line, column: decoder.state.column };
    }
  }
}
