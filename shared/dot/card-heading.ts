// What lies over the cards of a picture: its title, and what the colors mean. In a low picture it has
// several lines, so that it does not make a ribbon of the picture.
import type { Picture, RankDirection } from '../picture/picture.ts';
import { pictureTitle } from '../picture/title.ts';
import { lookOf, quiet, subjectLook } from './card-colors.ts';
import { estimatedSize } from './estimated-size.ts';
import { htmlText } from './html-label.ts';

/** The most characters of a title. */
const longest = 90;
/** Points that a heading may take over any card, and per character of the title and of the legend. */
const narrowest = 190;
const [titleCharacter, legendCharacter] = [6.3, 4.6];
/** The heading may make a picture this much wider than its cards are high. */
const usualShape = 2.5;

/** The title, and under it what the colors mean that are in the picture. */
export function headingOf(picture: Picture & { rankDirection: RankDirection }): string {
  const room = Math.max(narrowest, usualShape * estimatedSize(picture, picture.rankDirection).height);
  const title = pictureTitle(picture);
  const words = wordsOf(title.length <= longest ? title : `${title.slice(0, longest - 1)}…`);
  const rows = [
    inLines(words, 1, room / titleCharacter).map(
      (line) => `<FONT POINT-SIZE="12" COLOR="#1f2328"><B>${htmlText(line.join(' '))}</B></FONT>`,
    ),
    legendOf(picture, room / legendCharacter),
  ];
  return `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3">${rows.map(rowOf).join('')}</TABLE>`;
}

/** A count stays with what it counts, and a size with whose it is: `2 × Module · 4.4 kB` is one word. */
const wordsOf = (title: string) => title.split(/(?<![×·]|· \S+) (?![×·])/);

/** All in one cell: Graphviz would space the cells of a row out to the width of the title. */
const rowOf = (lines: readonly string[]) =>
  lines.length === 0 ? '' : `<TR><TD ALIGN="LEFT" BALIGN="LEFT">${lines.join('<BR/>')}</TD></TR>`;

/** @param most characters of a line */
function legendOf({ boxes }: Picture, most: number): string[] {
  const looks = new Map(
    boxes.flatMap((box) => {
      const look = lookOf(box);
      return look === null ? [] : [[look.meaning, look]];
    }),
  );
  looks.delete(subjectLook.meaning);
  const gap = '    ';
  return inLines([...looks.keys()], gap.length + 2, most).map((line) => {
    const entries = line.map(
      (meaning) =>
        `<FONT COLOR="${looks.get(meaning)!.border}">■</FONT> <FONT COLOR="${quiet.text}">${meaning}</FONT>`,
    );
    return `<FONT POINT-SIZE="9">${entries.join(gap)}</FONT>`;
  });
}

/** Words in lines of at most so many characters; a longer word has a line of its own. */
function inLines(words: readonly string[], gap: number, most: number): string[][] {
  const lines: string[][] = [];
  let left = 0;
  for (const word of words) {
    left -= gap + word.length;
    if (lines.length > 0 && left >= 0) lines.at(-1)!.push(word);
    else {
      lines.push([word]);
      left = most - word.length;
    }
  }
  return lines;
}
