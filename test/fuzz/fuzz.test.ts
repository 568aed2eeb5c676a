// Spoiled snapshots: each is read, or refused with a SnapshotError; nothing crashes, hangs or eats the memory. For longer:
// `FUZZ_SECONDS=3600 FUZZ_SEED=1000 npx vitest run test/fuzz`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { heapProgram, nodes, snapshotOf } from '../oracle/snapshots.ts';
import type { SnapshotJson } from '../shared/heap/build-graph.ts';
import { fuzz, seconds, seed } from './run-fuzzer.ts';
import { shrink } from './shrink.ts';

/** Kilobytes; the snapshots are at most 1 MB. */
const mostMemory = 400_000;

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'objgraph-fuzz-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Small and whole snapshots of two versions, whose layouts differ most. */
function writeOriginals(): string[] {
  return ['Node 20', 'Node 26'].flatMap((version) => {
    const whole = snapshotOf(nodes[version], heapProgram, '100');
    const json = JSON.parse(whole.toString()) as SnapshotJson;
    return [300, 3000].map((most) => {
      const file = join(folder, `${version}-${most}.heapsnapshot`);
      writeFileSync(file, JSON.stringify(shrink(json, most)));
      return file;
    });
  });
}

it(
  `reads or refuses every spoiled snapshot, seeds from ${seed}`,
  async () => {
    const { cases, accepted, slowest, peak, failures } = await fuzz('run-cases.ts', writeOriginals(), 101);
    console.log(
      `${cases} spoiled snapshots, ${accepted} read, slowest ${Math.round(slowest)} ms, peak ${Math.round(peak / 1000)} MB`,
    );
    expect(failures).toEqual([]);
    expect(cases).toBeGreaterThan(100);
    expect(accepted).toBeGreaterThan(0);
    expect(peak).toBeLessThan(mostMemory);
  },
  (seconds + 60) * 1000,
);
