// What kind of picture a file is and how large it says it is, from its first bytes: PNG, GIF, JPEG and SVG, as Graphviz
// knows them.

export interface ImageHeader {
  type: 'image/png' | 'image/gif' | 'image/jpeg' | 'image/svg+xml';
  /** Pixels, 96 to the inch. */
  width: number;
  height: number;
}

/** Null for what is none of these, or has no size. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  const sized = (type: ImageHeader['type'], width: number, height: number) =>
    width > 0 && height > 0 ? { type, width, height } : null;
  if (ascii(1, 4) === 'PNG' && bytes.length >= 24)
    return sized('image/png', view.getUint32(16), view.getUint32(20));
  if (ascii(0, 4) === 'GIF8' && bytes.length >= 10)
    return sized('image/gif', view.getUint16(6, true), view.getUint16(8, true));
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const frame = jpegFrame(view);
    return frame === null ? null : sized('image/jpeg', view.getUint16(frame + 7), view.getUint16(frame + 5));
  }
  const [width, height] = svgSize(new TextDecoder().decode(bytes.subarray(0, 4096)));
  return sized('image/svg+xml', width, height);
}

/** The segment that begins a frame (SOF0 to SOF15, without the three that are tables) has the size. */
function jpegFrame(view: DataView): number | null {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return at;
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

const pixelsOf: Record<string, number> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
};

function svgSize(text: string): [number, number] {
  const tag = /<svg\b[^>]*>/.exec(text)?.[0] ?? '';
  const length = (name: string) => {
    const [, number, unit] =
      new RegExp(`\\s${name}\\s*=\\s*["']\\s*([\\d.]+)\\s*([a-z]*)\\s*["']`).exec(tag) ?? [];
    return Number(number) * (pixelsOf[unit] ?? NaN);
  };
  const [width, height] = [length('width'), length('height')];
  if (width > 0 && height > 0) return [width, height];
  const box =
    /\sviewBox\s*=\s*["']([^"']*)["']/
      .exec(tag)?.[1]
      .trim()
      .split(/[\s,]+/)
      .map(Number) ?? [];
  return [box[2] ?? 0, box[3] ?? 0];
}
