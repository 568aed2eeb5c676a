// Graphviz copies much of a graph into its SVG and its image maps: links of any kind, a stylesheet from elsewhere, and the face
// of a font even without its quotes escaped, so that a stranger's graph can smuggle in whole attributes. A picture is passed
// on and opened in browsers: only what draws or names something stays in it, and links that a browser may be trusted with.
import { decodeEntities } from '../../shared/dot/escape-string.ts';

const elements = new Set([
  ...['svg', 'g', 'a', 'title', 'defs', 'linearGradient', 'radialGradient', 'stop', 'clipPath'],
  ...['polygon', 'polyline', 'path', 'ellipse', 'circle', 'rect', 'line', 'text', 'tspan', 'image'],
  ...['map', 'area'],
]);

const attributes = new Set([
  ...['xmlns', 'xmlns:xlink', 'xml:space', 'id', 'class', 'width', 'height', 'viewBox', 'transform'],
  ...['preserveAspectRatio', 'points', 'd', 'cx', 'cy', 'r', 'rx', 'ry', 'x', 'y', 'x1', 'y1', 'x2', 'y2'],
  ...['fx', 'fy', 'dx', 'dy', 'offset', 'gradientUnits', 'gradientTransform', 'stop-color', 'stop-opacity'],
  ...[
    'fill',
    'fill-opacity',
    'stroke',
    'stroke-width',
    'stroke-opacity',
    'stroke-dasharray',
    'stroke-linecap',
  ],
  ...['stroke-linejoin', 'style', 'text-anchor', 'textLength', 'font-family', 'font-size', 'font-weight'],
  ...[
    'font-style',
    'font-stretch',
    'font-variant',
    'text-decoration',
    'baseline-shift',
    'clip-path',
    'color',
  ],
  ...['xlink:href', 'xlink:title', 'href', 'target', 'title', 'alt', 'shape', 'coords', 'name'],
]);

/** Whatever begins with `<`: a declaration, a comment, a tag, or none of them. */
const markup =
  /<\?[^>]*\?>|<!DOCTYPE svg PUBLIC "[^"]*"\s*"[^"]*">|<!--(?:[^-]|-(?!-))*-->|<(\/?)([\w:]+)((?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|</g;
const attribute = /\s+([\w:-]+)\s*=\s*("[^"]*"|'[^']*')/g;

/** An SVG document or an image map, of which nothing runs and nothing loads. */
export function cleanSvg(svg: string): string {
  return svg.replace(
    markup,
    (whole, end: string | undefined, element: string | undefined, said: string, empty: string) => {
      if (element === undefined) return declaration(whole);
      if (!elements.has(element)) return '';
      return end ? `</${element}>` : `<${element}${cleanAttributes(element, said)}${empty}>`;
    },
  );
}

function declaration(text: string): string {
  if (text === '<') return '&lt;';
  return text.startsWith('<?') && !text.startsWith('<?xml ') ? '' : text;
}

const cleanAttributes = (element: string, said: string) =>
  said.replace(attribute, (whole, name: string, quoted: string) => {
    const value = decodeEntities(quoted.slice(1, -1));
    return attributes.has(name) && isHarmless(element, name, value) ? whole : '';
  });

function isHarmless(element: string, name: string, value: string): boolean {
  if (name === 'xlink:href' || name === 'href')
    return element === 'image' ? /^data:image\/[\w+]+;base64,/.test(value) : isLink(value);
  // Of another place than the picture itself: it would be asked for when the picture is looked at.
  return !/url\s*\((?!\s*#)|\\|@import|expression/i.test(value) || isText(name);
}

const isText = (name: string) =>
  ['id', 'class', 'xlink:title', 'title', 'alt', 'name', 'target'].includes(name);

/** A place in the picture or beside it, or an address of the web; browsers overlook blanks and control characters. */
function isLink(address: string): boolean {
  const scheme = /^([^/?#:]*):/.exec(address.replace(/[\0-\x20\x7f-\xa0\u200b\ufeff]/g, ''))?.[1];
  // HTML knows more names of characters than XML does, `&colon;` among them.
  if (scheme === undefined) return !/^[^/?#]*&/.test(address);
  return ['http', 'https', 'mailto'].includes(scheme.toLowerCase());
}
