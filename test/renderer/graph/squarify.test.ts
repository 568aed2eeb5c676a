// The rectangles of a treemap.
import { describe, expect, it } from 'vitest';
import { squarify } from '../../../renderer/graph/squarify.ts';
import { tileAt, tilesOf, tileTowards } from '../../../renderer/graph/treemap.ts';
import type { TreemapNode } from '../../../shared/protocol/heap.ts';
import type { Box } from '../../../shared/scene/scene.ts';
import { randomFrom } from '../random.ts';

const area = ([left, top, right, bottom]: Box) => (right - left) * (bottom - top);
const overlap = (a: Box, b: Box) =>
  Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) *
  Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

describe('squarify', () => {
  it('lays the example of the paper out as the paper does', () => {
    const boxes = squarify([6, 6, 4, 3, 2, 2, 1], 24, [0, 0, 6, 4]);
    expect(boxes.slice(0, 2)).toEqual([
      [0, 0, 3, 2],
      [0, 2, 3, 4],
    ]);
    expect(boxes[2][2] - boxes[2][0]).toBeCloseTo(12 / 7);
  });

  it('gives each part its area inside the box, and none the same place', () => {
    const next = randomFrom(1);
    for (let round = 0; round < 200; round++) {
      const sizes = Array.from({ length: 1 + Math.floor(next() * 30) }, () => next() ** 4 * 1000).sort(
        (a, b) => b - a,
      );
      const whole = sizes.reduce((sum, size) => sum + size, 0) * (1 + next());
      const box: Box = [5, 7, 5 + 10 + next() * 800, 7 + 10 + next() * 500];
      const boxes = squarify(sizes, whole, box);
      boxes.forEach((each, i) => {
        expect(area(each)).toBeCloseTo((sizes[i] / whole) * area(box), 3);
        expect(overlap(each, box)).toBeCloseTo(area(each), 3);
        for (const other of boxes.slice(i + 1)) expect(overlap(each, other)).toBeCloseTo(0, 3);
      });
    }
  });

  it('gives nothing to what is empty', () => {
    expect(squarify([], 10, [0, 0, 4, 4])).toEqual([]);
    expect(squarify([0, 0], 0, [0, 0, 4, 4]).map(area)).toEqual([0, 0]);
    expect(squarify([3], 3, [0, 0, 0, 9]).map(area)).toEqual([0]);
  });
});

describe('tiles', () => {
  const node = (id: number, size: number, parts: TreemapNode[] = []): TreemapNode => ({
    object: {
      id,
      type: 'A',
      location: null,
      owner: 'builtIn' as const,
      name: '',
      shallowSize: 1,
      retainedSize: size,
      distance: 1,
    },
    size,
    parts,
  });
  const whole = node(1, 100, [node(3, 20), node(5, 60, [node(7, 30)])]);
  const tiles = tilesOf(whole, [0, 0, 400, 300]);

  it('lie in the tile of what dominates them', () => {
    expect(tiles.map(({ node }) => node.object.id)).toEqual([1, 5, 7, 3]);
    for (const { box, parent } of tiles)
      if (parent >= 0) expect(overlap(box, tiles[parent].box)).toBeCloseTo(area(box));
  });

  it('are found at a point, the innermost first, and by direction', () => {
    const [left, top] = tiles[2].box;
    expect(tileAt(tiles, left + 1, top + 1)).toBe(2);
    expect(tileAt(tiles, 999, 1)).toBe(-1);
    expect(tileTowards(tiles, 1, 1, 0)).toBe(3);
    expect(tileTowards(tiles, 3, -1, 0)).toBe(1);
    expect(tileTowards(tiles, 3, 1, 0)).toBe(3);
  });
});
