// How wide a text is in the fonts that we ship: the advance widths in their files
// (https://learn.microsoft.com/typography/opentype/spec/hmtx and cmap, format 4), without kerning, which only makes texts narrower.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder } from '../package.ts';
import type { ShippedFamily } from '../../shared/fonts.ts';

export interface Face {
  family: ShippedFamily;
  bold: boolean;
  italic: boolean;
}

/** For text of size 1. What our fonts lack is taken to be as wide as high, as letters of East Asia are. */
export function widthOf(text: string, face: Face): number {
  const advances = advancesOf(face);
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (!isCombining.test(character)) width += advances(code) ?? 1;
  }
  return width;
}

const isCombining = /\p{Mn}|\p{Cf}/u;

type Advances = (code: number) => number | null;
const loaded = new Map<string, Advances>();

function advancesOf({ family, bold, italic }: Face): Advances {
  const style = `${bold ? 'Bold' : ''}${italic ? 'Italic' : ''}` || 'Regular';
  const name = `${family.replaceAll(' ', '')}-${style}.ttf`;
  let advances = loaded.get(name);
  if (!advances) {
    advances = readAdvances(readFileSync(join(distFolder, 'renderer', 'fonts', name)));
    loaded.set(name, advances);
  }
  return advances;
}

function readAdvances(font: Buffer): Advances {
  const tables = new Map<string, number>();
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const record = 12 + 16 * i;
    tables.set(font.toString('latin1', record, record + 4), font.readUInt32BE(record + 8));
  }
  const table = (name: string) => tables.get(name)!;
  const unitsPerEm = font.readUInt16BE(table('head') + 18);
  const metrics = font.readUInt16BE(table('hhea') + 34);
  const glyphOf = readCharacterMap(font, table('cmap'));
  return (code) => {
    const glyph = glyphOf(code);
    if (glyph === 0) return null;
    return font.readUInt16BE(table('hmtx') + 4 * Math.min(glyph, metrics - 1)) / unitsPerEm;
  };
}

/** Windows, Unicode of two bytes: what every font has. */
function readCharacterMap(font: Buffer, cmap: number): (code: number) => number {
  let at = 0;
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const record = cmap + 4 + 8 * i;
    if (font.readUInt16BE(record) === 3 && font.readUInt16BE(record + 2) === 1)
      at = cmap + font.readUInt32BE(record + 4);
  }
  const doubled = font.readUInt16BE(at + 6);
  const [ends, starts] = [at + 14, at + 16 + doubled];
  const [deltas, offsets] = [starts + doubled, starts + 2 * doubled];
  return (code) => {
    if (code > 0xffff) return 0;
    for (let i = 0; i < doubled; i += 2) {
      if (font.readUInt16BE(ends + i) < code) continue;
      const start = font.readUInt16BE(starts + i);
      if (start > code) return 0;
      const delta = font.readUInt16BE(deltas + i);
      const offset = font.readUInt16BE(offsets + i);
      if (offset === 0) return (code + delta) & 0xffff;
      const glyph = font.readUInt16BE(offsets + i + offset + 2 * (code - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
