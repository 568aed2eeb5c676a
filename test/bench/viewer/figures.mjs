// The figures that sum up several runs.

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** The median of each figure of all runs; null where one of them has none. */
export const medians = (runs) =>
  Object.fromEntries(
    Object.keys(runs[0]).map((figure) => {
      const all = runs.map((run) => run[figure]);
      return [figure, all.includes(null) ? null : Math.round(median(all))];
    }),
  );
