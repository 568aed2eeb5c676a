import { expect, it } from 'vitest';
import { isMapKey, mapEntryAt } from '../../../shared/heap/hash-tables.ts';

/** Bytes of a table of a Map: a header, three numbers, the buckets and two entries for each. */
const bytesOf = (buckets: number, slot: number) => 2 * slot + slot * (3 + 7 * buckets);

it.each([
  ['of Node, whose slots have eight bytes', 8],
  ['of Chromium, whose slots have four', 4],
])('finds keys and entries in tables %s', (_, slot) => {
  for (const buckets of [2, 4, 16, 256]) {
    const bytes = bytesOf(buckets, slot);
    const first = 3 + buckets;
    expect([first, first + 1, first + 3].map((at) => isMapKey(bytes, at))).toEqual([true, false, true]);
    expect([first, first + 1, first + 3].map((at) => mapEntryAt(bytes, at))).toEqual([0, 0, 1]);
  }
});
