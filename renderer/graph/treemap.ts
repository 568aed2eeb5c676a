// A treemap as flat tiles, ready to be painted and hit: each object's rectangle holds a title and those below it.
import type { ObjectRow, TreemapNode } from '../../shared/protocol/heap.ts';
import type { Box } from '../../shared/scene/scene.ts';
import { squarify } from './squarify.ts';

export interface Tile {
  node: TreemapNode;
  box: Box;
  /** From 0, the whole. */
  depth: number;
  /** The index of the tile that it lies in; -1 for the whole. */
  parent: number;
  /** It has a line of text above its parts. */
  titled: boolean;
  /** Whose it is: its own script's, or of the nearest one around it that has one. */
  owner: ObjectRow['owner'];
  /** What of it is in no part: itself, and what is too small to be drawn. */
  rest: { box: Box; size: number } | null;
}

export const titleHeight = 16;
const padding = 2;
/** Parts of a smaller rectangle would not be seen, in pixels. */
const minSide = 14;

/** All tiles of a treemap, each after the one that it lies in. */
export function tilesOf(whole: TreemapNode, box: Box): Tile[] {
  const tiles: Tile[] = [];
  const waiting = [{ node: whole, box, depth: 0, parent: -1, owner: whole.object.owner }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next;
    const [left, top, right, bottom] = next.box;
    const [width, height] = [right - left, bottom - top];
    const titled = node.parts.length > 0 && height >= 3 * titleHeight && width >= 40;
    const tile: Tile = { ...next, titled, rest: null };
    const index = tiles.push(tile) - 1;
    if (width < minSide || height < minSide) continue;
    const inner: Box = [
      left + padding,
      top + (titled ? titleHeight : padding),
      right - padding,
      bottom - padding,
    ];
    const parts = node.parts.toSorted((a, b) => b.size - a.size);
    const sizes = parts.map(({ size }) => size);
    const rest = node.size - sum(sizes);
    const boxes = squarify(rest > 0 ? [...sizes, rest] : sizes, Math.max(node.size, sum(sizes)), inner);
    if (rest > 0 && parts.length > 0) tile.rest = { box: boxes[parts.length], size: rest };
    for (let i = parts.length - 1; i >= 0; i--) {
      const [l, t, r, b] = boxes[i];
      if (r - l >= 2 && b - t >= 2)
        waiting.push({
          node: parts[i],
          box: boxes[i],
          depth: depth + 1,
          parent: index,
          owner: parts[i].object.owner === 'builtIn' ? next.owner : parts[i].object.owner,
        });
    }
  }
  return tiles;
}

/** The innermost tile at a point; -1 where there is none. */
export function tileAt(tiles: readonly Tile[], x: number, y: number): number {
  return tiles.findLastIndex(
    ({ box: [left, top, right, bottom] }) => x >= left && x < right && y >= top && y < bottom,
  );
}

/** The nearest tile of the same parent in a direction; the same one when there is none. */
export function tileTowards(tiles: readonly Tile[], from: number, dx: number, dy: number): number {
  const [x, y] = middleOf(tiles[from].box);
  let [nearest, best] = [from, Infinity];
  for (const [i, { parent, box }] of tiles.entries()) {
    if (i === from || parent !== tiles[from].parent) continue;
    const [otherX, otherY] = middleOf(box);
    const along = (otherX - x) * dx + (otherY - y) * dy;
    const across = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
    if (along > 0.5 && along + 2 * across < best) [nearest, best] = [i, along + 2 * across];
  }
  return nearest;
}

const middleOf = ([left, top, right, bottom]: Box) => [(left + right) / 2, (top + bottom) / 2];
const sum = (sizes: number[]) => sizes.reduce((all, size) => all + size, 0);
