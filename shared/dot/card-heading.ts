// What lies over the cards of a picture: its title, and what the colors mean. In a low picture it has
// several lines, so that it does not make a ribbon of the picture.
import type { Picture, RankDirection } from '../picture/picture.ts';
import { pictureTitle } from '../picture/title.ts';
import { lookOf, quiet, subjectLook } from './card-colors.ts';
import { estimatedSize } from './estimated-size.ts';
import { htmlText } from './html-label.ts';
import { roomySize } from './size-text.ts';

/** The most characters of a title. */
const longest = 90;
/** Points that a heading may take over any card, and per character of the title and of the legend. */
const narrowest = 190;
const [titleCharacter, legendCharacter] = [6.3, 4.6];
/** Points that no character of a title is wider than, as a rule: for a heading that must not get wider later. */
const wideCharacter = 7.5;
/** The heading may make a picture this much wider than its cards are high. */
const usualShape = 2.5;

/** The title, and under it what the colors mean that are in the picture. */
export function headingOf(picture: Picture & { rankDirection: RankDirection }): string {
  const room = Math.max(narrowest, usualShape * estimatedSize(picture, picture.rankDirection).height);
  const title = titleLines(pictureTitle(picture), room);
  // The same lines and the same width, whether the size is there yet or not.
  const roomy =
    picture.hasRoomForSizes === true
      ? titleLines(
          pictureTitle(picture, () => roomySize),
          room,
        )
      : null;
  const lines = roomy === null ? title : linesLike(title, roomy);
  const width = roomy && Math.ceil(wideCharacter * Math.max(...roomy.map((line) => line.length)));
  const rows = [
    rowOf(
      lines.map((line) => `<FONT POINT-SIZE="12" COLOR="#1f2328"><B>${htmlText(line)}</B></FONT>`),
      width,
    ),
    rowOf(legendOf(picture, room / legendCharacter)),
  ];
  return `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3">${rows.join('')}</TABLE>`;
}

function titleLines(title: string, room: number): string[] {
  const words = wordsOf(title.length <= longest ? title : `${title.slice(0, longest - 1)}…`);
  return inLines(words, 1, room / titleCharacter).map((line) => line.join(' '));
}

/** A title in as many lines as another one has. */
const linesLike = (lines: readonly string[], model: readonly string[]): string[] =>
  model.map((_, i) => (i + 1 < model.length ? (lines[i] ?? ' ') : lines.slice(i).join(' ') || ' '));

/** A count stays with what it counts, and a size with whose it is: `2 × Module · 4.4 kB` is one word. */
const wordsOf = (title: string) => title.split(/(?<![×·]|· \S+) (?![×·])/);

/** All in one cell: Graphviz would space the cells of a row out to the width of the title. */
const rowOf = (lines: readonly string[], width: number | null = null) =>
  lines.length === 0
    ? ''
    : `<TR><TD ALIGN="LEFT" BALIGN="LEFT"${width === null ? '' : ` WIDTH="${width}"`}>${lines.join('<BR/>')}</TD></TR>`;

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
