// Ways to spoil a file: as disks and networks do it, and as an attacker does.

/** Whole numbers from 0 to below a bound. */
export type Random = (bound: number) => number;

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)];
const text = (bytes: string): Uint8Array => new TextEncoder().encode(bytes);

function replace(bytes: Uint8Array, from: number, to: number, middle: Uint8Array): Uint8Array {
  const result = new Uint8Array(from + middle.length + bytes.length - to);
  result.set(bytes.subarray(0, from));
  result.set(middle, from);
  result.set(bytes.subarray(to), from + middle.length);
  return result;
}

/** The first position from a random one on, and round, at which a byte is one of some. */
function position(bytes: Uint8Array, random: Random, isWanted: (byte: number) => boolean): number {
  const start = random(bytes.length);
  for (let i = 0; i < bytes.length; i++)
    if (isWanted(bytes[(start + i) % bytes.length])) return (start + i) % bytes.length;
  return start;
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
const isStructure = (byte: number): boolean => '[]{}",:\\'.includes(String.fromCharCode(byte));
const numbers = [
  '-1',
  '0',
  '1e9',
  '1.5',
  '4294967295',
  '4294967296',
  '9007199254740993',
  '9'.repeat(400),
  'null',
  '',
];
const noise = [
  '[',
  ']',
  '{',
  '}',
  '"',
  ',',
  ':',
  '\\',
  '\0',
  '\u00ff',
  '\n',
  '[[[[',
  ']]',
  '"strings":[',
  '"nodes":[1]',
  'é',
];

const mutations: ((bytes: Uint8Array, random: Random) => Uint8Array)[] = [
  // Cut off, at the end or at the start.
  (bytes, random) => bytes.slice(0, random(bytes.length)),
  (bytes, random) => bytes.slice(random(bytes.length)),
  // A byte is another one.
  (bytes, random) => replace(bytes, ...at(random(bytes.length)), Uint8Array.of(random(256))),
  (bytes, random) => {
    const where = position(bytes, random, () => true);
    return replace(bytes, ...at(where), Uint8Array.of(bytes[where] ^ (1 << random(8))));
  },
  // A digit is another one, is gone, or comes twice.
  (bytes, random) => replace(bytes, ...at(position(bytes, random, isDigit)), text(String(random(10)))),
  (bytes, random) => replace(bytes, ...at(position(bytes, random, isDigit)), text('')),
  (bytes, random) => replace(bytes, ...at(position(bytes, random, isDigit)), text('77')),
  // A number is another one.
  (bytes, random) => {
    const from = position(bytes, random, isDigit);
    let to = from;
    while (isDigit(bytes[to])) to++;
    return replace(bytes, from, to, text(pick(random, numbers)));
  },
  // A number of the header is.
  (bytes, random) => {
    const header = Math.min(bytes.length, 3000);
    const from = position(bytes.subarray(0, header), random, isDigit);
    let to = from;
    while (isDigit(bytes[to])) to++;
    return replace(bytes, from, to, text(pick(random, [...numbers, '4294967294', '100000000', '3'])));
  },
  // A bracket, quote or comma is another one, or is gone.
  (bytes, random) => replace(bytes, ...at(position(bytes, random, isStructure)), text(pick(random, noise))),
  (bytes, random) => replace(bytes, ...at(position(bytes, random, isStructure)), text('')),
  // Something comes in between.
  (bytes, random) => {
    const where = random(bytes.length);
    return replace(bytes, where, where, text(pick(random, noise)));
  },
  // A part is gone, comes twice, or is somewhere else's.
  (bytes, random) => {
    const from = random(bytes.length);
    return replace(bytes, from, Math.min(bytes.length, from + 1 + random(2000)), text(''));
  },
  (bytes, random) => {
    const from = random(bytes.length);
    const part = bytes.slice(from, from + 1 + random(2000));
    return replace(bytes, from, from, part);
  },
  (bytes, random) => {
    const from = random(bytes.length);
    const part = bytes.slice(from, from + 1 + random(200));
    const to = random(bytes.length);
    return replace(bytes, to, Math.min(bytes.length, to + part.length), part);
  },
];

const at = (position: number): [number, number] => [position, position + 1];

/** The bytes with one to three things spoiled. */
export function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let result = bytes;
  for (let times = 1 + random(3); times > 0 && result.length > 0; times--)
    result = pick(random, mutations)(result, random);
  return result;
}

/** What nothing expects. */
const strangeValues: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x',
  '\u001b[31m',
  [],
  {},
  [null],
  { a: 1 },
  { toString: 1 },
  '__proto__',
];

/** A value of JSON in which one value is another one. */
export function spoil(value: unknown, random: Random): unknown {
  if (random(4) === 0 || typeof value !== 'object' || value === null)
    return strangeValues[random(strangeValues.length)];
  const keys = Object.keys(value);
  if (keys.length === 0) return strangeValues[random(strangeValues.length)];
  const key = keys[random(keys.length)];
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  copy[key] = spoil(copy[key], random);
  return copy;
}
