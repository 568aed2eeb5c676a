// Writes the `scopes` of a source map, as the proposal says: no bundler does yet.
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const unsigned = (value: number): string =>
  value < 32 ? digits[value] : digits[(value & 31) | 32] + unsigned(value >>> 5);

/** A number with a sign, as mappings have it, too. */
export const signed = (value: number) => unsigned(value < 0 ? (-value << 1) | 1 : value << 1);

/** An item of it: a tag, and what belongs to it. */
export const item = (...numbers: (number | string)[]) =>
  numbers.map((number) => (typeof number === 'string' ? number : unsigned(number))).join('');
