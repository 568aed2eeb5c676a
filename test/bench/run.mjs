// Measures speed and memory, as ratios within one run; the competitors take turns, and medians are reported.
// `npm run bench` prints the tables; with --write they go into the README.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const rounds = 5;

function node(program, ...args) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'programs', program), ...args],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${stderr}`);
  return { wall: performance.now() - start, ...(stdout ? JSON.parse(stdout) : {}) };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** Runs each of the named measurements once a round, in turn, and gives the median of each figure. */
function interleaved(measurements, count = rounds) {
  const results = Object.fromEntries(Object.keys(measurements).map((name) => [name, []]));
  for (let round = 0; round < count; round++)
    for (const [name, measure] of Object.entries(measurements)) results[name].push(measure());
  return Object.fromEntries(
    Object.entries(results).map(([name, runs]) => [
      name,
      Object.fromEntries(
        Object.keys(runs[0]).map((figure) => [figure, median(runs.map((run) => run[figure]))]),
      ),
    ]),
  );
}

const ms = (value) => (value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`);
const mb = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
const times = (ratio) => `${ratio.toFixed(ratio < 10 ? 2 : 0)}×`;
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function bareProcess() {
  const whole = interleaved({
    nothing: () => node('start.mjs', 'nothing'),
    showRefs: () => node('start.mjs', 'showRefs'),
    showBackrefs: () => node('start.mjs', 'showBackrefs'),
  });
  const inside = interleaved({
    v8: () => node('ask.mjs', 'v8', '0'),
    showRefs: () => node('ask.mjs', 'showRefs', '0'),
    showBackrefs: () => node('ask.mjs', 'showBackrefs', '0'),
  });
  return table(
    ['in a bare process', 'the call', "V8's own snapshot", 'share of V8', 'process start to exit'],
    ['showRefs', 'showBackrefs'].map((name) => [
      `\`${name}\``,
      ms(inside[name].time),
      ms(inside.v8.time),
      `${Math.round((100 * inside.v8.time) / inside[name].time)} %`,
      `${ms(whole[name].wall)} (without the call: ${ms(whole.nothing.wall)})`,
    ]),
  );
}

function largeHeap() {
  const users = '500000';
  const names = {
    v8: "V8's own snapshot",
    byType: "byType('User')",
    growth: 'growth()',
    showBackrefsOfUser: 'showBackrefs(user)',
  };
  const results = interleaved(
    Object.fromEntries(Object.keys(names).map((name) => [name, () => node('ask.mjs', name, users)])),
    3,
  );
  return table(
    [
      `on a heap of ${mb(results.v8.heap)}`,
      'time',
      'beside V8',
      'peak memory above the program',
      'beside V8',
    ],
    Object.entries(names).map(([name, title]) => {
      const extra = (result) => result.peak - result.rss;
      return [
        `\`${title}\``,
        ms(results[name].time),
        times(results[name].time / results.v8.time),
        mb(extra(results[name])),
        times(extra(results[name]) / extra(results.v8)),
      ];
    }),
  );
}

function allocation() {
  const { rates } = interleaved({ rates: () => node('allocate.mjs') }, 3);
  const row = (title, value) => [title, times(value / rates.before)];
  return table(
    ['allocation speed', 'beside the speed before'],
    [
      row('after a picture', rates.afterPicture),
      row('after counting', rates.afterCount),
      row('while ids are kept (`id`, `getNewIds`, `takeSnapshot`)', rates.whileKeepingIds),
      row('after `forgetIds()`', rates.afterForgetting),
    ],
  );
}

const machine = `Node ${process.versions.node}, ${cpus().length} cores; medians of one run (\`npm run bench\`).`;
const report = [machine, bareProcess(), largeHeap(), allocation()].join('\n\n');
console.log(report);
if (process.argv.includes('--write')) {
  const readme = join(root, 'README.md');
  const text = readFileSync(readme, 'utf8').replace(
    /<!-- bench -->[\s\S]*<!-- \/bench -->/,
    () => `<!-- bench -->\n\n${report}\n\n<!-- /bench -->`,
  );
  writeFileSync(readme, text);
}
