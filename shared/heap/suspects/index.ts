// The suspects: everything that may be a leak, by all detectors. To look for one more kind of leak, write a detector in a
// file of its own, and add it to this list.
import type { HeapAnalysis } from '../analysis.ts';
import { isSameProcess } from '../same-process.ts';
import type { Detector, Finding } from './finding.ts';
import { dominating } from './dominating.ts';
import { growth } from './growth.ts';
import { HolderWords } from './holder-words.ts';
import { largeScopes } from './large-scopes.ts';
import { listeners } from './listeners.ts';
import { lookAlikes } from './look-alikes.ts';
import { modules } from './modules.ts';
import { pageGrowth } from './page-growth.ts';
import { pythonCaches } from './python-caches.ts';
import { pythonFinalizers } from './python-finalizers.ts';
import { pythonTasks } from './python-tasks.ts';
import { pythonTracebacks } from './python-tracebacks.ts';
import { timers } from './timers.ts';

/** What one snapshot may show. */
const ofOne: Readonly<Record<string, Detector>> = {
  timers,
  listeners,
  'look-alikes': lookAlikes,
  'large scopes': largeScopes,
  'lru caches': pythonCaches,
  tasks: pythonTasks,
  finalizers: pythonFinalizers,
  tracebacks: pythonTracebacks,
  dominating,
};

/** What several show: nothing that one would excuse, and nothing that does not grow. */
const ofSeveral: Readonly<Record<string, Detector>> = { growth, modules, 'page callbacks': pageGrowth };

/** All detectors, by name. */
export const detectors: Readonly<Record<string, Detector>> = { ...ofSeveral, ...ofOne };

export interface SuspectOptions {
  /** File names inside this folder are shown relative to it. */
  folder?: string;
  /** Strings are replaced by their lengths. */
  redacted?: boolean;
  /** Bytes below which what is merely large is not reported (default 500,000). */
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
  const evidence = {
    now,
    earlier,
    isSameProcess: earlier.every(({ graph }) => isSameProcess(graph, now.graph)),
    words: new HolderWords(now, options.folder, options.redacted),
    leastBytes: options.leastBytes ?? 500_000,
  };
  const findings = Object.entries(earlier.length === 0 ? ofOne : ofSeveral)
    .flatMap(([detector, find]) => find(evidence).map((finding) => complete(detector, finding)))
    .sort((a, b) => b.confidence - a.confidence || b.bytes - a.bytes);
  return withoutRepetition(findings);
}

function complete(detector: string, finding: ReturnType<Detector>[number]): Finding {
  const { count, bytes } = finding;
  return { detector, growth: [{ count, bytes }], holders: 1, consequences: [], doubts: [], ...finding };
}

/** Of several findings about one holder, the surest. */
function withoutRepetition(findings: Finding[]): Finding[] {
  const reported = new Set<number>();
  return findings.filter(({ node }) => !reported.has(node) && reported.add(node));
}
