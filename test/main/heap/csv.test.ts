import { expect, it } from 'vitest';
import { csvLine } from '../../../main/heap/csv.ts';

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['x;=1+2;y', '"x;=1+2;y"'],
  ['say "x"', '"say ""x"""'],
  ['=1+2', "'=1+2"],
  ['\n=1+2', '"\'\n=1+2"'],
  ['\t=1', "'\t=1"],
  ['＝1+2', "'＝1+2"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠SUM(1)', "'＠SUM(1)"],
  [-5, '-5'],
  [null, ''],
])('the cell %j is no formula and stays one cell: %s', (value, cell) => {
  expect(csvLine([value, 1])).toBe(`${cell},1\r\n`);
});
