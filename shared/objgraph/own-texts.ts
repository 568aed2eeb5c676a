// Finds out quickly whether the text of a function may be the library's own: whether its file contains it.
import { readFileSync } from 'node:fs';
import { ownFile } from './own-scripts.ts';

/** A variable of this file: in a context of node:vm, as Jest has, V8 calls Node's code for each look at a global one. */
const { imul } = Math;

/** Characters by which a text is looked for first. Shorter ones are any program's: `() => x`. */
const length = 24;
const bucketBits = 18;

/** The text of the library's file, and where in it are the pieces of some characters with a given hash. */
export class OwnTexts {
  private readonly text = readOwnFile();
  /** Per hash, the last place with it, counted from 1; per place, the one before it with the same hash. */
  private readonly last = new Int32Array(2 ** bucketBits);
  private readonly before = new Int32Array(this.text.length + 1);

  constructor() {
    const { text, last, before } = this;
    let hash = hashOfStart(text);
    for (let place = 1; place + length <= text.length + 1; place++) {
      const bucket = bucketOf(hash);
      before[place] = last[bucket];
      last[bucket] = place;
      const left = imul(text.charCodeAt(place - 1), highest);
      hash = (imul(hash - left, base) + text.charCodeAt(place - 1 + length)) | 0;
    }
  }

  /** Whether a text, unless it is short, is part of the library's file. */
  has(text: string): boolean {
    if (text.length < length) return false;
    for (let place = this.last[bucketOf(hashOfStart(text))]; place > 0; place = this.before[place])
      if (this.text.startsWith(text, place - 1)) return true;
    return false;
  }
}

/** Empty where there is none to be read: then no closure is taken for the library's. */
function readOwnFile(): string {
  const file = ownFile();
  try {
    return file === null ? '' : readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

// A hash that rolls on by one character, in 32 bits: R. M. Karp, M. O. Rabin, "Efficient randomized pattern-matching algorithms", 1987.
const base = 0x01000193;
/** The factor of the first of the characters. */
const highest = Array.from({ length: length - 1 }).reduce((power: number) => imul(power, base), 1);

function hashOfStart(text: string): number {
  let hash = 0;
  for (let i = 0; i < length; i++) hash = (imul(hash, base) + text.charCodeAt(i)) | 0;
  return hash;
}

/** The high bits of the product depend on all characters. */
const bucketOf = (hash: number): number => imul(hash, 0x9e3779b1) >>> (32 - bucketBits);
