// What the page sends is data from outside: every parameter is read by one of these, and refused in words.
import { startInBackground } from '../../background.ts';

/** Answers to a part of the protocol. What was not asked as the protocol says is refused by a TypeError or RangeError. */
export type Handlers<Part extends { [M in keyof Part]: { result: unknown } }> = {
  [M in keyof Part]: (params: unknown) => Promise<Part[M]['result']>;
};

/** Answers at once: the outcome of the work comes as an event, and so does its failure, by `report`. */
export function acknowledge(work: Promise<void> | void, report?: (message: string) => void): Promise<null> {
  if (work) startInBackground(work, report);
  return Promise.resolve(null);
}

export function textIn(params: unknown, name: string, longest: number): string {
  const value = valueIn(params, name);
  if (typeof value !== 'string') throw new TypeError(`The request needs ${name}, a text`);
  if (value.length > longest) throw new RangeError(`${name} is longer than ${longest} characters`);
  return value;
}

const longestPath = 4096;

export function pathIn(params: unknown): string {
  const path = textIn(params, 'path', longestPath);
  if (path === '') throw new TypeError('The path is empty');
  return path;
}

export function choiceIn<T extends string>(params: unknown, name: string, choices: readonly T[]): T {
  const value = textIn(params, name, 100);
  if (choices.includes(value as T)) return value as T;
  throw new TypeError(`${name} is one of ${choices.join(', ')}`);
}

export function numberIn(params: unknown, name: string, least: number, most: number): number {
  const value = valueIn(params, name);
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new TypeError(`${name} is a number from ${least} to ${most}`);
}

export function flagIn(params: unknown, name: string): boolean {
  const value = valueIn(params, name);
  if (typeof value === 'boolean') return value;
  throw new TypeError(`${name} is true or false`);
}

export function wholeNumberIn(
  params: unknown,
  name: string,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const value = valueIn(params, name);
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most)
    return value as number;
  throw new TypeError(`${name} is a whole number from ${least} to ${most}`);
}

export function wholeNumbersIn(params: unknown, name: string, most: number): number[] {
  const value = valueIn(params, name);
  const isList = Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
  if (!isList) throw new TypeError(`${name} is a list of whole numbers`);
  if (value.length > most) throw new RangeError(`${name} has more than ${most} numbers`);
  return value as number[];
}

/** The parameter itself, not yet looked at. */
export function valueIn(params: unknown, name: string): unknown {
  return typeof params === 'object' && params !== null && Object.hasOwn(params, name)
    ? (params as Record<string, unknown>)[name]
    : undefined;
}
