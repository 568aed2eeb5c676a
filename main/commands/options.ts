// Values of options that need checking, the same for all commands.
import { engines, type Engine } from '../../shared/engines.ts';
import { UsageError } from './run.ts';

/** @throws UsageError that lists the engines */
export function readEngine(value: string): Engine {
  if (engines.includes(value as Engine)) return value as Engine;
  throw new UsageError(`there is no layout engine ${JSON.stringify(value)}; there are ${engines.join(', ')}`);
}

/** `WxH` in pixels. @throws UsageError with an example */
export function readGeometry(value: string): { width: number; height: number } {
  const match = /^(\d{1,5})x(\d{1,5})$/i.exec(value);
  const [width, height] = match ? [Number(match[1]), Number(match[2])] : [0, 0];
  if (width > 0 && height > 0) return { width, height };
  throw new UsageError(
    `${JSON.stringify(value)} is no window size; write WIDTHxHEIGHT, for example 1000x700`,
  );
}

/** A whole number from `least` on, up to `most`. @throws UsageError that names the option */
export function readCount<T extends number | null>(
  option: string,
  value: string | undefined,
  standard: T,
  least = 0,
  most = Infinity,
): T | number {
  if (value === undefined) return standard;
  if (/^\d{1,15}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  const range = most === Infinity ? `from ${least} on` : `from ${least} to ${most}`;
  throw new UsageError(`--${option} is a number ${range}, not ${JSON.stringify(value)}`);
}

/** One of a few words. @throws UsageError that lists them */
export function readChoice<T extends string>(option: string, value: string, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  throw new UsageError(`--${option} is one of ${choices.join(', ')}, not ${JSON.stringify(value)}`);
}

const unitsOfTime: Record<string, number> = { '': 1000, ms: 1, s: 1000, m: 60_000, min: 60_000 };

/** Milliseconds from `30s`, `500ms`, `2m` or a number of seconds. @throws UsageError that names the option */
export function readDuration(option: string, value: string | undefined, standard: number): number {
  if (value === undefined) return standard;
  const [, number, unit] = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s|m|min|)$/.exec(value) ?? [];
  const milliseconds = Number(number) * (unitsOfTime[unit] ?? NaN);
  if (milliseconds >= 1 && milliseconds <= 24 * 3_600_000) return milliseconds;
  throw new UsageError(`--${option} is a time such as 30s or 2m, not ${JSON.stringify(value)}`);
}
