// What a window shows before the page's program is there: the picture, where it is laid out by then, as a part of the page itself.
// It is as large, and where, as the program paints it (`.first-picture` in renderer/app.css), and gives way to it.
import { onDarkPaper } from '../../shared/scene/dark-scene.ts';
import { unpackScene, type PackedScene } from '../../shared/scene/packed-scene.ts';
import type { Scene } from '../../shared/scene/scene.ts';
import { svgOf } from '../export/scene-svg.ts';
import { readSettings } from '../settings.ts';
import { defaultSize, type ViewRequest } from './view-request.ts';

/** Larger ones take longer to write and to paint than they come earlier. */
const mostItems = 400;
/** Of a picture that opens smaller than this, the page shows a part: see renderer/state/navigation.svelte.ts, as for the next two. */
const leastZoom = 0.6;
const mostZoom = 1.5;
/** In higher windows, pictures open larger. */
const mostHeight = 1080;

/** The picture on light and on dark paper, of which the page shows one; null where only its program can show it. */
export function firstPicture(
  packed: PackedScene,
  request: Pick<ViewRequest, 'size' | 'toolbar'>,
): string | null {
  const size = request.size ?? defaultSize;
  if (packed.frame.background !== null || size.height > mostHeight) return null;
  const scene = unpackScene(packed);
  if (scene.nodes.length + scene.edges.length > mostItems) return null;
  const [left, top, right, bottom] = scene.bounds;
  const [width, height] = [right - left, bottom - top];
  if (!(Math.min(size.width / width, size.height / height) > leastZoom)) return null;
  const box = `viewBox="${left} ${top} ${width} ${height}" width="${width * mostZoom}" height="${height * mostZoom}"`;
  const drawn = (of: Scene, paper: string) => {
    const content = svgOf(of);
    return (
      content &&
      `<svg class="first-picture ${paper}${request.toolbar ? '' : ' whole'}" ${box} aria-hidden="true" text-rendering="geometricPrecision">${content}</svg>`
    );
  };
  const light = drawn(scene, 'on-light');
  return light && light + drawn(onDarkPaper(scene), 'on-dark')!;
}

/** A page as what comes before its first picture and what comes after it; in the theme that its user has chosen, which it learns later. */
export function cutPage(html: Buffer): [string, string] {
  const { theme } = readSettings().layout;
  const chosen = theme === 'light' || theme === 'dark' ? ` data-theme="${theme}"` : '';
  const text = html.toString().replace('<html', `<html${chosen}`);
  const cut = text.indexOf('<body>') + '<body>'.length;
  return [text.slice(0, cut), text.slice(cut)];
}
