// Graphviz's SVG with the images in it, so that the file can go anywhere by itself.
import { decodeEntities } from '../../shared/dot/escape-string.ts';

/** `images` by the names under which the SVG refers to them. */
export function embedImages(svg: string, images: readonly { name: string; data: string }[]): string {
  const data = new Map(images.map((image) => [image.name, image.data]));
  return filling(upright(svg)).replace(
    /(<image\b[^>]*?\sxlink:href=")([^"]*)"/g,
    (whole, before: string, href: string) => {
      const address = data.get(decodeEntities(href));
      return address === undefined ? whole : `${before}${address}"`;
    },
  );
}

/** In landscape Graphviz turns an image out of its place (its authors call it "messed up"); `dot -Tpng` turns it with all else. */
const upright = (svg: string) =>
  svg.replace(
    /(<image\b[^>]*?) width="([^"]*)" height="([^"]*)"([^>]*?) transform="rotate\(90 [^"]*"/g,
    '$1 width="$3" height="$2"$4',
  );

/** Graphviz has reckoned how large an image becomes, and says `meet` even where `imagescale=both` is to distort it. */
const filling = (svg: string) => svg.replace(/(<image\b[^>]*? preserveAspectRatio=")[^"]*"/g, '$1none"');
