// What there is more of than ever before: objgraph's growth.
import { checkCounts, checkOptions } from './arguments.ts';
import { censusOptions, typestats, type CensusOptions } from './census.ts';

/** A type, the number of its instances, and how many more that is than ever before. */
export type TypeGrowth = [type: string, count: number, delta: number];

/** The options of `growth`. */
export interface GrowthOptions extends Omit<CensusOptions, 'objects'> {
  /** How many types to give (default 10; null for all). */
  limit?: number | null;
  /** The highest count seen of each type; read and updated. By default one that lives as long as the process. */
  peakStats?: Record<string, number>;
}

const peaks = new Map<string, number>();

/**
 * The types of which there are more instances than at any call before, largest increase first.
 *
 * @example
 * growth(); // everything: the first call sets the mark
 * handleRequest();
 * growth({ limit: 3 }); // [['MyBigFatObject', 2, 2], ['Object', 1206, 1]]
 */
export function growth(options: number | GrowthOptions = {}): TypeGrowth[] {
  const chosen = typeof options === 'number' ? { limit: options } : options;
  checkOptions('growth', chosen, ['limit', 'peakStats', ...censusOptions.filter((one) => one !== 'objects')]);
  const { limit = 10, peakStats, ...rest } = chosen;
  checkCounts('growth', { limit }, true);
  const deltas: TypeGrowth[] = [];
  for (const [type, total] of Object.entries(typestats(rest))) {
    const known: unknown = peakStats
      ? Object.getOwnPropertyDescriptor(peakStats, type)?.value
      : peaks.get(type);
    const before = (known ?? 0) as number;
    if (total <= before) continue;
    deltas.push([type, total, total - before]);
    if (peakStats) peakStats[type] = total;
    else peaks.set(type, total);
  }
  deltas.sort((a, b) => b[2] - a[2]);
  return limit ? deltas.slice(0, limit) : deltas;
}
