// Spoiled snapshots: each is read, or refused with a SnapshotError; nothing crashes, hangs or eats the memory. For longer:
// `FUZZ_SECONDS=3600 FUZZ_SEED=1000 npx vitest run test/fuzz`.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { heapProgram, nodes, snapshotOf } from '../oracle/snapshots.ts';
import type { SnapshotJson } from '../shared/heap/build-graph.ts';
import type { FuzzResult } from './run-cases.ts';
import { shrink } from './shrink.ts';

const seconds = Number(process.env.FUZZ_SECONDS ?? 15);
const seed = Number(process.env.FUZZ_SEED ?? 1);
/** Milliseconds. */
const longestSilence = 20_000;
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

/** Runs the fuzzer; throws with the seed when it crashes, or says nothing for too long. */
async function fuzz(files: string[]): Promise<FuzzResult> {
  const program = join(folder, 'run-cases.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'run-cases.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    logLevel: 'error',
  });
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=512', program, String(seconds), String(seed), ...files],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let last = '';
  const kill = (): void => void child.kill('SIGKILL');
  let silence = setTimeout(kill, longestSilence);
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    clearTimeout(silence);
    silence = setTimeout(kill, longestSilence);
  }
  clearTimeout(silence);
  if (!last.startsWith('{')) throw new Error(`The reader crashed or hung with seed ${last}`);
  return JSON.parse(last) as FuzzResult;
}

it(
  `reads or refuses every spoiled snapshot, seeds from ${seed}`,
  async () => {
    const { cases, accepted, slowest, peak, failures } = await fuzz(writeOriginals());
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
