// Pictures inside the picture. The page reads no files: an image comes as a `data:` address or not at all.

const images = new Map<string, HTMLImageElement>();
let onLoad: () => void = () => {};

/** Who paints wants to know when an image has come. */
export function whenImagesLoad(listener: () => void): void {
  onLoad = listener;
}

export function imageFor(href: string): HTMLImageElement | null {
  if (!href.startsWith('data:image/')) return null;
  let image = images.get(href);
  if (!image) {
    image = new Image();
    image.addEventListener('load', () => onLoad());
    image.src = href;
    images.set(href, image);
  }
  return image.complete && image.naturalWidth > 0 ? image : null;
}
