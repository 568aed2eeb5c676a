import { expect, it } from 'vitest';
import { formatChange, formatCount, formatSize } from '../../main/commands/text-table.ts';
import { grouped, inBytes } from '../../shared/quantities.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [2_500_000_000, '2.5 GB'],
  [1e15, '1000.0 TB'],
  [-1500, '-1.5 kB'],
])('writes %i bytes as %s, in the window, by commands and in pictures alike', (bytes, text) => {
  expect([inBytes, formatSize].map((format) => format(bytes))).toEqual([text, text]);
});

it('groups counts', () => {
  expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect(formatCount(1234567)).toBe('1,234,567');
  expect(formatChange(-1234)).toBe('-1,234');
});
