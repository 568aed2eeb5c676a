// Graphviz's SVG in fonts that are there: the author's own where the system has it, and those that we ship.
import { readFont } from '../../shared/dot/font.ts';
import { genericFamily, isOwnFamily, shippedFamily } from '../../shared/fonts.ts';

export const serif = 'Liberation Serif';

/** Names fonts of ours; `systemFonts` leaves the author's own before them. */
export const withShippedFonts = (svg: string, systemFonts = false): string =>
  withFamilies(svg, (family) => {
    const ours = shippedFamily(family);
    return systemFonts && isOwnFamily(family) ? [family, ours] : [ours];
  });

/** The author's fonts with a choice for where they are not: a browser takes one with serifs for every name that it does not know. */
export const withGenericFonts = (svg: string): string =>
  withFamilies(svg, (family) => [family, genericFamily[shippedFamily(family)]]);

/** Whether an SVG names a font that only the system may have. */
export const namesOwnFonts = (svg: string): boolean =>
  [...svg.matchAll(/\sfont-family="([^"]*)"/g)].some(([, families]) => isOwnFamily(families));

const textTag = /<text\b[^>]*>/g;
const familyAttribute = /\sfont-family="([^"]*)"/;

/** Names of PostScript and Pango ("Arial Bold", "Sans Italic 12") are a family and a style. */
function withFamilies(svg: string, choicesOf: (family: string) => string[]): string {
  return svg.replace(textTag, (tag) => {
    const families = familyAttribute.exec(tag)?.[1];
    if (families === undefined) return tag;
    const { family, bold, italic } = readFont(families, 1, 0);
    const choices = [...new Set(choicesOf(family))].map((name) => name.replace(/['"<>&]/g, ''));
    const style = [
      bold && !tag.includes(' font-weight=') ? ' font-weight="bold"' : '',
      italic && !tag.includes(' font-style=') ? ' font-style="italic"' : '',
    ].join('');
    return tag.replace(familyAttribute, () => ` font-family="${choices.join(',')}"${style}`);
  });
}
