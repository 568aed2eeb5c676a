// Letters that our fonts do not have, in fonts of the system that are made for their script. Left to itself, resvg draws the whole
// text of a single such letter in the first font that has it: often a bold one without serifs.

import { decodeEntities } from '../../shared/dot/escape-string.ts';
import { shippedFamily } from '../../shared/fonts.ts';
import { widthOf } from './font-widths.ts';

/** Families of Linux, Windows and macOS, the usual first; resvg takes the first that is there, in the weight of the text. */
const scripts: [letters: string, families: string[]][] = [
  [
    '\\p{Script=Arabic}',
    ['Noto Naskh Arabic', 'Noto Sans Arabic', 'DejaVu Sans', 'Segoe UI', 'Geeza Pro', 'Arial Unicode MS'],
  ],
  [
    '\\p{Script=Hebrew}',
    ['Noto Serif Hebrew', 'Noto Sans Hebrew', 'DejaVu Sans', 'Segoe UI', 'Arial Hebrew'],
  ],
  [
    '\\p{Script=Hangul}',
    ['Noto Sans CJK KR', 'Noto Serif CJK KR', 'NanumGothic', 'Malgun Gothic', 'Apple SD Gothic Neo'],
  ],
  [
    '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef',
    [
      ...['Noto Sans CJK SC', 'Noto Sans CJK JP', 'Noto Serif CJK SC', 'WenQuanYi Zen Hei', 'IPAGothic'],
      ...['Microsoft YaHei', 'PingFang SC', 'Hiragino Sans', 'Arial Unicode MS'],
    ],
  ],
  [
    '\\p{Script=Devanagari}',
    ['Noto Sans Devanagari', 'Lohit Devanagari', 'Nirmala UI', 'Kohinoor Devanagari'],
  ],
  ['\\p{Script=Thai}', ['Noto Sans Thai', 'Loma', 'Leelawadee UI', 'Thonburi']],
];

/** Words of one script, with the blanks between them. */
const runs = scripts.map(([letters, families]) => ({
  run: new RegExp(`[${letters}][${letters}\\p{Mn}]*(?: +[${letters}][${letters}\\p{Mn}]*)*`, 'gu'),
  families: families.join(','),
}));

const texts = /<text\b([^>]*)>([^<]*)<\/text>/g;

/**
 * Graphviz's SVG, for resvg with the system's fonts: words of a script become texts of their own, in fonts of it. (In one text, resvg
 * takes a font that has all of it for the whole, whatever the rest asks for.)
 */
export const withScriptFonts = (svg: string): string =>
  svg.replace(texts, (whole, attributes: string, content: string) => {
    const pieces = piecesOf(decodeEntities(content));
    if (pieces.every(({ families }) => families === null)) return whole;
    if (pieces.length === 1) return textOf(attributes, pieces[0], {});
    const room = Number(valueOf(attributes, 'textLength'));
    const size = Number(valueOf(attributes, 'font-size'));
    // Without them nothing says where one ends and the next begins.
    if (!(room > 0 && size > 0)) return whole;
    return inTheirPlaces(attributes, pieces, room, size);
  });

interface Piece {
  text: string;
  /** Null for what our own fonts have. */
  families: string | null;
}

function piecesOf(text: string): Piece[] {
  let pieces: Piece[] = [{ text, families: null }];
  for (const { run, families } of runs)
    pieces = pieces.flatMap((piece) => {
      if (piece.families !== null) return [piece];
      const parts: Piece[] = [];
      let from = 0;
      for (const { 0: words, index } of piece.text.matchAll(run)) {
        parts.push({ text: piece.text.slice(from, index), families: null }, { text: words, families });
        from = index + words.length;
      }
      return [...parts, { text: piece.text.slice(from), families: null }].filter((part) => part.text !== '');
    });
  return pieces;
}

/** One behind the other: ours as wide as they are, the others share what is left of the room. */
function inTheirPlaces(attributes: string, pieces: readonly Piece[], room: number, size: number): string {
  const family = valueOf(attributes, 'font-family').split(',').at(-1)!;
  const face = {
    family: shippedFamily(family),
    bold: valueOf(attributes, 'font-weight') === 'bold',
    italic: valueOf(attributes, 'font-style') === 'italic',
  };
  const own = pieces.map(({ text, families }) => (families === null ? widthOf(text, face) * size : 0));
  const letters = pieces.map(({ text, families }) => (families === null ? 0 : text.length));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const squeeze = Math.min(1, room / Math.max(1e-6, sum(own)));
  const rest = Math.max(0.3 * room, room - sum(own));
  const widths = own.map((width, i) =>
    letters[i] > 0 ? (rest * letters[i]) / sum(letters) : width * squeeze,
  );
  const scale = room / sum(widths);
  const anchor = { middle: 0.5, end: 1 }[valueOf(attributes, 'text-anchor')] ?? 0;
  let x = Number(valueOf(attributes, 'x')) - room * anchor;
  return pieces
    .map((piece, i) => {
      const width = widths[i] * scale;
      const text = textOf(attributes, piece, { x, width });
      x += width;
      return text;
    })
    .join('');
}

function textOf(
  attributes: string,
  { text, families }: Piece,
  place: { x?: number; width?: number },
): string {
  const { x, width } = place;
  let own = attributes;
  // Its own last: a text that names fonts of which there is none is not drawn at all.
  if (families !== null) own = set(own, 'font-family', `${families},${valueOf(attributes, 'font-family')}`);
  if (x !== undefined) own = set(set(own, 'x', x.toFixed(2)), 'text-anchor', 'start');
  if (width !== undefined) own = set(own, 'textLength', width.toFixed(2));
  return `<text${own}>${text.replace(/[&<>]/g, (letter) => `&#${letter.charCodeAt(0)};`)}</text>`;
}

const set = (attributes: string, name: string, value: string) =>
  attributes.replace(new RegExp(`(\\s${name}=")[^"]*"`), (_, before: string) => `${before}${value}"`);

const valueOf = (attributes: string, name: string) =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
