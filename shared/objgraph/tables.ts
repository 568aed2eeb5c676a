// objgraph's tables, column for column; and where printed lines go.
import { process } from './node-modules.ts';
import { printable } from '../printable.ts';
import { grouped } from '../quantities.ts';
import { checkOptions } from './arguments.ts';
import { censusOptions, mostCommonTypes, type CensusOptions } from './census.ts';
import { growth, type GrowthOptions } from './growth.ts';

/** Where text can be written: a stream, a file, or anything with `write`. */
export interface Output {
  /** Takes whole lines, each with its line feed. What it returns is ignored. */
  write(text: string): unknown;
}

/** Type, old, current, new, delta. */
export type NewIdsRow = [type: string, old: number, current: number, fresh: number, delta: number];

/**
 * Prints the types with the most instances.
 *
 * @example
 * showMostCommonTypes({ limit: 3 });
 * // Function 3,310
 * // Object   1,204
 * // Array     402
 */
export function showMostCommonTypes(
  options: number | (CensusOptions & { limit?: number | null; output?: Output }) = {},
): void {
  const chosen = typeof options === 'number' ? { limit: options } : options;
  checkOptions('showMostCommonTypes', chosen, ['limit', 'output', ...censusOptions]);
  const { output, ...rest } = chosen;
  const rows = mostCommonTypes(rest);
  const width = widest(rows.map(([type]) => type));
  print(output, ...rows.map(([type, count]) => `${type.padEnd(width)} ${grouped(count)}`));
}

/**
 * Prints the types of which there are more instances than at any call before.
 *
 * @example
 * showGrowth();
 * // MyBigFatObject        2        +2
 * // Object             1206        +1
 */
export function showGrowth(options: number | (GrowthOptions & { output?: Output }) = {}): void {
  const chosen = typeof options === 'number' ? { limit: options } : options;
  checkOptions('showGrowth', chosen, ['limit', 'peakStats', 'output', 'snapshot', 'shortNames', 'filter']);
  const { output, ...rest } = chosen;
  // A stream makes its own objects when it is first written to: not now, or they would be the growth of the next call.
  (output ?? process.stdout).write('');
  const rows = growth(rest);
  const width = widest(rows.map(([type]) => type));
  print(
    output,
    ...rows.map(
      ([type, count, delta]) =>
        type.padEnd(width) + String(count).padStart(9) + ` ${signed(delta).padStart(9)}`,
    ),
  );
}

/** Prints the table of `getNewIds`; nothing when there are no rows. */
export function printNewIds(rows: readonly NewIdsRow[], output?: Output): void {
  if (rows.length === 0) return;
  const width = widest(rows.map(([type]) => type));
  const rule = '='.repeat(width + 13 * 4);
  const head = ['Old_ids', 'Current_ids', 'New_ids', 'Count_Deltas']
    .map((title) => title.padStart(13))
    .join('');
  print(
    output,
    rule,
    'Type'.padEnd(width) + head,
    rule,
    ...rows.map(
      ([type, old, current, fresh, delta]) =>
        type.padEnd(width) +
        [String(old), String(current), signed(fresh), signed(delta)]
          .map((cell) => cell.padStart(13))
          .join(''),
    ),
    rule,
  );
}

/**
 * Writes lines; to standard output by default. Names of types are the program's: a terminal gets them made
 * printable.
 */
export function print(output: Output | undefined, ...lines: string[]): void {
  if (output) for (const line of lines) output.write(`${line}\n`);
  else for (const line of lines) process.stdout.write(`${printable(line)}\n`);
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

function signed(value: number): string {
  return value < 0 ? String(value) : `+${value}`;
}
