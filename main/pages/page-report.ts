// What a measurement found, as a value: for messages, for JSON and for attachments. Everything a reader acts on is in it.
import { LeakNaming, type FoundLeak, type LeakPath } from './leak-naming.ts';
import type { Measurement } from './measure.ts';

export type { FoundLeak, LeakPath } from './leak-naming.ts';
export type { LeakCause } from './leak-words.ts';

/** What `findLeaks` gives. */
export interface LeakReport {
  /** What leaks, the surest and largest first; empty when nothing does. */
  leaks: FoundLeak[];
  /** What grew, but not in step with the runs: not counted as a leak. */
  suspects: FoundLeak[];
  /** Per window, how often the action ran, after it had run `warmup` times. */
  runs: number[];
  warmup: number;
  /** The heaps that were compared. */
  heaps: string[];
  snapshots: number;
  /** Milliseconds in all, and of the action itself. */
  time: { all: number; action: number };
}

const maxNamed = 12;

/** A report, and per leak, what keeps it. */
export interface NamedLeaks {
  report: LeakReport;
  paths: ReadonlyMap<FoundLeak, LeakPath>;
}

/** Names what was found, while the page is still there to be asked. */
export async function reportOf(measurement: Measurement): Promise<NamedLeaks> {
  const { runs, warmup, heaps, snapshots, time } = measurement;
  const found: { leak: FoundLeak; isLeak: boolean }[] = [];
  const paths = new Map<FoundLeak, LeakPath>();
  for (const measured of heaps) {
    if (measured.leaks.length === 0) continue;
    const naming = await LeakNaming.of(measured);
    for (const one of measured.leaks.slice(0, maxNamed)) {
      const { leak, path } = await naming.name(one);
      found.push({ leak, isLeak: one.kind === 'leak' });
      paths.set(leak, path);
    }
  }
  const merged = mergeAlike(found.filter(({ isLeak }) => isLeak).map(({ leak }) => leak));
  const report = {
    leaks: merged.sort((a, b) => rank(b) - rank(a) || b.bytes - a.bytes),
    suspects: found.filter(({ isLeak }) => !isLeak).map(({ leak }) => leak),
    ...{ runs, warmup, snapshots, heaps: heaps.map(({ heap }) => heap.name), time },
  };
  return { report, paths };
}

/** What can be acted on comes first: what holds, before what is held. */
function rank({ cause, name }: FoundLeak): number {
  if (
    cause === 'object' &&
    /^(?:Object|Array|Promise|Context|string|Abort(?:Signal|Controller))\b/.test(name)
  )
    return 1;
  return cause === 'size' || cause === 'function' ? 1 : 2;
}

/** Nodes of one tree that are held each by itself are one leak. */
function mergeAlike(leaks: readonly FoundLeak[]): FoundLeak[] {
  const known = new Map<string, FoundLeak>();
  for (const leak of leaks) {
    const key = `${leak.heap} ${leak.summary}`;
    const first = known.get(key);
    if (first) first.bytes += leak.bytes;
    else known.set(key, leak);
  }
  return [...known.values()];
}
