// Checks of what callers pass, so that a mistake is reported where it was made. Nothing of the program's runs meanwhile: no
// trap of a proxy, no toString.
import { isProxy } from 'node:util/types';
import { HeapNode } from './heap-node.ts';

/** Throws a TypeError that names the option that a function does not know, and those that it does. */
export function checkOptions(name: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || isProxy(options))
    throw new TypeError(
      `${name}: options are a plain object, such as { ${known[0]}: … }: not ${describeValue(options)}`,
    );
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new TypeError(`${name} has no option "${unknown}": it takes ${known.join(', ')}`);
}

/** Throws a TypeError for options that are no functions. */
export function checkFunctions(name: string, options: Record<string, unknown>): void {
  for (const [option, value] of Object.entries(options))
    if (value !== undefined && typeof value !== 'function')
      throw new TypeError(`${name}: ${option} is a function of a node: not ${describeValue(value)}`);
}

/** Throws a TypeError for options that are no counts; `Infinity` is one, and null where it is allowed. */
export function checkCounts(name: string, options: Record<string, unknown>, allowNull = false): void {
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || (value === null && allowNull)) continue;
    if (typeof value !== 'number' || !(value >= 0))
      throw new TypeError(`${name}: ${option} is a number from 0 on: not ${describeValue(value)}`);
  }
}

/** The objects of an iterable, in an array. */
export function listOf(name: string, objects: Iterable<unknown>): unknown[] {
  if (isList(objects)) return objects;
  const isIterable =
    (typeof objects === 'object' || typeof objects === 'string') &&
    objects !== null &&
    !isProxy(objects) &&
    Symbol.iterator in Object(objects);
  if (!isIterable)
    throw new TypeError(`${name}: objects is a list of objects: not ${describeValue(objects)}`);
  return [...(objects as Iterable<unknown>)];
}

/** Whether a value is an array (and no proxy of one, which would have to be asked). */
export function isList(value: unknown): value is unknown[] {
  return !isProxy(value) && Array.isArray(value);
}

/** Whether a value is a `HeapNode` (and no proxy of one). */
export function isHeapNode(value: unknown): value is HeapNode {
  return typeof value === 'object' && !isProxy(value) && value instanceof HeapNode;
}

/**
 * The objects that a picture starts at: an array is a list of objects, anything else is one object, as in objgraph.
 * Throws a TypeError for what is no object in the heap, and for an empty list.
 */
export function startObjects(name: string, objects: unknown): unknown[] {
  const list = isList(objects) ? objects : [objects];
  if (list.length === 0) throw new TypeError(`${name}: the list is empty: pass at least one object`);
  list.forEach((object, index) => {
    if (!isPlain(object)) return;
    const what = describeValue(object);
    const place = isList(objects) ? `item ${index} of the list is ${what}` : `${what} was passed`;
    throw new TypeError(
      `${name}: ${place}, which is a plain value and not an object in the heap: pass an object, a function, a string or a symbol`,
    );
  });
  return list;
}

/** Ids to leave out, of numbers and `HeapNode`s. */
export function ignoredIds(name: string, extraIgnore: Iterable<number | HeapNode>): Set<number> {
  const ids = new Set<number>();
  for (const ignored of listOf(name, extraIgnore)) {
    if (isHeapNode(ignored)) ids.add(ignored.id);
    else if (typeof ignored === 'number') ids.add(ignored);
    else
      throw new TypeError(
        `${name}: extraIgnore takes ids, such as id(object) gives, and HeapNodes: not ${describeValue(ignored)}`,
      );
  }
  return ids;
}

function isPlain(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean';
}

/** A value for an error message. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${String(value)}`;
  if (typeof value === 'string') return `the string ${JSON.stringify(value.slice(0, 40))}`;
  if (typeof value === 'object') return isProxy(value) ? 'a proxy' : isList(value) ? 'a list' : 'an object';
  return `a ${typeof value}`;
}
