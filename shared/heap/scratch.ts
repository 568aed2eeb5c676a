// Arrays that one analysis needs for a while, and the next one after it. The collector frees them late: without sharing, a large
// heap would have all of them in memory at once.

/** Lends arrays with room for a number per node and three more. The collector may take those that nothing has. */
export class Scratch {
  readonly #returned: WeakRef<Uint32Array>[] = [];
  readonly #length: number;

  constructor(nodeCount: number) {
    this.#length = nodeCount + 3;
  }

  /** An array with anything in it. */
  take(): Uint32Array {
    for (let array; (array = this.#returned.pop());) {
      const kept = array.deref();
      if (kept) return kept;
    }
    return new Uint32Array(this.#length);
  }

  /** Takes arrays back that nothing will read any more. */
  giveBack(...arrays: readonly Uint32Array[]): void {
    for (const array of arrays) this.#returned.push(new WeakRef(array));
  }
}
