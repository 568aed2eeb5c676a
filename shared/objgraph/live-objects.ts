// All live objects of this thread as JavaScript values, without a snapshot: V8 looks for everything that inherits from
// Object.prototype, once per context. What inherits from nothing (`Object.create(null)`) has no such mark and is missed.
import { isProxy } from 'node:util/types';
import { isContext, runInContext } from 'node:vm';
import { giveThis, ownContext, receive, type Inspector } from './inspector.ts';
import { TypeNames } from './type-names.ts';

const parcel = Symbol.for('objgraph.parcel');

/** Every live object and function that V8 finds, the library's own among them. */
export function everyObject(inspector: Inspector): object[] {
  // First, before there is anything of ours in it. It needs no parcel.
  const own = ownContext(inspector);
  const ownObjects =
    own === undefined ? [] : (receive(inspector, query(inspector, own), giveThis, own) as object[]);
  const objects = receive(inspector, query(inspector), giveThis) as object[];
  if (inspector.countContexts() === 1) return objects;
  const seen = new Set(objects);
  for (const object of ownObjects) seen.add(object);
  // One context may have made another: what is found is looked through in turn.
  for (let found = [...seen]; found.length > 0;) {
    const sandboxes = found.filter(isSandbox);
    const contexts = inspector.contextsOf(
      sandboxes,
      (sandbox, text, filename) => void runInContext(text, sandbox, { filename }),
    );
    const inside = sandboxes.flatMap((sandbox, i) =>
      contexts[i] === own ? [] : objectsIn(inspector, sandbox, contexts[i]),
    );
    found = inside.filter((object) => !seen.has(object));
    for (const object of found) seen.add(object);
  }
  return [...seen];
}

/** Whether a context of node:vm was made of an object, which keeps it alive. */
const isSandbox = (object: object): boolean =>
  typeof object === 'object' && !isProxy(object) && isContext(object);

/**
 * What a context of node:vm has. It has no way to hand us a value, but what it puts on its global object appears on its sandbox.
 * (Defined, not assigned: Node's context drops the first assignment of a symbol.)
 */
function objectsIn(inspector: Inspector, sandbox: object, context: number): object[] {
  inspector.post('Runtime.callFunctionOn', {
    objectId: query(inspector, context),
    functionDeclaration: `function () {
      Object.defineProperty(globalThis, Symbol.for('objgraph.parcel'), { __proto__: null, value: this, configurable: true });
    }`,
  });
  const objects = (sandbox as Record<symbol, object[]>)[parcel];
  delete (sandbox as Record<symbol, unknown>)[parcel];
  // The global object itself keeps a property besides that of its sandbox.
  inspector.evaluate("delete globalThis[Symbol.for('objgraph.parcel')]", context);
  return objects;
}

/** In a heap of fewer objects, all of them are few. */
const small = 100_000;
/** Instances of a type from which on they are a crowd. */
const crowd = 10_000;

/**
 * The live objects without the crowds: those of types with few instances, which are what modules, caches and services
 * are made of. A snapshot takes twice the memory if every object of a large heap is in a list as well.
 */
export function fewObjects(inspector: Inspector): object[] {
  const objects = everyObject(inspector);
  if (objects.length < small) return objects;
  const names = new TypeNames();
  const numbers = new Map<string | null, number>();
  const counts: number[] = [];
  const typeOf = new Uint32Array(objects.length);
  for (let i = 0; i < objects.length; i++) {
    const name = names.of(objects[i]);
    const type = numbers.get(name) ?? counts.push(0) - 1;
    numbers.set(name, type);
    typeOf[i] = type;
    counts[type]++;
  }
  return objects.filter((_, i) => counts[typeOf[i]] < crowd);
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
