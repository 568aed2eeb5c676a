// The mark at a node that hides something: how many nodes it would show. Of the same size at every zoom, and pressed like
// a button.
import type { Expandable } from '../../shared/protocol/picture.ts';
import type { Box, Scene } from '../../shared/scene/scene.ts';
import { toScreen, type Camera, type Point } from './camera.ts';
import type { Context } from './paint-shape.ts';

export interface Badge {
  node: string;
  text: string;
  /** It was collapsed by the user; otherwise it only has neighbours that are hidden. */
  strong: boolean;
  /** The corner of the node that it is at, in the scene. */
  corner: Point;
}

/** Pixels. */
const size = { height: 16, letter: 6.5, padding: 5 };
/** In a picture that is so small badges would hide it. */
const minZoom = 0.35;

/** A cluster that is drawn as a node says itself how many nodes it has. */
export function badgesOf({ nodes }: Scene, expandable: readonly Expandable[]): Badge[] {
  const wanted = new Map(expandable.map((each) => [each.name, each]));
  return nodes.flatMap(({ name, bounds: [, , x, y] }) => {
    const found = wanted.get(name);
    if (!found || found.what === 'cluster') return [];
    return [{ node: name, text: `+${found.count}`, strong: found.what === 'descendants', corner: { x, y } }];
  });
}

function boxOf({ text, corner }: Badge, camera: Camera): Box {
  const { x, y } = toScreen(camera, corner);
  const width = text.length * size.letter + 2 * size.padding;
  return [x - width / 2, y - size.height / 2, x + width / 2, y + size.height / 2];
}

export function badgeAt(badges: readonly Badge[], { x, y }: Point, camera: Camera): Badge | undefined {
  if (camera.zoom < minZoom) return undefined;
  return badges.findLast((badge) => {
    const [left, top, right, bottom] = boxOf(badge, camera);
    return x >= left && x <= right && y >= top && y <= bottom;
  });
}

/** The context is in pixels of the window. */
export function paintBadges(
  context: Context,
  badges: readonly Badge[],
  camera: Camera,
  { accent, paper }: { accent: string; paper: string },
  { width, height }: { width: number; height: number },
): void {
  if (camera.zoom < minZoom) return;
  context.font = "600 11px 'Liberation Sans', sans-serif";
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 1.5;
  context.strokeStyle = accent;
  for (const badge of badges) {
    const [left, top, right, bottom] = boxOf(badge, camera);
    if (right < 0 || bottom < 0 || left > width || top > height) continue;
    context.beginPath();
    context.roundRect(left, top, right - left, bottom - top, size.height / 2);
    context.fillStyle = badge.strong ? accent : paper;
    context.fill();
    context.stroke();
    context.fillStyle = badge.strong ? paper : accent;
    context.fillText(badge.text, (left + right) / 2, (top + bottom) / 2 + 0.5);
  }
  context.textAlign = 'start';
  context.textBaseline = 'alphabetic';
}
