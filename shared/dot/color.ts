// A colour of Graphviz as CSS says it. Its output has most of them resolved to #rrggbb[aa]; files that were laid out
// elsewhere may still hold HSV triples, Brewer's `/scheme/n` and names.

/** Null for what is not visible. */
export function readColor(text: string): string | null {
  const color = text.trim();
  if (/^#([\da-f]{3}|[\da-f]{4}|[\da-f]{6}|[\da-f]{8})$/i.test(color)) return isClear(color) ? null : color;
  if (/^(transparent|none)$/i.test(color)) return null;
  const hsv = color.split(/[\s,]+/).map(Number);
  if (hsv.length === 3 && hsv.every(Number.isFinite)) return fromHsv(hsv[0], hsv[1], hsv[2]);
  const gray = /^gr[ae]y(\d{1,3})$/i.exec(color);
  if (gray) return hex([1, 1, 1].map((one) => (one * Number(gray[1])) / 100));
  // X11 numbers its shades ("red3"), CSS knows the plain name only.
  const name = /^(?:\/\w*\/)?([a-z]+)[1-4]?$/i.exec(color);
  return name ? name[1].toLowerCase() : '#000000';
}

const isClear = (color: string) =>
  (color.length === 9 && color.endsWith('00')) || (color.length === 5 && color.endsWith('0'));

function fromHsv(h: number, s: number, v: number): string {
  const channel = (n: number) => {
    const k = (n + h * 6) % 6;
    return v - v * s * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return hex([channel(5), channel(3), channel(1)]);
}

const hex = (channels: number[]) =>
  `#${channels
    .map((part) =>
      Math.round(Math.min(1, Math.max(0, part)) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
