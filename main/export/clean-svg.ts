// Graphviz copies much of a graph into its SVG and its image maps: links of any kind, a stylesheet from elsewhere, and the face
// of a font even without its quotes escaped, so that a stranger's graph can smuggle in whole attributes. A picture is passed
// on and opened in browsers: only what draws or names something stays, each attribute with values of its own kind, so that
// nothing in the picture runs and nothing is fetched when it is looked at.
import { decodeEntities } from '../../shared/dot/escape-string.ts';

const elements = new Set([
  ...['svg', 'g', 'a', 'title', 'defs', 'linearGradient', 'radialGradient', 'stop', 'clipPath'],
  ...['polygon', 'polyline', 'path', 'ellipse', 'circle', 'rect', 'line', 'text', 'tspan', 'image'],
  ...['map', 'area'],
]);

/** Tests a value from which character references were decoded. */
type Check = (value: string, element: string) => boolean;

const matching =
  (shape: RegExp): Check =>
  (value) =>
    shape.test(value);

const number = matching(/^[\d\s.,eE+-]*(?:pt|px|in|em|%)?$/);
const word = matching(/^[\w -]*$/);
const color = matching(/^[\w#.%-]*$/);
/** A colour, or a gradient or clip path of the same picture. */
const paint = matching(/^(?:[\w#.%-]*|url\(#[^()'"\\<>]*\))$/);
const transform = matching(/^(?:\s*(?:scale|rotate|translate|matrix|skewX|skewY)\([\d\s.,eE+-]*\))*\s*$/);
const text: Check = () => true;

const checks: Record<string, Check> = {
  xmlns: (value) => value === 'http://www.w3.org/2000/svg',
  'xmlns:xlink': (value) => value === 'http://www.w3.org/1999/xlink',
  transform,
  gradientTransform: transform,
  d: matching(/^[\d\s.,+A-Za-z-]*$/),
  'font-family': matching(/^[^()\\{};@<>]*$/),
  style: isStyle,
  href: isReference,
  'xlink:href': isReference,
};
const kinds: [Check, string[]][] = [
  [number, ['width', 'height', 'viewBox', 'points', 'cx', 'cy', 'r', 'rx', 'ry', 'x', 'y', 'x1', 'y1', 'x2']],
  [number, ['y2', 'fx', 'fy', 'dx', 'dy', 'offset', 'stop-opacity', 'fill-opacity', 'stroke-opacity']],
  [number, ['stroke-width', 'stroke-dasharray', 'textLength', 'font-size', 'coords']],
  [word, ['xml:space', 'preserveAspectRatio', 'gradientUnits', 'stroke-linecap', 'stroke-linejoin']],
  [
    word,
    [
      'text-anchor',
      'lengthAdjust',
      'font-weight',
      'font-style',
      'font-stretch',
      'font-variant',
      'text-decoration',
    ],
  ],
  [matching(/^[\w.%-]*$/), ['baseline-shift']],
  [word, ['shape', 'target']],
  [color, ['stop-color', 'color']],
  [paint, ['fill', 'stroke', 'clip-path']],
  [text, ['id', 'class', 'xlink:title', 'title', 'alt', 'name']],
];
for (const [check, names] of kinds) for (const name of names) checks[name] = check;

/** What Graphviz writes into `style`, and no more; the shapes have neither parentheses nor escapes, by which CSS loads things. */
const styles: Record<string, RegExp> = {
  'stop-color': /^[\w#.%-]+$/,
  'stop-opacity': /^[\d.]+$/,
  fill: /^[\w#.%-]+$/,
  stroke: /^[\w#.%-]+$/,
};

const doctype =
  /^<!DOCTYPE svg PUBLIC "-\/\/W3C\/\/DTD SVG 1\.1\/\/EN"\s+"http:\/\/www\.w3\.org\/Graphics\/SVG\/1\.1\/DTD\/svg11\.dtd">$/;

/** Whatever begins with `<`: a declaration, a comment, a tag, or none of them. No part of it nests, whatever its length. */
const markup =
  /<\?[^>]*\?>|<!DOCTYPE[^>]*>|<!--[^]*?-->|<(\/?)([\w:]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g;
const attribute = /\s+([\w:-]+)\s*=\s*("[^"]*"|'[^']*')/g;

/** An SVG document or an image map, of which nothing runs and nothing loads. */
export function cleanSvg(svg: string): string {
  return svg.replace(
    markup,
    (whole, end: string | undefined, element: string | undefined, given: string, empty: string) => {
      if (element === undefined) return declaration(whole);
      if (!elements.has(element)) return '';
      return end ? `</${element}>` : `<${element}${cleanAttributes(element, given)}${empty}>`;
    },
  );
}

function declaration(markup: string): string {
  if (markup === '<') return '&lt;';
  if (markup.startsWith('<!--')) return isComment(markup) ? markup : '';
  if (markup.startsWith('<?')) return markup.startsWith('<?xml ') ? markup : '';
  return doctype.test(markup) ? markup : '';
}

/** One that XML and HTML take for the same: HTML ends a comment at `<!-->`, too, and at `--!>`. */
function isComment(markup: string): boolean {
  const inside = markup.slice(4, -3);
  return !inside.includes('--') && !inside.endsWith('-') && !/^-?>/.test(inside);
}

const cleanAttributes = (element: string, given: string) =>
  given.replace(attribute, (whole, name: string, quoted: string) => {
    if (!Object.hasOwn(checks, name)) return '';
    return checks[name](decodeEntities(quoted.slice(1, -1)), element) ? whole : '';
  });

function isStyle(value: string): boolean {
  return value.split(';').every((declaration) => {
    if (declaration.trim() === '') return true;
    const [property, ...rest] = declaration.split(':').map((part) => part.trim());
    return rest.length === 1 && Object.hasOwn(styles, property) && styles[property].test(rest[0]);
  });
}

/** Links for a reader to follow, images that the picture brings itself, and gradients of the same picture. */
function isReference(value: string, element: string): boolean {
  if (element === 'image') return /^data:image\/[\w+]+;base64,/.test(value);
  if (element === 'a' || element === 'area') return isLink(value);
  return value.startsWith('#');
}

/**
 * A place in the picture or beside it, or an address of the web; browsers overlook blanks and control characters. Not an
 * address of another computer without its scheme: Windows would log in there with its user's name and password.
 */
function isLink(address: string): boolean {
  const plain = address.replace(/[\0-\x20\x7f-\xa0\u200b\ufeff]/g, '');
  if (/^[\\/]{2}/.test(plain)) return false;
  const scheme = /^([^/?#:]*):/.exec(plain)?.[1];
  // HTML knows more names of characters than XML does, `&colon;` among them.
  if (scheme === undefined) return !/^[^/?#]*&/.test(plain) && !/&(?:bsol|sol);/i.test(plain);
  return ['http', 'https', 'mailto'].includes(scheme.toLowerCase());
}
