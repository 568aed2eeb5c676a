// Pictures inside the picture. The page reads no files: an image comes with its scene, as a `data:` address, or not at all.

const images = new Map<string, HTMLImageElement>();
let addresses: Record<string, string> = {};
let onLoad: () => void = () => {};

/** Who paints wants to know when an image has come. */
export function whenImagesLoad(listener: () => void): void {
  onLoad = listener;
}

/** The scene that is shown has these, by the names in its shapes. */
export function provideImages(provided: Record<string, string> = {}): void {
  if (provided === addresses) return;
  addresses = provided;
  images.clear();
}

export function imageFor(name: string): HTMLImageElement | null {
  const href = Object.hasOwn(addresses, name) ? addresses[name] : name;
  if (!href.startsWith('data:image/')) return null;
  let image = images.get(name);
  if (!image) {
    image = new Image();
    image.addEventListener('load', () => onLoad());
    image.src = href;
    images.set(name, image);
  }
  return image.complete && image.naturalWidth > 0 ? image : null;
}
