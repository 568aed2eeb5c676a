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
class Decoder implements State {
  position: number;
  line: number;
  column: number;
  source: number;
  sourceLine: number;
  sourceColumn: number;
  name: number;
  /** How many numbers the segment has. */
  length: 1 | 4 | 5 = 1;

  constructor(
    private readonly text: string,
    state: State,
  ) {
    ({ position: this.position, line: this.line, column: this.column } = state);
    ({ source: this.source, sourceLine: this.sourceLine, sourceColumn: this.sourceColumn } = state);
    this.name = state.name;
  }

  state(): State {
    const { position, line, column, source, sourceLine, sourceColumn, name } = this;
    return { position, line, column, source, sourceLine, sourceColumn, name };
  }

  segment(): Segment {
    const { column, source, sourceLine, sourceColumn, name } = this;
    if (this.length === 1) return [column];
    return this.length === 4
      ? [column, source, sourceLine, sourceColumn]
      : [column, source, sourceLine, sourceColumn, name];
  }

  /** Goes to the next segment; false at the end. @throws MappingsError */
  next(): boolean {
    for (; this.position < this.text.length; this.position++) {
      const character = this.text.charCodeAt(this.position);
      if (character === semicolon) {
        this.line++;
        this.column = 0;
      } else if (character !== comma) {
        this.#read();
        return true;
      }
    }
    return false;
  }

  #read(): void {
    this.column += this.#number();
    this.length = 1;
    if (this.#isAtEnd()) return;
    this.source += this.#number();
    this.sourceLine += this.#number();
    this.sourceColumn += this.#number();
    this.length = 4;
    if (this.#isAtEnd()) return;
    this.name += this.#number();
    this.length = 5;
    if (!this.#isAtEnd()) throw new MappingsError();
  }

  #isAtEnd(): boolean {
    if (this.position >= this.text.length) return true;
    const character = this.text.charCodeAt(this.position);
    return character === comma || character === semicolon;
  }

  #number(): number {
    let value = 0;
    for (let shift = 0; shift <= 30 && this.position < this.text.length; shift += 5) {
      const digit = digits[this.text.charCodeAt(this.position++)] ?? -1;
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
    let [line, column] = [0, 0];
    for (let count = 0; ; count++) {
      const before = count % blockSize === 0 ? decoder.state() : null;
      if (!decoder.next()) break;
      if (decoder.line === line && decoder.column < column) this.isSorted = false;
      ({ line, column } = decoder);
      if (before) this.#blocks.push({ ...before, firstLine: line, firstColumn: column });
    }
  }

  /** The segment that begins at a place or, on its line, last before it; the first of several at one place. */
  find(line: number, column: number): Segment | null {
    const decoder = new Decoder(this.text, this.#blocks[this.#blockBefore(line, column)] ?? beginning);
    let found: Segment | null = null;
    while (decoder.next() && (decoder.line < line || (decoder.line === line && decoder.column <= column))) {
      if (decoder.line < line) continue;
      found = decoder.segment();
      if (decoder.column === column) break;
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
        yield { line: decoder.line, column: decoder.column };
    }
  }
}
