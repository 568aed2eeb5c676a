import { expect, it } from 'vitest';
import { readColor } from '../../../shared/dot/color.ts';

it.each([
  ['#abc', '#abc'],
  ['#A0b1C2', '#A0b1C2'],
  ['#ff000080', '#ff000080'],
  ['#fffffe00', null],
  ['#abc0', null],
  ['transparent', null],
  ['0 0 0', '#000000'],
  ['0.000 1.000 1.000', '#ff0000'],
  ['0.666667,1,0.5', '#000080'],
  ['gray50', '#808080'],
  ['Red3', 'red'],
  ['/x11/navy', 'navy'],
  ['???', '#000000'],
])('Graphviz’s %s is CSS’s %s', (graphviz, css) => expect(readColor(graphviz)).toBe(css));
