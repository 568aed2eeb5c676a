// The suspects: everything that may be a leak, by all detectors. To look for one more kind of leak, write a detector in a
// file of its own, and add it to this list.
import type { HeapAnalysis } from '../analysis.ts';
import { IdIndex } from '../id-index.ts';
import { isSameProcess } from '../same-process.ts';
import type { Detector, Finding } from './finding.ts';
import { dominating } from './dominating.ts';
import { growingCollections } from './growing-collections.ts';
import { HolderWords } from './holder-words.ts';
import { largeScopes } from './large-scopes.ts';
import { listeners } from './listeners.ts';
import { lookAlikes } from './look-alikes.ts';
import { survivors } from './survivors.ts';
import { timers } from './timers.ts';

/** All detectors, by name. */
export const detectors: Readonly<Record<string, Detector>> = {
  'growing collection': growingCollections,
  survivors,
  timers,
  listeners,
  'look-alikes': lookAlikes,
  'large scopes': largeScopes,
  dominating,
};

export interface SuspectOptions {
  /** File names inside this folder are told relative to it. */
  folder?: string;
  /** Strings are not told, only how long they are. */
  redacted?: boolean;
  /** Bytes below which what is merely large is not told (default 500,000). */
  leastBytes?: number;
}

/**
 * What may be a leak in the last of some snapshots, the surest first. One snapshot shows what is large; two show what
 * grew; three (before, during and after some work that should leave nothing) show what stays.
 *
 * @param snapshots of one process, the oldest first
 * @throws RangeError when there is none, or when they are of different processes
 * @example
 * for (const { summary, because } of findSuspects([before, during, after])) console.log(summary, because);
 */
export function findSuspects(snapshots: readonly HeapAnalysis[], options: SuspectOptions = {}): Finding[] {
  const now = snapshots.at(-1);
  if (!now) throw new RangeError('findSuspects: there is no snapshot');
  const earlier = snapshots.slice(0, -1);
  for (const [i, { graph }] of earlier.entries())
    if (!isSameProcess(graph, new IdIndex(graph), now.graph))
      throw new RangeError(
        `findSuspects: snapshot ${i + 1} is of another process than the last one, so that their objects cannot be compared`,
      );
  const evidence = {
    now,
    earlier,
    words: new HolderWords(now, options.folder, options.redacted),
    leastBytes: options.leastBytes ?? 500_000,
  };
  const findings = Object.entries(detectors)
    .flatMap(([detector, find]) => find(evidence).map((finding): Finding => ({ detector, ...finding })))
    .sort((a, b) => b.confidence - a.confidence || b.bytes - a.bytes);
  return withoutRepetition(findings);
}

/** Of several findings about one holder, the surest. */
function withoutRepetition(findings: Finding[]): Finding[] {
  const told = new Set<number>();
  return findings.filter(({ node }) => !told.has(node) && told.add(node));
}
