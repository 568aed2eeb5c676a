// Which boxes lie in a part of the scene, without looking at each.
import Flatbush from 'flatbush';
import type { Box, Scene } from '../../shared/scene/scene.ts';

/** Of the boxes of nodes: built once for painting and for pointing. */
export const nodeIndexOf = ({ nodes }: Scene): Flatbush | null => indexOf(nodes.map(({ bounds }) => bounds));

/** Flatbush wants at least one box. */
export function indexOf(boxes: Box[]): Flatbush | null {
  if (boxes.length === 0) return null;
  const index = new Flatbush(boxes.length, 16, Float64Array);
  for (const [left, top, right, bottom] of boxes) index.add(left, top, right, bottom);
  index.finish();
  return index;
}
