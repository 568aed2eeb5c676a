// Checks of what callers pass, so that a mistake is told where it was made.
import { HeapNode } from './heap-node.ts';

/** Throws a TypeError that names the option that a function does not know, and those that it does. */
export function checkOptions(name: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${name}: options are an object, such as { ${known[0]}: … }: not ${String(options)}`);
  const unknown = Object.keys(options).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new TypeError(`${name} has no option "${unknown}": it takes ${known.join(', ')}`);
}

/** The objects of an iterable, in an array of the library's own. */
export function listOf(objects: Iterable<unknown>): unknown[] {
  return Array.isArray(objects) ? objects : [...objects];
}

/**
 * The objects that a picture starts at: an array is a list of objects, anything else is one object, as in objgraph.
 * Throws a TypeError for what is no object in the heap, and for an empty list.
 */
export function startObjects(name: string, objects: unknown): unknown[] {
  const list = Array.isArray(objects) ? objects : [objects];
  if (list.length === 0) throw new TypeError(`${name}: the list is empty: pass at least one object`);
  list.forEach((object, index) => {
    const what = describeValue(object);
    if (what === null) return;
    const place = Array.isArray(objects) ? `item ${index} of the list is ${what}` : `${what} was passed`;
    throw new TypeError(
      `${name}: ${place}, which is a plain value and not an object in the heap: pass an object, a function, a string or a symbol`,
    );
  });
  return list;
}

function describeValue(value: unknown): string | null {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number' || typeof value === 'boolean') return `the ${typeof value} ${String(value)}`;
  return null;
}

/** Ids to leave out, of numbers and `HeapNode`s. */
export function ignoredIds(extraIgnore: Iterable<number | HeapNode>): Set<number> {
  const ids = new Set<number>();
  for (const ignored of extraIgnore) ids.add(ignored instanceof HeapNode ? ignored.id : ignored);
  return ids;
}
