// Text of strangers for a terminal or a log: nothing in it moves the cursor, turns the direction of writing, or hides.

/** Controls, formats (bidirectional, of no width), line ends, lone surrogates, and letters that are drawn as nothing. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** One line: each such character is written as JavaScript writes it, `\u001b`. */
export function printable(text: string): string {
  return text.replace(unprintable, escaped);
}

/** As `printable`, of text that has lines and tabs. */
export function printableLines(text: string): string {
  return text.replace(unprintable, (character) =>
    /[\n\t]/.test(character) ? character : escaped(character),
  );
}

/** JSON that means the same: such characters are in its texts only, apart from the line ends of its layout. */
export const printableJson = printableLines;

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => unitOf(character, i)).join('');
}

const unitOf = (character: string, i: number) =>
  `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
