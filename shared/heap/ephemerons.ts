// WeakMaps in a snapshot. V8 writes each pair as two edges to the value, one from the key and one from the table, both
// called `N / part of key (…) -> value (…) pair in WeakMap (table @id)`: the value lives as long as both do.
// Source: V8, HeapSnapshotGenerator (ExtractEphemeronHashTableReferences); DevTools, HeapSnapshot.ts (tryParseWeakMapEdgeName).
import type { HeapGraph } from './heap-graph.ts';

const pairName = /^\d+( \/ part of key \(.*? @\d+\) -> value \(.*? @\d+\) pair in WeakMap \(table @(\d+)\))$/;

/** What the edge names of WeakMap pairs say; indexed by string. */
export interface Ephemerons {
  /** Per string, the id of the table that a pair belongs to; 0 for other strings. */
  tables: Uint32Array;
  /** Per string, a number shared by the two edges of one pair, counting from 1; 0 for other strings. */
  pairs: Uint32Array;
  /** How many pairs there are. */
  count: number;
}

/** Finds the names of WeakMap pairs. Cost: one pass over the bytes of the strings. */
export function findEphemerons({ strings }: HeapGraph): Ephemerons {
  const tables = new Uint32Array(strings.length);
  const pairs = new Uint32Array(strings.length);
  const numbers = new Map<string, number>();
  const candidates = strings.including(' / part of key (');
  for (let index = candidates.indexOf(1); index >= 0; index = candidates.indexOf(1, index + 1)) {
    const match = pairName.exec(strings.get(index));
    if (!match) continue;
    const [, pair, table] = match;
    if (!numbers.has(pair)) numbers.set(pair, numbers.size + 1);
    tables[index] = Number(table);
    pairs[index] = numbers.get(pair)!;
  }
  return { tables, pairs, count: numbers.size };
}
