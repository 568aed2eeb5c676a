// What a picture of references will show, found by walking the live objects themselves. For plain data that is all there
// is to know, and far cheaper than to ask V8 for every object of the heap. Nothing of the program runs on the way.
import { isArrayBuffer, isMap, isProxy, isSet, isTypedArray } from 'node:util/types';

/** More is not worth walking: then V8 is asked. */
const limit = 2_000;

/**
 * The objects that are reached from `starts` in `maxDepth` steps, themselves among them. Null where only V8 sees what an
 * object refers to (functions and their variables, promises, proxies, getters), and where there are too many.
 */
export function reachableObjects(starts: readonly unknown[], maxDepth: number): object[] | null {
  const found = new Set<object>();
  let level = starts.filter(isObject);
  for (let depth = 0; depth <= maxDepth; depth++) {
    const next: object[] = [];
    for (const object of level) {
      if (found.has(object)) continue;
      found.add(object);
      if (depth === maxDepth) continue;
      const held = heldBy(object);
      if (held === null || found.size + next.length + held.length > limit) return null;
      for (const value of held) if (isObject(value)) next.push(value);
    }
    level = next;
  }
  return [...found];
}

/** The values that an object holds; null where JavaScript does not show them. */
function heldBy(object: object): unknown[] | null {
  if (isProxy(object) || typeof object === 'function') return null;
  const held: unknown[] = [];
  if (isMap(object)) {
    if (sizeOf(object) > limit) return null;
    for (const entry of Map.prototype.entries.call(object)) held.push(...(entry as [unknown, unknown]));
  } else if (isSet(object)) {
    if (sizeOf(object) > limit) return null;
    held.push(...(Set.prototype.values.call(object) as Iterable<unknown>));
  } else if (isTypedArray(object) || isArrayBuffer(object)) return null;
  else if (!isPlain(object)) return null;
  if (Array.isArray(object) && object.length > limit) return null;
  for (const key of Reflect.ownKeys(object)) {
    const descriptor = Object.getOwnPropertyDescriptor(object, key)!;
    if (descriptor.get || descriptor.set) return null;
    held.push(descriptor.value);
  }
  return held;
}

/** Literals: an instance of a class may have private fields, which only V8 sees. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}

function sizeOf(collection: Map<unknown, unknown> | Set<unknown>): number {
  const prototype = isMap(collection) ? Map.prototype : Set.prototype;
  return Object.getOwnPropertyDescriptor(prototype, 'size')!.get!.call(collection) as number;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
