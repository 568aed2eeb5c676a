// The fuzzer itself, a program of its own, so that a hang or an exhausted memory is seen from outside. Arguments: seconds,
// the first seed, and snapshots to spoil. Prints each seed before its case, and in the end what came of all as JSON.
import { readFileSync } from 'node:fs';
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { findPaths } from '../../shared/heap/paths.ts';
import { mergeReferrers } from '../../shared/heap/merge.ts';
import { snapshotGrowth } from '../../shared/heap/snapshot-growth.ts';
import { SnapshotError } from '../../shared/heap/snapshot-error.ts';
import { SnapshotReader } from '../../shared/heap/snapshot-reader.ts';
import { findSuspects } from '../../shared/heap/suspects/index.ts';
import { randomNumbers } from '../shared/heap/build-graph.ts';
import { mutate, type Random } from './mutations.ts';

export interface FuzzResult {
  cases: number;
  /** Files that were still snapshots; all analyses were made of them. */
  accepted: number;
  /** Milliseconds of the slowest case. */
  slowest: number;
  /** Kilobytes at most. */
  peak: number;
  /** Everything that was thrown and is no SnapshotError. */
  failures: { seed: number; error: string }[];
}

const [seconds, firstSeed, ...files] = process.argv.slice(2);
const originals = files.map((file) => readFileSync(file));
const originalHeaps = originals.map((bytes) => new HeapAnalysis(read(bytes, () => bytes.length)));

function read(bytes: Uint8Array, chunkSize: () => number): HeapAnalysis['graph'] {
  const reader = new SnapshotReader();
  for (let from = 0; from < bytes.length;) {
    const to = from + 1 + chunkSize();
    reader.write(bytes.subarray(from, to));
    from = to;
  }
  return reader.end();
}

/** Asks everything of a heap that cannot exist, and yet was read. */
function analyse(analysis: HeapAnalysis, original: HeapAnalysis, random: Random): void {
  const { graph, classes, histogram, objects } = analysis;
  const ask = [
    histogram.counts,
    analysis.distances,
    analysis.duplicateStrings,
    analysis.detachedDom,
    snapshotGrowth(original, analysis),
    snapshotGrowth(analysis, original, 'id'),
    findSuspects([analysis], { leastBytes: 100 }),
  ];
  if (ask.length === 0 || graph.nodeCount === 0) return;
  const instances = analysis.instances(random(classes.list.length));
  if (instances.length > 0) mergeReferrers(analysis, instances);
  findPaths(objects, random(graph.nodeCount));
}

const result: FuzzResult = { cases: 0, accepted: 0, slowest: 0, peak: 0, failures: [] };
const end = performance.now() + Number(seconds) * 1000;
for (let seed = Number(firstSeed); performance.now() < end; seed++) {
  console.log(seed);
  // Seeds in a row would begin alike.
  const random = randomNumbers(Math.imul(seed, 0x9e3779b1) >>> 0);
  const which = random(originals.length);
  const start = performance.now();
  try {
    const bytes = mutate(originals[which], random);
    const chunkSize = random(3) === 0 ? () => random(5000) : () => bytes.length;
    const graph = read(bytes, chunkSize);
    result.accepted++;
    analyse(new HeapAnalysis(graph), originalHeaps[which], random);
  } catch (error) {
    if (!(error instanceof SnapshotError))
      result.failures.push({ seed, error: String((error as Error)?.stack ?? error) });
  }
  result.slowest = Math.max(result.slowest, performance.now() - start);
  result.cases++;
}
result.peak = process.resourceUsage().maxRSS;
console.log(JSON.stringify(result));
