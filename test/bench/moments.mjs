// What comparing snapshots of one process costs, beside the full analysis of each: `objgraph suspects` over three, `growth` over
// two. Processor time and peak memory of whole processes, which take turns; medians.
// Usage: node test/bench/moments.mjs [--size 520] [--rounds 3]
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { momentsOf } from './snapshots.mjs';

const cli = resolve(import.meta.dirname, '../../dist/cli.js');
const atExit = join(import.meta.dirname, 'programs/use-at-exit.mjs');
const { values } = parseArgs({
  options: { size: { type: 'string', default: '520' }, rounds: { type: 'string', default: '3' } },
});
const files = momentsOf(Number(values.size));

/** Seconds of the processor's time and MiB of a command. */
function use(...args) {
  const { status, stderr } = spawnSync(process.execPath, ['--import', atExit, cli, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`objgraph ${args[0]} failed: ${stderr}`);
  return JSON.parse(stderr.trim().split('\n').at(-1));
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const programs = {
  'types, the largest': () => use('types', files[2]),
  'growth of two': () => use('growth', files[0], files[2]),
  'suspects of three': () => use('suspects', ...files),
};
const runs = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
for (let round = 0; round < Number(values.rounds); round++)
  for (const [name, run] of Object.entries(programs)) runs[name].push(run());
for (const [name, all] of Object.entries(runs)) {
  const [cpu, peak] = ['cpu', 'peak'].map((figure) => median(all.map((one) => one[figure])));
  console.log(`${name}: ${cpu.toFixed(2)} s, ${Math.round(peak)} MiB`);
}
