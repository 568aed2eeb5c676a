// WeakMaps in a snapshot. V8 writes each pair as two edges to the value, one from the key and one from the table, both
// called `N / part of key (…) -> value (…) pair in WeakMap (table @id)`: the value lives as long as both do.
// Source: V8, HeapSnapshotGenerator (ExtractEphemeronHashTableReferences); DevTools, HeapSnapshot.ts (tryParseWeakMapEdgeName).
import type { HeapGraph } from './heap-graph.ts';

/** In each name of a pair; nearly nothing else holds it. */
const part = ' / part of key (';
const beginning = /^\d+ \/ part of key \(/;
/** The first that has an id before it. */
const keyId = / @0*([1-9]\d*)\) -> value \(/;
const tableId = / @0*[1-9]\d*\) pair in WeakMap \(table @(\d+)\)$/;

/** What the edge names of WeakMap pairs say; indexed by string. */
export interface Ephemerons {
  /** Per string, the id of the table that a pair belongs to; 0 for other strings. */
  tables: Uint32Array;
  /** Per string, a number shared by the two edges of one pair, counting from 1; 0 for other strings. */
  pairs: Uint32Array;
  /** How many pairs there are. */
  count: number;
}

/** Finds the names of WeakMap pairs. Cost: the engine's search in all strings, and a look at the whole of a pair's name. */
export function findEphemerons({ strings }: HeapGraph): Ephemerons {
  const tables = new Uint32Array(strings.length);
  const keys = new Uint32Array(strings.length);
  /** The strings that are names of pairs. */
  const names: number[] = [];
  strings.eachIncluding(part, (index, name) => {
    const table = Number(beginning.test(name) ? tableId.exec(name)?.[1] : 0);
    const key = Number(keyId.exec(name)?.[1]);
    if (!(table > 0 && key > 0)) return;
    tables[index] = table;
    keys[index] = key;
    names.push(index);
  });
  return { tables, ...numberPairs(tables, keys, names) };
}

/**
 * Numbers the pairs of a key and a table, counting from 1. A hash table in a typed array, at most half full: a Map of
 * hundreds of thousands of pairs takes ten times as long.
 */
function numberPairs(
  tables: Uint32Array,
  keys: Uint32Array,
  names: readonly number[],
): Pick<Ephemerons, 'pairs' | 'count'> {
  const pairs = new Uint32Array(tables.length);
  const bits = Math.max(4, Math.ceil(Math.log2(names.length + 1)) + 1);
  /** Per slot, the first string of a pair plus one; 0 where there is none. */
  const slots = new Uint32Array(2 ** bits);
  let count = 0;
  for (const index of names) {
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
