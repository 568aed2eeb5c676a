// How many objects of which type there are, and which: count, typestats, mostCommonTypes, byType.
import { isProxy } from 'node:util/types';
import { checkCounts, checkFunctions, checkOptions, describeValue } from './arguments.ts';
import { populationOf, type CensusOptions } from './population.ts';

export type { CensusOptions } from './population.ts';

/** A type and the number of its instances. */
export type TypeCount = [type: string, count: number];

export const censusOptions = ['objects', 'snapshot', 'shortNames', 'filter'] as const;

/**
 * Counts the instances of each type: objects, functions and regular expressions, as objgraph counts what Python's
 * garbage collector tracks; strings, numbers, V8's own structures and the library's objects are left out.
 *
 * The live query sees what inherits from `Object.prototype` of some context; proxies and `Object.create(null)` objects
 * are counted with `{ snapshot: takeSnapshot() }` only.
 *
 * @returns type names to counts
 * @example
 * typestats(); // { Object: 1204, Function: 3310, Map: 12, … }
 */
export function typestats(options: CensusOptions | Iterable<unknown> = {}): Record<string, number> {
  const counts = new Map<string, number>();
  for (const type of populationOf('typestats', withObjects('typestats', options)).types)
    counts.set(type, (counts.get(type) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/**
 * Counts the instances of one type.
 *
 * @param type a name as `typestats` gives it; with a place (`User — src/user.js:12`) only that class counts
 * @example
 * count('MyBigFatObject'); // 2
 */
export function count(type: string, options: CensusOptions | Iterable<unknown> = {}): number {
  const chosen = placed(type, withObjects('count', options));
  let total = 0;
  for (const found of populationOf('count', chosen, type).types) if (found === type) total++;
  return total;
}

/**
 * The instances of one type. Objects that V8 can give are given as they are; what has no JavaScript value (a scope, an
 * object of a snapshot from a file, anything in a process without inspector) is given as a `HeapNode`, which every
 * function takes in its place.
 *
 * @example
 * showBackrefs(byType('MyBigFatObject'));
 */
export function byType(type: string, options: CensusOptions | Iterable<unknown> = {}): unknown[] {
  const chosen = placed(type, withObjects('byType', options));
  const population = populationOf('byType', chosen, type);
  const found: unknown[] = [];
  for (let i = 0; i < population.types.length; i++)
    if (population.types[i] === type) found.push(population.at(i));
  return found;
}

/**
 * The types with the most instances, most first.
 *
 * @param options a limit, or options with `limit` (default 10; null for all)
 * @example
 * mostCommonTypes(2); // [['Function', 3310], ['Object', 1204]]
 */
export function mostCommonTypes(
  options: number | (CensusOptions & { limit?: number | null }) = {},
): TypeCount[] {
  const chosen = typeof options === 'number' ? { limit: options } : options;
  checkOptions('mostCommonTypes', chosen, ['limit', ...censusOptions]);
  const { limit = 10, ...rest } = chosen;
  checkCounts('mostCommonTypes', { limit }, true);
  const stats = Object.entries(typestats(rest)).sort((a, b) => b[1] - a[1]);
  return limit ? stats.slice(0, limit) : stats;
}

/** The options of a census; a list is short for `{ objects }`. */
function withObjects(name: string, options: CensusOptions | Iterable<unknown>): CensusOptions {
  const isIterable =
    typeof options === 'object' && options !== null && !isProxy(options) && Symbol.iterator in options;
  const chosen = isIterable ? { objects: options } : (options as CensusOptions);
  checkOptions(name, chosen, censusOptions);
  checkFunctions(name, { filter: chosen.filter });
  return chosen;
}

/** A name with a place is a long name. */
function placed(type: string, options: CensusOptions): CensusOptions {
  if (typeof type !== 'string')
    throw new TypeError(`A type is named by a string, such as 'Map': not ${describeValue(type)}`);
  return type.includes(' — ') ? { ...options, shortNames: false } : options;
}
