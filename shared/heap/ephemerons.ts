// WeakMaps in a snapshot. V8 writes each pair as two edges to the value, one from the key and one from the table, both
// called `N / part of key (…) -> value (…) pair in WeakMap (table @id)`: the value lives as long as both do.
// Source: V8, HeapSnapshotGenerator (ExtractEphemeronHashTableReferences); DevTools, HeapSnapshot.ts (tryParseWeakMapEdgeName).
import type { HeapGraph } from './heap-graph.ts';
import type { StringTable } from './string-table.ts';

const pairName = /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\))$/;

const beforeKey = ' / part of key (';
const closeParenthesis = 41;
const zero = 48;

/** What the edge names of WeakMap pairs say; indexed by string. */
export interface Ephemerons {
  /** Per string, the id of the table that a pair belongs to; 0 for other strings. */
  tables: Uint32Array;
  /** Per string, a number shared by the two edges of one pair, counting from 1; 0 for other strings. */
  pairs: Uint32Array;
  /** How many pairs there are. */
  count: number;
}

/** Finds the names of WeakMap pairs. Cost: a look at both ends of each string. */
export function findEphemerons({ strings }: HeapGraph): Ephemerons {
  const tables = new Uint32Array(strings.length);
  const pairs = new Uint32Array(strings.length);
  const numbers = new Map<string, number>();
  for (let index = 0; index < strings.length; index++) {
    const match = isLikePair(strings, index) ? pairName.exec(strings.get(index)) : null;
    if (!match) continue;
    const [, pair, table] = match;
    if (!numbers.has(pair)) numbers.set(pair, numbers.size + 1);
    tables[index] = Number(table);
    pairs[index] = numbers.get(pair)!;
  }
  return { tables, pairs, count: numbers.size };
}

/** Whether a string begins and ends as a pair's name does: `1 / part of key (…)`. */
function isLikePair(strings: StringTable, index: number): boolean {
  if (strings.byteAt(index, -1) !== closeParenthesis) return false;
  let at = 0;
  while ((strings.byteAt(index, at) - zero) >>> 0 <= 9) at++;
  return at > 0 && strings.startsWith(index, beforeKey, at);
}
