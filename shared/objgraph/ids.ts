// Ids: V8's number for an object, the same in a snapshot, in a picture (`o123`) and in the live process, for as long as
// the library keeps them (from the first call of a function of this file, until `forgetIds()`).
import { inspect } from 'node:util';
import { NodeType } from '../heap/node-types.ts';
import { Visibility } from '../heap/visibility.ts';
import { checkCounts, checkOptions, describeValue, isHeapNode, listOf, startObjects } from './arguments.ts';
import { numberObjects } from './capture.ts';
import { beginQuestion, endQuestion, idGeneration, keepIds } from './session.ts';
import { snapshotNow, type Snapshot } from './snapshot.ts';
import { print, printNewIds, type Output, type NewIdsRow } from './tables.ts';

/** The numbering of the ids that were given out last; see `idGeneration`. */
const given = { generation: 0 };

/**
 * V8's id of an object: Python's `id()`. Ids are kept from now on (see `forgetIds`).
 *
 * @throws TypeError for numbers, booleans, null and undefined: they are no objects in the heap
 */
export function id(object: unknown): number {
  if (isHeapNode(object)) return object.id;
  startObjects('id', [object]);
  keepIds();
  given.generation = idGeneration();
  const inspector = beginQuestion();
  try {
    if (inspector && typeof object !== 'string' && typeof object !== 'bigint') {
      // V8 numbers objects when a snapshot is taken: one that is newer has no number yet.
      if (inspector.idOf(object) === 0) numberObjects();
      return inspector.idOf(object);
    }
  } finally {
    endQuestion(inspector);
  }
  const { snapshot, nodes } = snapshotNow([object], 'none');
  return snapshot.heap.nodeIds[nodes[0]];
}

/**
 * The object with an id; undefined when there is none any more.
 *
 * @example
 * at(id(object)) === object; // true
 */
export function at(address: number): unknown {
  return atAddrs([address])[0];
}

/**
 * The objects with certain ids, in no particular order; ids of objects that are gone are left out. What has no
 * JavaScript value is given as a `HeapNode`.
 */
export function atAddrs(addresses: Iterable<number>): unknown[] {
  const wanted = new Set(listOf('atAddrs', addresses));
  for (const one of wanted)
    if (typeof one !== 'number')
      throw new TypeError(`at and atAddrs take ids, such as id(object) gives: not ${describeValue(one)}`);
  keepIds();
  checkIds();
  const inspector = beginQuestion();
  try {
    // Each of these searches the whole heap; for more than a few, one snapshot is faster. It also finds what this misses:
    // objects of other contexts.
    if (inspector && wanted.size <= 2) {
      const found = [...wanted].map((one) => inspector.objectWithId(one as number));
      if (!found.includes(undefined)) return found;
    }
  } finally {
    endQuestion(inspector);
  }
  const { snapshot } = snapshotNow([], 'all');
  const found: unknown[] = [];
  for (let node = 0; node < snapshot.heap.nodeCount; node++)
    if (wanted.has(snapshot.heap.nodeIds[node]) && snapshot.graph.visibility[node] !== Visibility.excluded)
      found.push(snapshot.valueOf(node) ?? snapshot.node(node));
  return found;
}

/** The options of `getNewIds`. */
export interface NewIdsOptions {
  /** True gives the last answer again, without looking at the heap. */
  skipUpdate?: boolean;
  /** How many rows to print (default 10; 0 for none, null for all). */
  limit?: number | null;
  /** Which column the table is sorted by, the largest first (default `deltas`). */
  sortBy?: 'old' | 'current' | 'new' | 'deltas';
  /** Whether classes of the same name are one row; remembered from call to call. */
  shortNames?: boolean;
  /** Where the table goes (default: standard output). */
  output?: Output;
}

type IdsByType = Map<string, Set<number>>;

const memory = {
  current: new Map() as IdsByType,
  new: new Map() as IdsByType,
  shortNames: true,
  /** Of which numbering `current` is; see `idGeneration`. */
  generation: 0,
};

/**
 * Prints how many objects of each type are new since the last call, and gives their ids by type.
 *
 * @example
 * getNewIds({ limit: 0 });
 * handleRequest();
 * const leaked = atAddrs(getNewIds().MyBigFatObject);
 */
