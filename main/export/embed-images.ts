// Graphviz's SVG with the images in it, so that the file can go anywhere by itself.
import { decodeEntities } from '../../shared/dot/escape-string.ts';

/** `images` by the names under which the SVG refers to them. */
export function embedImages(svg: string, images: readonly { name: string; data: string }[]): string {
  const data = new Map(images.map((image) => [image.name, image.data]));
  return svg.replace(/(<image\b[^>]*?\sxlink:href=")([^"]*)"/g, (whole, before: string, href: string) => {
    const address = data.get(decodeEntities(href));
    return address === undefined ? whole : `${before}${address}"`;
  });
}
