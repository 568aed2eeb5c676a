// What every fuzzer's own program does: case after case until its time is over. Arguments: seconds, the first seed, the fewest cases, and
// files. Prints each seed before its case, and in the end what came of all as JSON.
import { randomNumbers } from '../shared/heap/build-graph.ts';
import type { Random } from './mutations.ts';

export interface FuzzResult {
  cases: number;
  /** Those that were still whole, so that all was done with them. */
  accepted: number;
  /** Milliseconds of the slowest case. */
  slowest: number;
  /** Kilobytes at most. */
  peak: number;
  /** Everything that was thrown and should not have been. */
  failures: { seed: number; error: string }[];
}

const mostTold = 20;

const [seconds, firstSeed, fewest, ...rest] = process.argv.slice(2);
export const files: readonly string[] = rest;

/** `one` returns whether what it made was accepted; it throws what no user should ever see. */
export async function runCases(one: (random: Random) => boolean | Promise<boolean>): Promise<void> {
  const result: FuzzResult = { cases: 0, accepted: 0, slowest: 0, peak: 0, failures: [] };
  const end = performance.now() + Number(seconds) * 1000;
  // Some in any case, however slow the machine is.
  for (let seed = Number(firstSeed); performance.now() < end || result.cases < Number(fewest); seed++) {
    console.log(seed);
    // Seeds in a row would begin alike.
    const random = randomNumbers(Math.imul(seed, 0x9e3779b1) >>> 0);
    const start = performance.now();
    try {
      if (await one(random)) result.accepted++;
    } catch (error) {
      result.failures.push({ seed, error: String((error as Error)?.stack ?? error) });
    }
    result.slowest = Math.max(result.slowest, performance.now() - start);
    result.cases++;
  }
  result.peak = process.resourceUsage().maxRSS;
  result.failures.length = Math.min(result.failures.length, mostTold);
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
}
