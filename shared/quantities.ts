// How counts and bytes are written for people, in the window, by commands and in pictures.

/** `2,000`. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `['1.2', 'MB']`, in powers of ten, as DevTools writes them. */
export function inUnits(bytes: number): [number: string, unit: string] {
  let unit = 0;
  let value = bytes;
  // Not yet at 999.96, which would be written 1000.0.
  while (Math.abs(value) >= (unit === 0 ? 999.5 : 999.95) && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return [unit === 0 ? String(Math.round(value)) : value.toFixed(1), units[unit]];
}

/** `12.3 %`. */
export const inPercent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** `1.2 MB`. */
export const inBytes = (bytes: number): string => inUnits(bytes).join(' ');
