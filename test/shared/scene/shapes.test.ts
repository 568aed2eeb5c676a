import { expect, it } from 'vitest';
import { inflate, isEmpty, overlaps, union } from '../../../shared/scene/bounds.ts';
import { boundsOfShape, boundsOfShapes } from '../../../shared/scene/shapes.ts';
import type { Shape } from '../../../shared/scene/scene.ts';

const stroke = { color: '#000', width: 2, dash: null };
const font = {
  family: 'Times',
  size: 10,
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  overline: false,
  script: null,
};

it('a shape’s box includes half its line', () => {
  expect(boundsOfShape({ kind: 'ellipse', x: 10, y: 20, rx: 5, ry: 4, fill: null, stroke })).toEqual([
    4, 15, 16, 25,
  ]);
  expect(boundsOfShape({ kind: 'polygon', points: [0, 0, 4, 0, 4, 3], fill: null, stroke })).toEqual([
    -1, -1, 5, 4,
  ]);
  expect(boundsOfShape({ kind: 'polyline', points: [0, 0, 4, 3], fill: null, stroke: null })).toEqual([
    0, 0, 4, 3,
  ]);
});

it.each([
  ['left', 100, 140],
  ['center', 80, 120],
  ['right', 60, 100],
] as const)('text aligned %s runs from %d to %d', (align, left, right) => {
  const text: Shape = { kind: 'text', x: 100, y: 50, align, width: 40, text: 'abc', font, color: '#000' };
  expect(boundsOfShape(text)).toEqual([left, 40, right, 52.5]);
});

it('nothing has an empty box, which disappears in a union', () => {
  const nothing = boundsOfShapes([]);
  expect(isEmpty(nothing)).toBe(true);
  expect(union(nothing, [1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
});

it('boxes overlap when they share a point', () => {
  expect(overlaps([0, 0, 1, 1], [1, 1, 2, 2])).toBe(true);
  expect(overlaps([0, 0, 1, 1], [1.01, 0, 2, 1])).toBe(false);
  expect(overlaps(inflate([0, 0, 1, 1], 0.1), [1.01, 0, 2, 1])).toBe(true);
});
