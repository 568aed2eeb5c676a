// The objects that a census counts, with the names of their types: all live ones, those of a snapshot, or a given list.
// The live heap is asked through V8's object query, which needs no snapshot's memory; a snapshot serves where that cannot.
import { listOf } from './arguments.ts';
import { isHeapNode } from './arguments.ts';
import type { HeapNode } from './heap-node.ts';
import { everyObject } from './live-objects.ts';
import { findOwnFunctions, ownObjects } from './own-objects.ts';
import { OriginalNames } from './original-names.ts';
import { beginQuestion, endQuestion } from './session.ts';
import { snapshotNow, type Snapshot } from './snapshot.ts';
import { TypeNames } from './type-names.ts';

/** Which objects to look at, and how to name their types. */
export interface CensusOptions {
  /** Only these: live objects or `HeapNode`s, such as `getLeakingObjects()` gives. */
  objects?: Iterable<unknown>;
  /** A moment to ask about instead of the present. */
  snapshot?: Snapshot;
  /** False distinguishes classes of one name by where they are written: `User — src/user.js:12`. Needs a snapshot's time. */
  shortNames?: boolean;
  /** Only objects for which this is true. Needs a snapshot's time. */
  filter?: (node: HeapNode) => boolean;
}

/** Objects and their types, position by position. An ordinal refers to an object of the snapshot. */
export class Population {
  readonly types: string[] = [];
  private readonly members: unknown[] = [];

  constructor(private readonly snapshot: Snapshot | null) {}

  add(type: string, member: unknown): void {
    this.types.push(type);
    this.members.push(member);
  }

  /** The object at a position, as callers get it: live where possible, else a `HeapNode`. */
  at(position: number): unknown {
    const member = this.members[position];
    if (!this.snapshot || typeof member !== 'number') return member;
    return this.snapshot.valueOf(member) ?? this.snapshot.node(member);
  }
}

/** V8's query follows prototypes: it cannot see what a proxy or an object without one is. */
const unseenTypes = ['Proxy'];

/**
 * The objects to count.
 *
 * @param type what is looked for, where it is one type only
 */
export function populationOf(name: string, options: CensusOptions, type?: string): Population {
  const { objects, snapshot, shortNames = true, filter } = options;
  if (objects) return givenObjects(listOf(name, objects), options);
  const needsSnapshot = filter || !shortNames || (type !== undefined && unseenTypes.includes(type));
  return (
    (snapshot || needsSnapshot ? null : livePopulation()) ??
    objectsIn(snapshot ?? snapshotNow([], 'all').snapshot, shortNames, filter)
  );
}

/**
 * All live objects and functions of this thread but the library's own, as V8 lists them; null where there is no inspector. For
 * several questions to one moment: `typestats({ objects })`.
 *
 * @beta
 */
export function liveObjects(): object[] | null {
  findOwnFunctions();
  const inspector = beginQuestion();
  if (!inspector) return null;
  try {
    const objects = everyObject(inspector);
    const own = ownObjects(objects, inspector);
    // No closure: V8 may still compile it at the next question, and would count it.
    const others: object[] = [];
    for (const object of objects) if (!own.has(object)) others.push(object);
    return others;
  } finally {
    endQuestion(inspector);
  }
}

/** The present; null where there is no inspector. */
function livePopulation(): Population | null {
  const objects = liveObjects();
  if (objects === null) return null;
  const population = new Population(null);
  const original = new OriginalNames();
  try {
    const names = new TypeNames(original);
    for (const object of objects) {
      const type = names.of(object);
      if (type !== null) population.add(type, object);
    }
  } finally {
    original.end();
  }
  return population;
}

function objectsIn(snapshot: Snapshot, shortNames: boolean, filter: CensusOptions['filter']): Population {
  const population = new Population(snapshot);
  const { heap, graph, names } = snapshot;
  for (let node = 0; node < heap.nodeCount; node++) {
    if (!graph.isCounted(node) || (filter && !filter(snapshot.node(node)))) continue;
    population.add(shortNames ? names.type(node) : names.longType(node), node);
  }
  return population;
}

function givenObjects(
  objects: unknown[],
  { shortNames = true, filter, snapshot }: CensusOptions,
): Population {
  const population = new Population(null);
  const original = new OriginalNames();
  const names = new TypeNames(original);
  const live = objects.filter((object) => !isHeapNode(object));
  // Places and filters are questions to a snapshot: one is taken in which all of the given objects are found.
  const now = (!shortNames || filter) && live.length > 0 && !snapshot ? snapshotNow(live, 'all') : null;
  let next = 0;
  try {
    for (const object of objects) {
      const node = isHeapNode(object) ? object : nodeOf(object, snapshot, now, next++);
      if (filter && node && !filter(node)) continue;
      population.add(node ? (shortNames ? node.className : node.longName) : typeOf(names, object), object);
    }
  } finally {
    original.end();
  }
  return population;
}

function nodeOf(
  object: unknown,
  snapshot: Snapshot | undefined,
  now: { snapshot: Snapshot; nodes: Int32Array } | null,
  position: number,
): HeapNode | null {
  const ordinal = now ? now.nodes[position] : snapshot ? snapshot.find(object) : -1;
  return ordinal < 0 ? null : (now?.snapshot ?? snapshot!).node(ordinal);
}

function typeOf(names: TypeNames, value: unknown): string {
  if ((typeof value === 'object' && value !== null) || typeof value === 'function')
    return names.of(value) ?? 'Object';
  return value === null ? 'null' : typeof value;
}
