// All live objects of this thread as JavaScript values, without a snapshot: V8 looks for everything that inherits from
// Object.prototype, once per context. What inherits from nothing (`Object.create(null)`) has no such mark and is missed.
import { isProxy } from 'node:util/types';
import { giveThis, isOwnContext, receive, type Inspector } from './inspector.ts';
import { TypeNames } from './type-names.ts';

const parcel = Symbol.for('objgraph.parcel');

/** Every live object and function that V8 finds, the library's own among them. */
export function everyObject(inspector: Inspector): object[] {
  const [main, ...others] = inspector.contexts();
  // Jest loads the library into such a context as well; in that one it needs no parcel.
  const own = others.findIndex((context) => unlessGone(() => isOwnContext(inspector, context)));
  const ownObjects = own < 0 ? [] : objectsOf(inspector, others[own], others[own]);
  if (own >= 0) others.splice(own, 1);
  // A context of node:vm has no way to hand us a value. But what it puts on its global object appears on its sandbox,
  // which belongs to the main context, where we look for it. (Defined, not assigned: Node's context drops the first
  // assignment of a symbol.)
  for (const context of others) {
    unlessGone(() =>
      inspector.post('Runtime.callFunctionOn', {
        objectId: query(inspector, context),
        functionDeclaration: `function () {
        Object.defineProperty(globalThis, Symbol.for('objgraph.parcel'), { __proto__: null, value: this, configurable: true });
      }`,
      }),
    );
  }
  const objects = objectsOf(inspector, main);
  if (others.length === 0 && own < 0) return objects;
  const parcels = objects.filter((object) => !isProxy(object) && Object.hasOwn(object, parcel)).map(unpack);
  // The global object itself keeps a property besides that of its sandbox.
  for (const context of others)
    unlessGone(() => inspector.evaluate("delete globalThis[Symbol.for('objgraph.parcel')]", context));
  const seen = new Set(objects);
  for (const object of [ownObjects, ...parcels].flat()) seen.add(object);
  for (const array of parcels) seen.delete(array);
  return [...seen];
}

/** V8 frees garbage before each query: a context that nothing refers to may be gone when it is asked. */
function unlessGone<Answer>(ask: () => Answer): Answer | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Error && error.message.includes('Cannot find context')) return undefined;
    throw error;
  }
}

/** In a heap of fewer objects, all of them are few. */
const small = 100_000;
/** Instances of a type from which on they are a crowd. */
const crowd = 10_000;

/**
 * The live objects without the crowds: those of types with few instances, which are what modules, caches and services
 * are made of. A snapshot in which every object of a large heap stands in a list as well takes twice the memory.
 */
export function fewObjects(inspector: Inspector): object[] {
  const objects = everyObject(inspector);
  if (objects.length < small) return objects;
  const names = new TypeNames();
  const counts = new Map<string | null, number>();
  for (const object of objects) {
    const type = names.of(object);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return objects.filter((object) => counts.get(names.of(object))! < crowd);
}

function objectsOf(inspector: Inspector, contextId: number, ownContext?: number): object[] {
  return receive(inspector, query(inspector, contextId), giveThis, ownContext) as object[];
}

/** Made once, as what inspector.ts sends. */
const everything = { prototypeObjectId: undefined as string | undefined, objectGroup: 'objgraph' };

function query(inspector: Inspector, contextId?: number, prototype = 'Object.prototype'): string {
  everything.prototypeObjectId = inspector.evaluate(prototype, contextId);
  const { objects } = inspector.post('Runtime.queryObjects', everything);
  return (objects as { objectId: string }).objectId;
}

/** As V8 does before each list of all objects: here, of what inherits from a new object, which is nothing. */
export function collectGarbage(inspector: Inspector): void {
  query(inspector, undefined, '({})');
}

function unpack(sandbox: object): object[] {
  const objects = (sandbox as Record<symbol, object[]>)[parcel];
  delete (sandbox as Record<symbol, unknown>)[parcel];
  return objects;
}
