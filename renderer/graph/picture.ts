// A scene painted once more by itself, sharper than the screen and always on light paper: for the printer and the clipboard.
import { inflate } from '../../shared/scene/bounds.ts';
import type { Box, Scene } from '../../shared/scene/scene.ts';
import { centredOn } from './camera.ts';
import { Drawing } from './drawing.ts';
import { boxMiddle } from './neighbours.ts';
import { paint, paintPage } from './paint.ts';

/** Pixels to a point: 4 are 288 dots per inch. */
const finest = 4;
/** No side longer than what every browser can paint. */
const longest = 8192;
const margin = 12;

/** All of a scene with a margin, or exactly a part of it. */
export function pictureOf(scene: Scene, part: Box | null = null): HTMLCanvasElement {
  const around = part ?? inflate(scene.bounds, margin);
  const [left, top, right, bottom] = around;
  const [width, height] = [right - left, bottom - top];
  const scale = Math.min(finest, longest / Math.max(width, height));
  const viewport = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
  const canvas = Object.assign(document.createElement('canvas'), viewport);
  const context = canvas.getContext('2d')!;
  const camera = centredOn(boxMiddle(around), scale, viewport);
  paintPage(context, scene, '#ffffff', camera, viewport, 1);
  paint(context, new Drawing(scene), camera, viewport, 1);
  return canvas;
}

export async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done));
  if (!blob) throw new Error('The picture is too large for this browser.');
  return blob;
}
