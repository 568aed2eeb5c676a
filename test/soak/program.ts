// One soak in a process of its own, started by run.mjs. Arguments: its name, how many times, for how many seconds at most.
import { soakAttaches } from './attaches.ts';
import { soakDocuments } from './documents.ts';
import { soakLingering } from './lingering.ts';
import { isBack, tableOf, type Comparison } from './measure.ts';
import { soakReloads } from './reloads.ts';
import { soakWindows } from './windows.ts';

/** When a soak is over: whichever comes first. */
export interface Bound {
  times: number;
  /** As `performance.now()` returns it. */
  deadline: number;
}

export interface SoakResult {
  /** What was done, in words, with numbers. */
  done: string;
  /** By whose holdings they are. */
  compared: Record<string, Comparison[]>;
}

const soaks: Record<string, (bound: Bound) => Promise<SoakResult>> = {
  documents: soakDocuments,
  attaches: soakAttaches,
  reloads: soakReloads,
  windows: soakWindows,
  lingering: soakLingering,
};

const [name, times, seconds] = process.argv.slice(2);
const start = performance.now();
const { done, compared } = await soaks[name]({
  times: Number(times),
  deadline: start + Number(seconds) * 1000,
});
console.log(`\n${name}: ${done}, in ${Math.round((performance.now() - start) / 1000)} s`);
for (const [whose, comparisons] of Object.entries(compared)) console.log(`\n${tableOf(whose, comparisons)}`);
process.exit(Object.values(compared).flat().every(isBack) ? 0 : 1);
