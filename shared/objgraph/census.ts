// How many objects of which type there are: count, typestats, mostCommonTypes, growth, byType. The live heap is asked
// through V8's object query, which needs no snapshot's memory; a snapshot serves where that cannot.
import { checkOptions, listOf } from './arguments.ts';
import { HeapNode } from './heap-node.ts';
import { everyObject } from './live-objects.ts';
import { ownObjects } from './own-objects.ts';
import { withInspector } from './session.ts';
import { snapshotNow, type Snapshot } from './snapshot.ts';
import { TypeNames } from './type-names.ts';

/** Which objects to look at, and how to name their types. */
export interface CensusOptions {
  /** Only these: live objects or `HeapNode`s, such as `getLeakingObjects()` gives. */
  objects?: Iterable<unknown>;
  /** A moment to ask about instead of the present. */
  snapshot?: Snapshot;
  /** False tells classes of the same name apart by where they are written: `User — src/user.js:12`. Needs a snapshot's time. */
  shortNames?: boolean;
  /** Only objects for which this is true. Needs a snapshot's time. */
  filter?: (node: HeapNode) => boolean;
}

/** A type and the number of its instances. */
export type TypeCount = [type: string, count: number];
/** A type, the number of its instances, and how many more that is than ever before. */
export type TypeGrowth = [type: string, count: number, delta: number];

const known = ['objects', 'snapshot', 'shortNames', 'filter'] as const;

/**
 * Counts the instances of each type: objects, functions and regular expressions, as objgraph counts what Python's
 * garbage collector tracks; strings, numbers, V8's own structures and the library's objects are left out.
 *
 * The live query sees what inherits from `Object.prototype` of some context; `Object.create(null)` objects are counted
 * with `{ snapshot: takeSnapshot() }` only.
 *
 * @returns type names to counts
 * @example
 * typestats(); // { Object: 1204, Function: 3310, Map: 12, … }
 */
export function typestats(options: CensusOptions = {}): Record<string, number> {
  checkOptions('typestats', options, known);
  const counts = new Map<string, number>();
  eachType(options, (type) => counts.set(type, (counts.get(type) ?? 0) + 1));
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
  const chosen = withObjects(options);
  checkOptions('count', chosen, known);
  let total = 0;
  eachType(placed(type, chosen), (found) => void (found === type && total++));
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
  const chosen = withObjects(options);
  checkOptions('byType', chosen, known);
  const found: unknown[] = [];
  eachType(placed(type, chosen), (name, object) => void (name === type && found.push(object())));
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
  const { limit = 10, ...rest } = typeof options === 'number' ? { limit: options } : options;
  checkOptions('mostCommonTypes', rest, known);
  const stats = Object.entries(typestats(rest)).sort((a, b) => b[1] - a[1]);
  return limit ? stats.slice(0, limit) : stats;
}

/** The options of `growth`. */
export interface GrowthOptions extends Omit<CensusOptions, 'objects'> {
  /** How many types to give (default 10; null for all). */
  limit?: number | null;
  /** The highest count seen of each type; read and updated. By default one that lives as long as the process. */
  peakStats?: Record<string, number>;
}

const peaks = new Map<string, number>();

/**
 * The types of which there are more instances than at any call before, largest increase first.
 *
 * @example
 * growth(); // everything: the first call sets the mark
 * handleRequest();
 * growth({ limit: 3 }); // [['MyBigFatObject', 2, 2], ['Object', 1206, 1]]
 */
export function growth(options: number | GrowthOptions = {}): TypeGrowth[] {
  const { limit = 10, peakStats, ...rest } = typeof options === 'number' ? { limit: options } : options;
  checkOptions('growth', rest, known);
  const stats = typestats(rest);
  const deltas: TypeGrowth[] = [];
  for (const [type, total] of Object.entries(stats)) {
    const before = (peakStats ? peakStats[type] : peaks.get(type)) ?? 0;
    if (total <= before) continue;
    deltas.push([type, total, total - before]);
    if (peakStats) peakStats[type] = total;
    else peaks.set(type, total);
  }
  deltas.sort((a, b) => b[2] - a[2] || (a[0] < b[0] ? -1 : 1));
  return limit ? deltas.slice(0, limit) : deltas;
}

/** Visits every object that counts with its type; `object` makes the value to give out, where it is wanted. */
function eachType(options: CensusOptions, visit: (type: string, object: () => unknown) => void): void {
  const { objects, snapshot, shortNames = true, filter } = options;
  if (objects) return eachGiven(listOf(objects), options, visit);
  if (!snapshot && !filter && shortNames && eachLive(visit)) return;
  eachInSnapshot(snapshot ?? snapshotNow([]).snapshot, shortNames, filter, visit);
}

/** The present, by V8's query; false where there is no inspector. */
function eachLive(visit: (type: string, object: () => unknown) => void): boolean {
  return withInspector((inspector) => {
    if (!inspector) return false;
    const own = ownObjects(inspector);
    const names = new TypeNames();
    for (const object of everyObject(inspector)) {
      if (own.has(object)) continue;
      const type = names.of(object);
      if (type !== null) visit(type, () => object);
    }
    return true;
  });
}

function eachInSnapshot(
  snapshot: Snapshot,
  shortNames: boolean,
  filter: CensusOptions['filter'],
  visit: (type: string, object: () => unknown) => void,
): void {
  for (let node = 0; node < snapshot.heap.nodeCount; node++) {
    if (!snapshot.graph.isCounted(node) || (filter && !filter(snapshot.node(node)))) continue;
    const type = shortNames ? snapshot.names.type(node) : snapshot.names.longType(node);
    visit(type, () => snapshot.valueOf(node) ?? snapshot.node(node));
  }
}

function eachGiven(
  objects: unknown[],
  { shortNames = true, filter, snapshot }: CensusOptions,
  visit: (type: string, object: () => unknown) => void,
): void {
  const names = new TypeNames();
  const live = objects.filter((object) => !(object instanceof HeapNode));
  // Places and filters are questions to a snapshot: one is taken in which all of the given objects are found.
  const now = (!shortNames || filter) && live.length > 0 && !snapshot ? snapshotNow(live) : null;
  let next = 0;
  for (const object of objects) {
    let node = object instanceof HeapNode ? object : null;
    if (!node && now) node = now.snapshot.node(now.nodes[next++]);
    if (filter && node && !filter(node)) continue;
    const type = node ? (shortNames ? node.className : node.longName) : nameOf(names, object);
    visit(type, () => object);
  }
}

function nameOf(names: TypeNames, value: unknown): string {
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
    return names.of(value) ?? 'Object';
  }
  return value === null ? 'null' : typeof value;
}

function withObjects(options: CensusOptions | Iterable<unknown>): CensusOptions {
  return Symbol.iterator in options ? { objects: options } : options;
}

/** A name with a place is a long name. */
function placed(type: string, options: CensusOptions): CensusOptions {
  if (typeof type !== 'string')
    throw new TypeError(`A type is named by a string, such as 'Map': not ${typeof type}`);
  return type.includes(' — ') ? { ...options, shortNames: false } : options;
}
