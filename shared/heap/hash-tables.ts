// The layout of V8's ordered hash tables, the stores of Map and Set: three numbers, the buckets, then the entries.
// In a snapshot a table's edges are named by slot. Source: V8, src/objects/ordered-hash-table.h.

/** Slots per entry of a Map: key, value, chain. */
const mapEntry = 3;

/**
 * The first slot that holds an entry, of a table with entries of `entrySize` slots and twice as many as buckets. Slots have
 * eight bytes, and four where V8 compresses pointers, as in Chromium: only one of the two gives whole buckets.
 */
function firstEntry(bytes: number, entrySize: number): number {
  const perBucket = 2 * entrySize + 1;
  const full = (bytes - 40) / (8 * perBucket);
  return 3 + (Number.isInteger(full) ? full : (bytes - 20) / (4 * perBucket));
}

/** Which entry of a Map a slot belongs to, in the order in which they were added; those that were deleted may count. */
export function mapEntryAt(tableBytes: number, slot: number): number {
  return Math.floor((slot - firstEntry(tableBytes, mapEntry)) / mapEntry);
}

/** What a reference is called whose key is a number: a snapshot does not have it. */
export const entryName = (entry: number) => `[entry ${entry}]`;
export const isEntryName = (name: string) => /^\[entry \d+\]$/.test(name);

/** Whether a slot of a Map's table holds a key (and not a value). */
export function isMapKey(tableBytes: number, slot: number): boolean {
  return (slot - firstEntry(tableBytes, mapEntry)) % mapEntry === 0;
}
