// Spoiled snapshots, read and asked everything; see cases.ts. Arguments beyond its own: snapshots to spoil.
import { readFileSync } from 'node:fs';
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { FastRows } from '../../shared/heap/fast-rows.ts';
import { findPaths } from '../../shared/heap/paths.ts';
import { mergeReferrers } from '../../shared/heap/merge.ts';
import { snapshotGrowth } from '../../shared/heap/snapshot-growth.ts';
import { SnapshotError } from '../../shared/heap/snapshot-error.ts';
import { SnapshotReader } from '../../shared/heap/snapshot-reader.ts';
import { findSuspects } from '../../shared/heap/suspects/index.ts';
import { files, runCases } from './cases.ts';
import { mutate, type Random } from './mutations.ts';

const originals = files.map((file) => readFileSync(file));
const originalHeaps = originals.map((bytes) => new HeapAnalysis(read(bytes, () => bytes.length, null)));
const fastRows = FastRows.create();

function read(bytes: Uint8Array, chunkSize: () => number, fast: FastRows | null): HeapAnalysis['graph'] {
  const reader = new SnapshotReader(fast);
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

await runCases((random) => {
  const which = random(originals.length);
  const bytes = mutate(originals[which], random);
  const chunkSize = random(3) === 0 ? () => random(5000) : () => bytes.length;
  try {
    analyse(
      new HeapAnalysis(read(bytes, chunkSize, random(2) === 0 ? fastRows : null)),
      originalHeaps[which],
      random,
    );
    return true;
  } catch (error) {
    if (error instanceof SnapshotError) return false;
    throw error;
  }
});
