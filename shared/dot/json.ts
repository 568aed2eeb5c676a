// What JSON.parse gave, looked at with suspicion: each function returns the value as the type it must have, or throws
// an error that names the place (`edges[3].head`) and what stood there.

export type Json = Record<string, unknown>;

/** Not what Graphviz writes. */
export class GraphvizOutputError extends Error {
  override name = 'GraphvizOutputError';
}

function fail(at: string, wanted: string, found: unknown): never {
  const shown = JSON.stringify(found) ?? String(found);
  throw new GraphvizOutputError(
    `Graphviz output: ${at} should be ${wanted}, not ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}`,
  );
}

export function object(value: unknown, at: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  return fail(at, 'an object', value);
}

/** A missing list is an empty one: Graphviz leaves out what it has nothing to say about. */
export function list(value: unknown, at: string): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : fail(at, 'a list', value);
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

export function number(value: unknown, at: string): number {
  return isNumber(value) ? value : fail(at, 'a number', value);
}

export function numbers(value: unknown, count: number, at: string): number[] {
  const all = list(value, at);
  if (!all.every(isNumber)) all.forEach((item, i) => number(item, `${at}[${i}]`));
  return all.length >= count ? (all as number[]) : fail(at, `${count} numbers`, value);
}

/** Points as a flat list. Most of the output are such: the place of each is put into words only when it is wrong. */
export function points(value: unknown, at: string): number[] {
  const all = list(value, at);
  const flat: number[] = [];
  for (const [i, point] of all.entries()) {
    const isPoint = Array.isArray(point) && isNumber(point[0]) && isNumber(point[1]);
    const [x, y] = isPoint ? (point as number[]) : numbers(point, 2, `${at}[${i}]`);
    flat.push(x, y);
  }
  return flat;
}

export function string(value: unknown, at: string): string {
  return typeof value === 'string' ? value : fail(at, 'a string', value);
}

/** An attribute that may be absent; Graphviz writes every attribute as a string. */
export function attribute(object: Json, name: string): string | null {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The numbers in an attribute such as `bb="0,0,54,108"` or `pos="27,18"`; null when it has none. */
export function numbersIn(object: Json, name: string, count: number): number[] | null {
  const parts = (attribute(object, name) ?? '').split(/[\s,]+/).map(Number.parseFloat);
  return parts.length >= count && parts.slice(0, count).every(Number.isFinite) ? parts : null;
}
