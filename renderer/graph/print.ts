// A picture on paper: painted as large as a printer resolves it, and printed in place of the window (see `@media print` in
// app.css).
import type { Box, Scene } from '../../shared/scene/scene.ts';
import { pictureOf, pngOf } from './picture.ts';

/** Prints the whole scene, or a part of it; returns when the browser's dialog was answered. */
export async function printScene(scene: Scene, part: Box | null = null): Promise<void> {
  const canvas = pictureOf(scene, part);
  const image = new Image();
  image.alt = '';
  image.className = canvas.width > canvas.height ? 'printed wide' : 'printed';
  image.src = URL.createObjectURL(await pngOf(canvas));
  document.body.append(image);
  try {
    await image.decode();
    window.print();
  } finally {
    URL.revokeObjectURL(image.src);
    image.remove();
  }
}
