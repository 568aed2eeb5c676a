// The tiles of a treemap: whose each is, and what of it is too small to be drawn.
import { expect, it } from 'vitest';
import { tileColor } from '../../../renderer/graph/paint-treemap.ts';
import { tilesOf } from '../../../renderer/graph/treemap.ts';
import type { ObjectRow, TreemapNode } from '../../../shared/protocol/heap.ts';

type Owner = ObjectRow['owner'];
const node = (id: number, owner: Owner, size: number, parts: TreemapNode[] = []): TreemapNode => ({
  object: { id, owner, type: 'Object', name: '' } as unknown as ObjectRow,
  size,
  parts,
});
const area = ([left, top, right, bottom]: readonly number[]) => (right - left) * (bottom - top);

it('belongs to the nearest script around what no script made', () => {
  const whole = node(1, 'builtIn', 100, [
    node(2, 'yours', 60, [node(3, 'builtIn', 30), node(4, 'package', 20, [node(5, 'builtIn', 18)])]),
    node(6, 'builtIn', 30),
  ]);
  const owners = tilesOf(whole, [0, 0, 800, 600]).map((tile) => [tile.node.object.id, tile.owner]);
  expect(owners.sort((a, b) => Number(a[0]) - Number(b[0]))).toEqual([
    [1, 'builtIn'],
    [2, 'yours'],
    [3, 'yours'],
    [4, 'package'],
    [5, 'package'],
    [6, 'builtIn'],
  ]);
});

it('has a rest beside its parts, as large as what they lack of it', () => {
  const whole = node(1, 'builtIn', 100, [node(2, 'yours', 50), node(3, 'yours', 30)]);
  const [first, ...parts] = tilesOf(whole, [0, 0, 1000, 600]);
  const drawn = parts.reduce((sum, { box }) => sum + area(box), 0);
  expect(first.rest!.size).toBe(20);
  expect(area(first.rest!.box) / (drawn + area(first.rest!.box))).toBeCloseTo(0.2, 2);
});

it('has none where its parts are all of it, or where it has none', () => {
  const [full, leaf] = tilesOf(node(1, 'yours', 50, [node(2, 'yours', 50)]), [0, 0, 300, 300]);
  expect([full.rest, leaf.rest]).toEqual([null, null]);
});

it('has a colour for each owner, in both themes', () => {
  for (const dark of [false, true]) {
    const colors = (['yours', 'package', 'internal', 'builtIn'] as const).map((one) =>
      tileColor(one, 2, dark),
    );
    expect(new Set(colors).size).toBe(4);
  }
});
