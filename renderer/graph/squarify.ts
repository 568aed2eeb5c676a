// The rectangles of a treemap: an area for each part, as near to squares as they come. Bruls, Huizing, van Wijk:
// "Squarified Treemaps", 2000.
import type { Box } from '../../shared/scene/scene.ts';

/**
 * Cuts a box into parts.
 *
 * @param sizes the largest first; none below zero
 * @param whole what the box's area represents; what the sizes lack of it stays empty
 * @returns a box `[left, top, right, bottom]` for each size
 * @example
 * squarify([6, 3], 9, [0, 0, 3, 3]) // [[0, 0, 2, 3], [2, 0, 3, 3]]
 */
export function squarify(sizes: readonly number[], whole: number, box: Box): Box[] {
  let [left, top] = box;
  const [, , right, bottom] = box;
  const scale = whole > 0 ? ((right - left) * (bottom - top)) / whole : 0;
  const boxes: Box[] = [];
  for (let start = 0; start < sizes.length;) {
    const [width, height] = [right - left, bottom - top];
    const side = Math.min(width, height);
    if (side <= 0 || sizes[start] <= 0) {
      boxes.push([left, top, left, top]);
      start++;
      continue;
    }
    // A row along the shorter side takes parts as long as that makes its worst one squarer.
    let end = start + 1;
    let area = sizes[start] * scale;
    while (end < sizes.length) {
      const next = area + sizes[end] * scale;
      if (
        worst(next, sizes[start] * scale, sizes[end] * scale, side) >
        worst(area, sizes[start] * scale, sizes[end - 1] * scale, side)
      )
        break;
      area = next;
      end++;
    }
    const thickness = Math.min(area / side, Math.max(width, height));
    let along = width >= height ? top : left;
    for (let i = start; i < end; i++) {
      const length = (sizes[i] * scale) / thickness;
      boxes.push(
        width >= height
          ? [left, along, left + thickness, along + length]
          : [along, top, along + length, top + thickness],
      );
      along += length;
    }
    if (width >= height) left += thickness;
    else top += thickness;
    start = end;
  }
  return boxes;
}

/** The farthest from a square, in a row of so much area whose largest and smallest parts are these. */
const worst = (area: number, largest: number, smallest: number, side: number) =>
  Math.max((side * side * largest) / (area * area), (area * area) / (side * side * smallest));
