// Reading heap snapshots, beside Chrome DevTools' own code, memlab and JSON.parse: time to the loaded graph, to the
// histogram and to the full analysis, and peak memory. The programs take turns; medians and ratios are told.
// Usage: node test/bench/heaps.mjs [--scales 1,3.5,17,38] [--rounds 3]
// memlab and the toolkit are installed into node_modules/.cache when the bench first runs; snapshots are kept there too.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const cache = join(root, 'node_modules/.cache/objgraph');
const { values } = parseArgs({
  options: {
    scales: { type: 'string', default: '1,3.5,17,38' },
    rounds: { type: 'string', default: '3' },
  },
});

function competitors() {
  const folder = join(cache, 'bench');
  if (!existsSync(join(folder, 'node_modules/heap-snapshot-toolkit'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    // memlab would download a browser.
    const packages = ['@memlab/heap-analysis@2', 'heap-snapshot-toolkit@1'];
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], {
      cwd: folder,
    });
  }
  const devtools = readdirSync(cache).find((name) => name.startsWith('devtools-'));
  if (!devtools) throw new Error('DevTools is not bundled yet: run `npx vitest run test/oracle` once');
  return {
    objgraph: undefined,
    devtools: join(cache, devtools),
    memlab: join(folder, 'node_modules/@memlab/heap-analysis/dist/index.js'),
    toolkit: join(folder, 'node_modules/heap-snapshot-toolkit/index.js'),
    'JSON.parse': undefined,
  };
}

function snapshotOf(scale) {
  const file = join(cache, `heap-${scale}.heapsnapshot`);
  if (!existsSync(file)) {
    const program = join(import.meta.dirname, 'programs/make-snapshot.mjs');
    execFileSync(process.execPath, ['--max-old-space-size=16000', program, scale, file], {
      stdio: 'inherit',
    });
  }
  return file;
}

/** One run in a process of its own; null when the program cannot read this file. */
function read(program, file, bundle) {
  const script = join(import.meta.dirname, 'programs/read-snapshot.mjs');
  const args = ['--max-old-space-size=16000', script, program, file, ...(bundle ? [bundle] : [])];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return status === 0 ? JSON.parse(stdout.trim().split('\n').at(-1)) : null;
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const seconds = (ms) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
const mb = (bytes) => `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB`;

/** A figure, and how many times ours it is. */
function cell(result, ours, figure, write) {
  if (!result) return 'fails';
  if (result[figure] === undefined) return '';
  return `${write(result[figure])} (${(result[figure] / ours[figure]).toFixed(1)}×)`;
}

const bundles = competitors();
const titles = {
  objgraph: 'objgraph',
  devtools: "Chrome DevTools' code",
  memlab: 'memlab',
  toolkit: 'heap-snapshot-toolkit',
  'JSON.parse': '`JSON.parse`',
};
for (const scale of values.scales.split(',')) {
  const file = snapshotOf(scale);
  const runs = Object.fromEntries(Object.keys(bundles).map((program) => [program, []]));
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [program, bundle] of Object.entries(bundles)) runs[program].push(read(program, file, bundle));
  const results = Object.fromEntries(
    Object.entries(runs).map(([program, all]) => {
      if (all.includes(null)) return [program, null];
      return [
        program,
        Object.fromEntries(
          Object.keys(all[0]).map((figure) => [figure, median(all.map((run) => run[figure]))]),
        ),
      ];
    }),
  );
  const rows = Object.entries(titles).map(([program, title]) =>
    [
      title,
      cell(results[program], results.objgraph, 'loaded', seconds),
      cell(results[program], results.objgraph, 'histogram', seconds),
      cell(results[program], results.objgraph, 'full', seconds),
      cell(results[program], results.objgraph, 'peak', mb),
    ].join(' | '),
  );
  const head = [
    `a snapshot of ${mb(statSync(file).size)}`,
    'loaded',
    'histogram',
    'full analysis',
    'peak memory',
  ];
  const lines = [head.join(' | '), head.map(() => '---').join(' | '), ...rows].map((row) => `| ${row} |`);
  console.log(`${lines.join('\n')}\n`);
}
