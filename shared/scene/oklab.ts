// Colours by how light they look: OKLab (https://bottosson.github.io/posts/oklab/), and contrast as WCAG 2 counts it.

/** Lightness 0..1, the two opponent colours, opacity 0..1. */
export interface Lab {
  l: number;
  a: number;
  b: number;
  alpha: number;
}

/** Null for what is not #rgb[a] or #rrggbb[aa]. */
function parseHex(color: string): [number, number, number, number] | null {
  if (!/^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.test(color)) return null;
  const digits =
    color.length < 6 ? [...color.slice(1)].map((digit) => digit + digit) : color.slice(1).match(/../g)!;
  const [r, g, b, alpha = 1] = digits.map((pair) => Number.parseInt(pair, 16) / 255);
  return [r, g, b, alpha];
}

export function toLab(color: string): Lab | null {
  const parsed = parseHex(color);
  if (!parsed) return null;
  const [r, g, b] = parsed.slice(0, 3).map(linear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    alpha: parsed[3],
  };
}

export function fromLab({ l, a, b, alpha }: Lab): string {
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const channels = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map(companded);
  return `#${[...channels, ...(alpha < 1 ? [alpha] : [])].map(byte).join('')}`;
}

/** 1 (none) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [r, g, b] = (parseHex(color) ?? [0, 0, 0]).map(linear);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const companded = (c: number) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);
const byte = (c: number) =>
  Math.round(Math.min(1, Math.max(0, c)) * 255)
    .toString(16)
    .padStart(2, '0');
