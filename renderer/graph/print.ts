// The whole picture on paper: painted once more, as large as a printer resolves it, and printed in place of the window
// (see `@media print` in app.css).
import type { Scene } from '../../shared/scene/scene.ts';
import { fitted } from './camera.ts';
import { Drawing } from './drawing.ts';
import { paint } from './paint.ts';

/** Pixels to a point: 4 are 288 dots per inch. */
const finest = 4;
/** No side longer than what every browser can paint. */
const longest = 8192;
const margin = 12;

/** Returns when the browser's dialog was answered. */
export async function printScene(scene: Scene): Promise<void> {
  const [left, top, right, bottom] = scene.bounds;
  const [width, height] = [right - left + 2 * margin, bottom - top + 2 * margin];
  const scale = Math.min(finest, longest / Math.max(width, height));
  const canvas = document.createElement('canvas');
  const viewport = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
  Object.assign(canvas, viewport);
  const context = canvas.getContext('2d')!;
  context.fillStyle = scene.background ?? '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  paint(context, new Drawing(scene), fitted(scene.bounds, viewport, scale), viewport, 1);

  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done));
  if (!blob) throw new Error('The picture is too large to be printed.');
  const image = new Image();
  image.alt = '';
  image.className = width > height ? 'printed wide' : 'printed';
  image.src = URL.createObjectURL(blob);
  document.body.append(image);
  try {
    await image.decode();
    window.print();
  } finally {
    URL.revokeObjectURL(image.src);
    image.remove();
  }
}
