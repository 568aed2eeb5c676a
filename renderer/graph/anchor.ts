// What stays under the eye when one picture becomes another.
import { overlaps } from '../../shared/scene/bounds.ts';
import type { Box, Scene } from '../../shared/scene/scene.ts';
import type { Point } from './camera.ts';
import { placesByName } from './morph.ts';
import { boxMiddle } from './neighbours.ts';

/**
 * Where something is in both: what is called `wanted`, or else what is nearest to the middle of what is seen. Null when nothing
 * that is seen is still there.
 */
export function anchorBetween(
  from: Scene,
  to: Scene,
  wanted: string | undefined,
  seen: Box,
): { from: Point; to: Point } | null {
  const after = placesByName(to);
  const middle = boxMiddle(seen);
  let nearest = Infinity;
  let anchor: { from: Point; to: Point } | null = null;
  for (const [name, bounds] of placesByName(from)) {
    const place = after.get(name);
    if (!place || !overlaps(bounds, seen)) continue;
    const here = boxMiddle(bounds);
    const distance = name === wanted ? -1 : Math.hypot(here.x - middle.x, here.y - middle.y);
    if (distance >= nearest) continue;
    nearest = distance;
    anchor = { from: here, to: boxMiddle(place) };
  }
  return anchor;
}