export function getNewIds(options: NewIdsOptions = {}): Record<string, Set<number>> {
  checkOptions('getNewIds', options, ['skipUpdate', 'limit', 'sortBy', 'shortNames', 'output']);
  const { skipUpdate = false, limit = 10, sortBy = 'deltas', output } = options;
  checkCounts('getNewIds', { limit }, true);
  const column = (['old', 'current', 'new', 'deltas'] as const).indexOf(sortBy);
  if (column < 0)
    throw new TypeError(
      `getNewIds: sortBy is 'old', 'current', 'new' or 'deltas': not ${describeValue(sortBy)}`,
    );
  if (skipUpdate) return Object.fromEntries(memory.new);
  memory.shortNames = options.shortNames ?? memory.shortNames;
  keepIds();
  const isFirst = memory.generation === 0;
  const isRenumbered = !isFirst && idGeneration() !== memory.generation;
  const { snapshot } = snapshotNow([], 'none');
  // Not before: a snapshot shows what is on the stack while V8 takes it.
  const old = memory.current;
  memory.current = idsByType(snapshot, memory.shortNames);
  memory.generation = given.generation = idGeneration();
  memory.new = new Map();
  if (isRenumbered) {
    print(
      output,
      'V8 has renumbered all objects since the last call: what is new shows from the next call on',
    );
    return {};
  }
  const rows: NewIdsRow[] = [];
  for (const type of new Set([...memory.current.keys(), ...old.keys()])) {
    const before = old.get(type) ?? new Set();
    const now = memory.current.get(type) ?? new Set();
    const fresh = idSet();
    for (const one of now) if (!before.has(one)) fresh.add(one);
    if (fresh.size > 0) memory.new.set(type, fresh);
    rows.push([type, before.size, now.size, fresh.size, now.size - before.size]);
  }
  rows.sort((a, b) => (b[column + 1] as number) - (a[column + 1] as number) || (a[0] < b[0] ? 1 : -1));
  printNewIds(limit === null ? rows : rows.slice(0, limit), output);
  return Object.fromEntries(memory.new);
}

/**
 * Objects that no other object refers to: only V8 itself holds them (a handle of Node's, a timer, the running code).
 * In a heap that is only ever reached from JavaScript, these are the first to ask why they live.
 */
export function getLeakingObjects(
  options: { objects?: Iterable<unknown>; snapshot?: Snapshot } = {},
): unknown[] {
  checkOptions('getLeakingObjects', options, ['objects', 'snapshot']);
  const list = options.objects ? listOf('getLeakingObjects', options.objects) : null;
  const now = options.snapshot ? null : snapshotNow(list ?? [], 'all');
  const snapshot = options.snapshot ?? now!.snapshot;
  const leaking = (node: number): boolean => {
    let held = false;
    snapshot.graph.eachReferrer(node, (referrer) => {
      if (referrer !== node && !snapshot.graph.isSynthetic(referrer)) held = true;
    });
    return !held;
  };
  if (list) return list.filter((object, i) => leaking(now ? now.nodes[i] : snapshot.find(object)));
  const found: unknown[] = [];
  for (let node = 0; node < snapshot.heap.nodeCount; node++) {
    if (
      snapshot.heap.nodeTypes[node] !== NodeType.object &&
      snapshot.heap.nodeTypes[node] !== NodeType.closure
    )
      continue;
    if (snapshot.graph.isCounted(node) && leaking(node))
      found.push(snapshot.valueOf(node) ?? snapshot.node(node));
  }
  return found;
}

/** A set that prints one line at the REPL, however many ids are in it: `Set(2000) { @17, @19, @21, … 1997 more }`. */
function idSet(): Set<number> {
  return Object.defineProperty(new Set<number>(), inspect.custom, {
    __proto__: null,
    value: inspectIds,
  } as PropertyDescriptor);
}

/** How many ids a set shows. */
const shownIds = 3;

function inspectIds(this: Set<number>): string {
  const ids: string[] = [];
  for (const one of this) if (ids.push(`@${one}`) === shownIds) break;
  if (this.size > ids.length) ids.push(`… ${this.size - ids.length} more`);
  return `Set(${this.size}) {${ids.length > 0 ? ` ${ids.join(', ')} ` : ''}}`;
}

/** Throws where V8 has renumbered the objects since ids were given out. */
function checkIds(): void {
  if (given.generation !== 0 && given.generation !== idGeneration())
    throw new Error(
      'The ids of before are void: V8 has renumbered all objects since (forgetIds was called, or an inspector session of the program was closed). Ask for the ids again.',
    );
}

function idsByType(snapshot: Snapshot, shortNames: boolean): IdsByType {
  const ids: IdsByType = new Map();
  for (let node = 0; node < snapshot.heap.nodeCount; node++) {
    if (!snapshot.graph.isCounted(node)) continue;
    const type = shortNames ? snapshot.names.type(node) : snapshot.names.longType(node);
    let set = ids.get(type);
    if (!set) ids.set(type, (set = idSet()));
    set.add(snapshot.heap.nodeIds[node]);
  }
  return ids;
}
