// A font's PostScript or Pango name ("Helvetica-BoldOblique", "Courier New Bold") as family and style.
import type { Font } from '../scene/scene.ts';

/** The bits of xdot's operation `t`. */
const flag = { bold: 1, italic: 2, underline: 4, super: 8, sub: 16, strike: 32 };

export function readFont(face: string, size: number, flags: number): Font {
  // "Helvetica,sans-Serif" is a list of choices; the first one is what Graphviz measured with.
  const first = face.split(',')[0].trim();
  const family = first.replace(
    /[-\s](?:roman|regular|book|bold|italic|oblique)+(?:[-\s](?:bold|italic|oblique))*$/i,
    '',
  );
  const has = (bit: number) => (flags & bit) !== 0;
  return {
    family: family || 'Times',
    size,
    bold: /bold/i.test(face) || has(flag.bold),
    italic: /italic|oblique/i.test(face) || has(flag.italic),
    underline: has(flag.underline),
    strike: has(flag.strike),
    script: has(flag.super) ? 'super' : has(flag.sub) ? 'sub' : null,
  };
}
