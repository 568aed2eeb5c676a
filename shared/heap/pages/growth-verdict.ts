// Whether objects became more with every run of an action. Runs come in windows of different lengths, so that a number which
// fits all of them is no coincidence: of all groups of up to twenty objects in each window, one in a hundred
// fits 7, 5 and 11.

/** `leak`: so many with every run. `grows`: more in every window, but not in step. `bounded`: no growth that lasts. */
export type GrowthKind = 'leak' | 'grows' | 'bounded';

export interface GrowthVerdict {
  kind: GrowthKind;
  /** How many each run left; a fraction when only some runs do. */
  perRun: number;
}

/** Of large numbers, this share may be missing or too much: a parser or a cache takes part. */
const tolerance = 0.02;
/** What comes more rarely than with every fourth run is not in step with the runs. */
const leastRate = 0.25;
/** What comes with some of the runs comes with every second, third or fourth. */
const partsOfRuns = [2, 3, 4];

/**
 * Compares what each window of runs left behind, all counted at the end.
 *
 * @param left per window, how many objects were made in it and are still there
 * @param runs per window, how often the action ran
 * @example
 * growthVerdict([7, 5, 11], [7, 5, 11]); // { kind: 'leak', perRun: 1 }
 * growthVerdict([0, 0, 4], [7, 5, 11]); // { kind: 'bounded', … }: a cache that keeps four
 */
export function growthVerdict(left: readonly number[], runs: readonly number[]): GrowthVerdict {
  const last = runs.length - 1;
  const total = left.reduce((sum, count) => sum + count, 0);
  const rate = total / runs.reduce((sum, count) => sum + count, 0);
  // The latest window may hold what the next run would free, or lack what only the next run leaves.
  const settled = left.slice(0, Math.max(1, last));
  const settledRuns = runs.slice(0, Math.max(1, last));
  const whole = Math.round(
    settled.reduce((sum, n) => sum + n, 0) / settledRuns.reduce((sum, n) => sum + n, 0),
  );
  const isWhole =
    whole >= 1 &&
    left.every((count, i) => {
      const expected = whole * runs[i];
      const slack = Math.floor(tolerance * expected) + (i === last && last > 0 ? whole : 0);
      return Math.abs(count - expected) <= slack;
    });
  if (isWhole) return { kind: 'leak', perRun: whole };
  // Two windows are too few for a fraction. Of what comes with every second run, a window has half, rounded up or down.
  const part = partsOfRuns.map((parts) => Math.round(parts * rate) / parts).find(fits);
  if (part !== undefined && runs.length > 2) return { kind: 'leak', perRun: part };
  const isGrowing = rate >= leastRate && left.every((count, i) => count >= (rate * runs[i]) / 2);
  return { kind: isGrowing ? 'grows' : 'bounded', perRun: rate };

  function fits(perRun: number): boolean {
    return (
      perRun >= leastRate && left.every((count, i) => count > 0 && Math.abs(count - perRun * runs[i]) < 1)
    );
  }
}
