// A font's PostScript or Pango name ("Helvetica-BoldOblique", "Courier New Bold") as family and style.
import type { Font } from '../scene/scene.ts';

/** The bits of xdot's operation `t`. */
const flag = { bold: 1, italic: 2, underline: 4, super: 8, sub: 16, strike: 32, overline: 64 };

/** Pango's names end in a size, which Graphviz takes from `fontsize`. */
const size12 = /\s+\d+(?:\.\d+)?(?:px)?$/;
const styles =
  /(?:[-\s:]+(?:roman|regular|book|medium|bold|italic|oblique))+$|-(?:roman|regular|book|bold|italic|oblique)+$/i;

export function readFont(face: string, size: number, flags: number): Font {
  // "Helvetica,sans-Serif" is a list of choices; the first one is what Graphviz measured with.
  const [first] = face.split(',', 1);
  const family = first.replace(size12, '').replace(styles, '').trim();
  const has = (bit: number) => (flags & bit) !== 0;
  return {
    family: family || 'Times',
    size,
    bold: /bold/i.test(face) || has(flag.bold),
    italic: /italic|oblique/i.test(face) || has(flag.italic),
    underline: has(flag.underline),
    overline: has(flag.overline),
    strike: has(flag.strike),
    script: has(flag.super) ? 'super' : has(flag.sub) ? 'sub' : null,
  };
}
