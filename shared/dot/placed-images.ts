// Where Graphviz put the images. Its JSON leaves the operation of an image empty (Graphviz 15 and 16), so their places are
// read from the SVG of the same graph; both have the same coordinates.
import { decodeEntities } from './escape-string.ts';

export interface PlacedImage {
  href: string;
  /** The upper left corner, y growing downwards from Graphviz's own origin. */
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Images in the order of their drawing, by what they are in: `graph`, or `node`, `edge` or `cluster` and a name. */
export type PlacedImages = Map<string, PlacedImage[]>;

export function imagesInSvg(svg: string): PlacedImages {
  const placed: PlacedImages = new Map();
  for (const part of svg.split(/<g id="[^"]*" class="/).slice(1)) {
    const [, kind, title] = /^(\w+)[^>]*>\s*(?:<title>([^<]*)<\/title>)?/.exec(part) ?? [];
    const images = [...part.matchAll(/<image\b[^>]*>/g)].map(([tag]) => readImage(tag));
    if (images.length === 0) continue;
    const key = kind === 'graph' ? kind : `${kind} ${decodeEntities(title ?? '')}`;
    placed.set(key, [...(placed.get(key) ?? []), ...images]);
  }
  return placed;
}

function readImage(tag: string): PlacedImage {
  const text = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  const number = (name: string) => Number.parseFloat(text(name)) || 0;
  // In landscape Graphviz turns the size, and turns the image back upon its corner: the corner alone is right.
  const [width, height] = text('transform') ? ['height', 'width'] : ['width', 'height'];
  return {
    href: decodeEntities(text('xlink:href')),
    x: number('x'),
    y: number('y'),
    width: number(width),
    height: number(height),
  };
}
