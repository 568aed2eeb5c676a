// What edges are called, in three bytes each: the type in the low bits of one, the number of the name in the rest of it and in two
// more. Where a number is larger than that, all of them are in 32 bits.

/** Bits of an `EdgeType`. */
const typeBits = 3;
const typeMask = (1 << typeBits) - 1;
/** The largest number that has room in three bytes beside the type. */
const largestNarrowNumber = 2 ** (24 - typeBits) - 1;

/** The types of a heap's edges, and the numbers that name them. */
export class EdgeLabels {
  /** Per edge, its type; above it, as long as labels are narrow, the high bits of the number. */
  readonly heads: Uint8Array;
  /** Per edge, the low bits of the number, or all of them. */
  tails: Uint16Array | Uint32Array;
  /** No number may be larger. */
  largestNumber = largestNarrowNumber;

  /** @param largestNumber what is known of the numbers before they come */
  constructor(edgeCount: number, largestNumber = 0) {
    this.heads = new Uint8Array(edgeCount);
    if (largestNumber <= largestNarrowNumber) this.tails = new Uint16Array(edgeCount);
    else {
      this.tails = new Uint32Array(edgeCount);
      this.largestNumber = 0xffffffff;
    }
  }

  /** The bits of a number's high part that belong to the head. */
  get headMask(): number {
    return this.largestNumber === largestNarrowNumber ? largestNarrowNumber >>> 16 : 0;
  }

  put(edge: number, type: number, number: number): void {
    if (number > this.largestNumber) this.widen();
    this.heads[edge] = headOf(type, number, this.headMask);
    this.tails[edge] = number;
  }

  /** Of edges one behind the other. */
  putAll(from: number, types: Uint8Array, numbers: Uint32Array, count: number): void {
    let { heads, tails, largestNumber, headMask } = this;
    for (let i = 0; i < count; i++) {
      const number = numbers[i];
      if (number > largestNumber) {
        this.widen();
        ({ heads, tails, largestNumber, headMask } = this);
      }
      heads[from + i] = headOf(types[i], number, headMask);
      tails[from + i] = number;
    }
  }

  private widen(): void {
    const { heads, tails } = this;
    const wide = new Uint32Array(tails.length);
    for (let edge = 0; edge < wide.length; edge++) {
      wide[edge] = numberIn(heads[edge], tails[edge]);
      heads[edge] = typeIn(heads[edge]);
    }
    this.tails = wide;
    this.largestNumber = 0xffffffff;
  }
}

/** The head of a label. @param mask `EdgeLabels.headMask` */
export const headOf = (type: number, number: number, mask: number): number =>
  type | (((number >>> 16) & mask) << typeBits);

/** The type in the head of a label. */
export const typeIn = (head: number): number => head & typeMask;

/** The number of a label. */
export const numberIn = (head: number, tail: number): number => (((head >>> typeBits) << 16) | tail) >>> 0;
