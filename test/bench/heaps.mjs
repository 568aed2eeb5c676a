// Reading heap snapshots, beside Chrome DevTools' own code, memlab, heap-snapshot-toolkit and JSON.parse: time to the
// loaded graph, to the histogram and to the full analysis, and peak memory. The programs take turns, one at a time.
// Usage: node test/bench/heaps.mjs [--sizes 32,110,520,1170] [--rounds 3]    measures, and keeps the results
//          [--programs objgraph,memlab]                                      only these programs
//        node test/bench/heaps.mjs --write                                   puts the kept results into the README and docs/heap-cost.svg
//        node test/bench/heaps.mjs --check [--sizes 110,520,1170]            every node against DevTools' figures, and the
//                                                                            same heap from file, gzip and standard input
// Snapshots and the other programs are kept in the system's folder for temporary files.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';
import { costChart } from './heap-chart.mjs';
import { heapTable, readResults, resultFile } from './heap-table.mjs';
import { folder, memory, snapshotOf, usersOf } from './snapshots.mjs';

const root = resolve(import.meta.dirname, '../..');
/** Seconds after which a program is stopped. */
const patience = 600;
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '32,110,520,1170' },
    rounds: { type: 'string', default: '3' },
    programs: { type: 'string' },
    check: { type: 'boolean' },
    write: { type: 'boolean' },
  },
});

/** The programs, and what each of them is loaded from. */
function competitors() {
  const modules = join(folder, 'node_modules');
  if (!existsSync(join(modules, 'heap-snapshot-toolkit'))) {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }');
    // memlab would download a browser.
    const packages = ['@memlab/core@2', 'heap-snapshot-toolkit@1'];
    const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', ['install', ...options, ...packages], { cwd: folder });
  }
  return {
    objgraph: undefined,
    devtools: devtools(),
    memlab: join(modules, '@memlab/core'),
    toolkit: join(modules, 'heap-snapshot-toolkit/index.js'),
    'JSON.parse': undefined,
  };
}

/** DevTools' code for Node. */
function devtools() {
  const cache = join(root, 'node_modules/.cache/objgraph');
  const bundle = existsSync(cache) && readdirSync(cache).find((name) => name.startsWith('devtools-'));
  if (!bundle) throw new Error('DevTools is not bundled yet: run `npx vitest run test/oracle` once');
  return join(cache, bundle);
}

/** One run in a process of its own: its stages, or why there are none. */
function read(program, file, bundle) {
  return run('read-snapshot.mjs', [program, file, ...(bundle ? [bundle] : [])]);
}

/** The answer of a program, or why there is none. */
function run(program, args) {
  const script = join(import.meta.dirname, 'programs', program);
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [memory, script, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 1000 * patience,
    killSignal: 'SIGKILL',
  });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1));
  if (error?.code === 'ETIMEDOUT') return { failure: `> ${patience} s` };
  if (/out of memory/.test(stderr)) return { failure: 'out of memory' };
  const reason = /^\w*Error.*$/m.exec(stderr)?.[0] ?? `status ${status}`;
  return { failure: 'fails', reason };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** The median of each figure of each stage; the failure, if one run failed. */
function summary(runs) {
  const failed = runs.find(({ failure }) => failure);
  if (failed) return failed;
  const figures = ['time', 'cpu', 'peak'];
  const middle = (stage) =>
    Object.fromEntries(
      figures.map((figure) => [figure, Math.round(median(runs.map((run) => run[stage][figure])))]),
    );
  return Object.fromEntries(Object.keys(runs[0]).map((stage) => [stage, middle(stage)]));
}

