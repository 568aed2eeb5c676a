// Whether every analysis takes time in proportion to the heap: a real heap with very many of one kind of thing, and one with
// twice as many. Fails where the larger one takes more than 2.5 times as long. Times of 50 ms are too short to compare.
// Usage: npm run bench:linear -- [--kinds 'linked list,timers'] [--size 500000]
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const node24 = join(root, 'node_modules/node24/bin/node');
const program = join(root, 'test/fixtures/programs/node-kinds.cjs');
const { kinds } = createRequire(import.meta.url)(program);
const mostRatio = 2.5;
const shortest = 50;
const rounds = 3;

/** Things that are large by themselves: fewer of them fill a heap. */
const smaller = {
  'AbortSignal.any': 0.1,
  errors: 0.1,
  'listeners of a signal': 0.2,
  'chain of promises': 0.4,
  timers: 0.4,
  'maps of maps': 0.3,
  FinalizationRegistry: 0.3,
};

/** In a process of its own, which reads TypeScript: milliseconds of processor per analysis and size. */
async function measure(folder) {
  const { HeapAnalysis } = await import('../../shared/heap/analysis.ts');
  const { SnapshotReader } = await import('../../shared/heap/snapshot-reader.ts');
  const { analyses } = await import('./programs/analyses.ts');
  const read = (moment) => {
    const reader = new SnapshotReader();
    reader.write(readFileSync(join(folder, `${moment}.heapsnapshot`)));
    return reader.end();
  };
  const timed = (work) => {
    globalThis.gc();
    const { user, system } = process.cpuUsage();
    work();
    const after = process.cpuUsage();
    return (after.user + after.system - user - system) / 1000;
  };
  const times = { reading: [Infinity, Infinity] };
  for (let round = 0; round < rounds; round++)
    for (const size of [0, 1]) {
      let graphs;
      const took = timed(() => (graphs = [read(size + 1), read(size + 2)]));
      times.reading[size] = Math.min(times.reading[size], took);
      for (const [name, analyse] of Object.entries(analyses)) {
        const [before, now] = graphs.map((graph) => new HeapAnalysis(graph));
        times[name] ??= [Infinity, Infinity];
        times[name][size] = Math.min(
          times[name][size],
          timed(() => analyse(now, before)),
        );
      }
    }
  console.log(JSON.stringify(times));
}

function main() {
  const { values } = parseArgs({
    options: { kinds: { type: 'string' }, size: { type: 'string', default: '500000' } },
  });
  const chosen = values.kinds?.split(',') ?? kinds;
  for (const kind of chosen) {
    const folder = mkdtempSync(join(tmpdir(), 'objgraph-linear-'));
    try {
      const size = Math.round(Number(values.size) * (smaller[kind] ?? 1));
      const flags = ['--max-old-space-size=12000', '--stack-size=4000'];
      execFileSync(node24, [
        ...flags,
        program,
        folder,
        kind,
        String(size / 2),
        String(size),
        String(2 * size),
      ]);
      const { stdout, stderr } = spawnSync(
        node24,
        [
          '--expose-gc',
          '--max-old-space-size=12000',
          '--experimental-transform-types',
          '--no-warnings',
          import.meta.filename,
          '--measure',
          folder,
        ],
        { encoding: 'utf8', maxBuffer: 2 ** 26 },
      );
      if (!stdout) throw new Error(stderr);
      const rows = Object.entries(JSON.parse(stdout)).map(([name, [one, two]]) => ({
        name,
        one,
        two,
        ratio: two / one,
      }));
      const worst = rows.filter(({ two }) => two > shortest).sort((a, b) => b.ratio - a.ratio);
      console.log(
        `${kind}, ${size} and ${2 * size}: ${worst[0].ratio.toFixed(2)}× at most (${worst[0].name})`,
      );
      for (const { name, one, two, ratio } of worst.filter((row) => row.ratio > mostRatio)) {
        console.log(
          `  too slow: ${name}: ${Math.round(one)} ms, ${Math.round(two)} ms, ${ratio.toFixed(2)}×`,
        );
        process.exitCode = 1;
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

if (process.argv[2] === '--measure') await measure(process.argv[3]);
else main();
