// Which texts of functions may be the library's own, told fast: they are looked for in its file.
import { readFileSync } from 'node:fs';
import { ownFile } from './own-scripts.ts';

/** Characters by which a text is looked for first. Shorter ones are any program's: `() => x`. */
const length = 24;
const tableBits = 22;

/** The text of the library's file, and a table of the hashes of all its pieces of some characters. */
export class OwnTexts {
  private readonly text: string;
  private readonly table = new Uint8Array(2 ** (tableBits - 3));

  constructor() {
    this.text = readOwnFile();
    for (let i = 0; i + length <= this.text.length; i++) {
      const bit = hashAt(this.text, i);
      this.table[bit >> 3] |= 1 << (bit & 7);
    }
  }

  /** Whether a text, unless it is short, is part of the library's file. */
  has(text: string): boolean {
    if (text.length < length) return false;
    const bit = hashAt(text, 0);
    return (this.table[bit >> 3] & (1 << (bit & 7))) !== 0 && this.text.includes(text);
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

/** FNV-1a, https://datatracker.ietf.org/doc/html/draft-eastlake-fnv. */
function hashAt(text: string, start: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash ^ (hash >>> tableBits)) & (2 ** tableBits - 1);
}