async function measure(megabytes, rounds) {
  const chosen = values.programs?.split(',');
  const bundles = Object.fromEntries(
    Object.entries(competitors()).filter(([program]) => chosen?.includes(program) ?? true),
  );
  const file = snapshotOf(megabytes);
  const runs = Object.fromEntries(Object.keys(bundles).map((program) => [program, []]));
  // No program is the first to read the file from the disk.
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) void chunk;
  for (let round = 0; round < rounds; round++) {
    for (const [program, bundle] of Object.entries(bundles)) {
      // Who has failed once is not waited for again.
      if (runs[program].some(({ failure }) => failure)) continue;
      runs[program].push(read(program, file, bundle));
      console.error(
        `${megabytes} MB, round ${round + 1}, ${program}: ${JSON.stringify(runs[program].at(-1))}`,
      );
    }
  }
  const result = {
    megabytes,
    bytes: statSync(file).size,
    rounds,
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    machine: `${cpus()[0].model.trim()}, ${cpus().length} cores`,
    programs: Object.fromEntries(Object.entries(runs).map(([program, all]) => [program, summary(all)])),
  };
  mkdirSync(join(import.meta.dirname, 'results'), { recursive: true });
  writeFileSync(resultFile(megabytes), `${JSON.stringify(result, null, 2)}\n`);
}

/** Reads a snapshot from a file, a gzip and standard input, and compares the counts with what the program made. */
async function check(megabytes) {
  const users = usersOf(megabytes);
  const file = snapshotOf(megabytes);
  const gzip = `${file}.gz`;
  if (!existsSync(gzip))
    await pipeline(createReadStream(file), createGzip({ level: 1 }), createWriteStream(gzip));
  const types = (source, input) => {
    const args = [memory, join(root, 'dist/cli.js'), 'types', source, '--json'];
    const stdio = [input ?? 'ignore', 'pipe', 'inherit'];
    return execFileSync(process.execPath, args, { encoding: 'utf8', stdio, maxBuffer: 2 ** 28 });
  };
  const answer = types(file);
  const rows = JSON.parse(answer).types;
  const sum = (figure) => rows.reduce((total, row) => total + row[figure], 0);
  const count = (name) =>
    rows.filter(({ type }) => type === name).reduce((total, row) => total + row.count, 0);
  const sessions = Math.ceil(users / 4);
  const expected = { User: users, Address: users, Order: users, ListNode: users, Session: sessions };
  for (const [name, wanted] of Object.entries(expected))
    if (count(name) !== wanted) throw new Error(`${file}: ${count(name)} of ${name} instead of ${wanted}`);
  if (types(gzip) !== answer) throw new Error(`${gzip} is read as another heap than ${file}`);
  for (const source of [file, gzip])
    if (types('-', openSync(source, 'r')) !== answer)
      throw new Error(`${source} on standard input is read as another heap than the file`);
  console.log(
    `${file}: ${statSync(file).size} bytes, ${sum('count')} objects of ${sum('shallowSize')} bytes, ` +
      'the same from file, gzip and standard input',
  );
}

/** Compares every node and every class with what DevTools makes of them. */
function compare(megabytes) {
  const file = snapshotOf(megabytes);
  const { nodes, different, failure, reason } = run('compare-with-devtools.mjs', [file, devtools()]);
  if (failure) {
    console.log(
      `${file}: not compared, because DevTools' code ${[failure, reason].filter(Boolean).join(': ')}`,
    );
    return;
  }
  if (Object.values(different).some((count) => count > 0))
    throw new Error(`${file}: not the figures of DevTools: ${JSON.stringify(different)}`);
  console.log(
    `${file}: ${nodes} nodes with the retained size, shallow size, distance and dominator of DevTools, ` +
      'all classes with its counts and bytes: 0 differences',
  );
}

function writeTable() {
  const readme = join(root, 'README.md');
  const text = readFileSync(readme, 'utf8').replace(
    /<!-- heaps -->[\s\S]*<!-- \/heaps -->/,
    () => `<!-- heaps -->\n\n${heapTable(readResults())}\n\n<!-- /heaps -->`,
  );
  writeFileSync(readme, text);
  execFileSync('npx', ['prettier', '--write', readme], { cwd: root, stdio: 'ignore' });
  writeFileSync(join(root, 'docs/heap-cost.svg'), costChart(readResults()));
}

const sizes = values.sizes.split(',').map(Number);
if (values.check)
  for (const megabytes of sizes) {
    compare(megabytes);
    await check(megabytes);
  }
else if (values.write) writeTable();
else {
  for (const megabytes of sizes) await measure(megabytes, Number(values.rounds));
  console.log(heapTable(readResults()));
}
