// WeakMaps in a snapshot. V8 writes each pair as two edges to the value, one from the key and one from the table, both
// called `N / part of key (…) -> value (…) pair in WeakMap (table @id)`: the value lives as long as both do.
// Source: V8, HeapSnapshotGenerator (ExtractEphemeronHashTableReferences); DevTools, HeapSnapshot.ts (tryParseWeakMapEdgeName).
import type { HeapGraph } from './heap-graph.ts';
import type { StringTable } from './string-table.ts';

const beforeKey = ' / part of key (';
const beforeValue = ') -> value (';
const beforeTable = ') pair in WeakMap (table @';
const closeParenthesis = 41;
const zero = 48;
const space = 32;
const atSign = 64;

/** What the edge names of WeakMap pairs say; indexed by string. */
export interface Ephemerons {
  /** Per string, the id of the table that a pair belongs to; 0 for other strings. */
  tables: Uint32Array;
  /** Per string, a number shared by the two edges of one pair, counting from 1; 0 for other strings. */
  pairs: Uint32Array;
  /** How many pairs there are. */
  count: number;
}

/** Finds the names of WeakMap pairs. Cost: a look at both ends of each string, and at the whole of a pair's name. */
export function findEphemerons({ strings }: HeapGraph): Ephemerons {
  const tables = new Uint32Array(strings.length);
  const keys = new Uint32Array(strings.length);
  let names = 0;
  for (let index = 0; index < strings.length; index++) {
    const table = tableOf(strings, index);
    const key = table === 0 ? 0 : keyOf(strings, index);
    if (key === 0) continue;
    tables[index] = table;
    keys[index] = key;
    names++;
  }
  return { tables, ...numberPairs(tables, keys, names) };
}

/**
 * Numbers the pairs of a key and a table, counting from 1. A hash table in a typed array, at most half full: a Map of
 * hundreds of thousands of pairs takes ten times as long.
 */
function numberPairs(
  tables: Uint32Array,
  keys: Uint32Array,
  names: number,
): Pick<Ephemerons, 'pairs' | 'count'> {
  const pairs = new Uint32Array(tables.length);
  const bits = Math.max(4, Math.ceil(Math.log2(names + 1)) + 1);
  /** Per slot, the first string of a pair plus one; 0 where there is none. */
  const slots = new Uint32Array(2 ** bits);
  let count = 0;
  for (let index = 0; index < tables.length; index++) {
    if (tables[index] === 0) continue;
    // Fibonacci hashing, as in IdIndex.
    let slot = Math.imul(keys[index] ^ Math.imul(tables[index], 0x85ebca6b), 0x9e3779b1) >>> (32 - bits);
    for (;;) {
      const first = slots[slot] - 1;
      if (first < 0) {
        slots[slot] = index + 1;
        pairs[index] = ++count;
        break;
      }
      if (keys[first] === keys[index] && tables[first] === tables[index]) {
        pairs[index] = pairs[first];
        break;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
  }
  return { pairs, count };
}

/** The id of the table in the name of a pair, 0 for other strings: they begin with `1 / part of key (` and end with `(table @7)`. */
function tableOf(strings: StringTable, index: number): number {
  if (strings.byteAt(index, -1) !== closeParenthesis) return 0;
  let start = 0;
  while (digitAt(strings, index, start) >= 0) start++;
  if (start === 0 || !strings.startsWith(index, beforeKey, start)) return 0;
  let end = strings.byteLength(index) - 1;
  while (digitAt(strings, index, end - 1) >= 0) end--;
  const valueEnd = end - beforeTable.length;
  if (!strings.startsWith(index, beforeTable, valueEnd)) return 0;
  return idBefore(strings, index, valueEnd) === 0 ? 0 : numberAt(strings, index, end);
}

/** The id of the key in the name of a pair, which comes before the first ` -> value (` that an id comes before; 0 where there is none. */
function keyOf(strings: StringTable, index: number): number {
  const length = strings.byteLength(index);
  for (let end = 0; end < length; end++) {
    if (strings.byteAt(index, end) !== closeParenthesis || !strings.startsWith(index, beforeValue, end))
      continue;
    const id = idBefore(strings, index, end);
    if (id !== 0) return id;
  }
  return 0;
}

/** The id that a string has before a byte, as in `Key @7`; 0 where there is none. */
function idBefore(strings: StringTable, index: number, end: number): number {
  let start = end;
  while (digitAt(strings, index, start - 1) >= 0) start--;
  const isId = strings.byteAt(index, start - 1) === atSign && strings.byteAt(index, start - 2) === space;
  return isId && start < end ? numberAt(strings, index, start) : 0;
}

/** The number that a string has at a byte. */
function numberAt(strings: StringTable, index: number, at: number): number {
  let number = 0;
  for (let digit = digitAt(strings, index, at); digit >= 0; digit = digitAt(strings, index, ++at))
    number = 10 * number + digit;
  return number;
}

/** The digit that a string has at a byte, below 0 where there is none. */
function digitAt(strings: StringTable, index: number, at: number): number {
  const digit = strings.byteAt(index, at) - zero;
  return digit <= 9 ? digit : -1;
}
