// The catalogue: every program of leaking/ and healthy/ on several versions of Node, in a page of Chromium where it fits, and
// in Deno where that is asked for, and what `objgraph suspects` finds in three snapshots of each; beside it, what memlab finds in the same files.
// `npm run bench:leaks -- [options] [NAME …]`:
//
//   --nodes 20,22,24,26,chromium   where they run; also deno
//   --steps 400           steps of work between two snapshots
//   --snapshots FOLDER    keeps the snapshots there, and uses those that are there already
//   --memlab FOLDER       a folder in whose node_modules memlab is; memlab looks at those of Node 22;
//                         `kept`: only what it found before. What results.json has of memlab stays there until it is asked again
//   --write               the results go into results.json, in place of those of the same programs and versions; reliability.mjs
//                         makes the tables of docs/leaks.md of it
//
// Runs on Node 24, which reads TypeScript.
import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import { SnapshotReader } from '../../shared/heap/snapshot-reader.ts';
import { findSuspects } from '../../shared/heap/suspects/index.ts';
import { runsInPage, snapshotsInPage } from './chromium.mjs';
import { memlabFinds } from './memlab.mjs';
import { nameOf, writeTables } from './tables.mjs';

const root = resolve(import.meta.dirname, '../..');
/** memlab takes longer than all the rest: it is asked about one version. */
const memlabNode = '22';
const require = createRequire(import.meta.url);
const run = promisify(execFile);
const moments = [1, 2, 3];

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    nodes: { type: 'string', default: '20,22,24,26,chromium' },
    steps: { type: 'string', default: '400' },
    snapshots: { type: 'string' },
    memlab: { type: 'string' },
    write: { type: 'boolean' },
  },
});

/** One program on one Node: what was found, with which of the findings are right, and how long the search took. */
async function record(version, kind, program) {
  const name = basename(program, '.cjs');
  const folder = options.snapshots
    ? join(resolve(options.snapshots), version, kind, name)
    : mkdtempSync(join(tmpdir(), 'objgraph-leaks-'));
  try {
    const files = await snapshots(folder, version, program);
    const start = performance.now();
    const suspects = findSuspects(files.map(readHeap), { folder: root });
    const milliseconds = Math.round(performance.now() - start);
    const { truth } = require(program);
    const findings = suspects.map((one) => ({
      confidence: one.confidence,
      isRight: kind === 'leaking' && isNamed(one, truth),
      summary: one.summary,
      doubts: one.doubts,
    }));
    const memlab =
      options.memlab && version === memlabNode ? await memlabFindings(folder, files, truth) : undefined;
    return { version, kind, name, milliseconds, findings, memlab };
  } finally {
    if (!options.snapshots) rmSync(folder, { recursive: true, force: true });
  }
}

/** What memlab finds is kept with the snapshots. */
async function memlabFindings(folder, files, truth) {
  const kept = join(folder, 'memlab.json');
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'));
  if (options.memlab === 'kept') return undefined;
  const findings = await memlabFinds(options.memlab, files, truth);
  writeFileSync(kept, JSON.stringify(findings));
  return findings;
}

function readHeap(file) {
  const reader = new SnapshotReader();
  reader.write(readFileSync(file));
  return new HeapAnalysis(reader.end());
}

async function snapshots(folder, version, program) {
  const files = moments.map((moment) => join(folder, `${moment}.heapsnapshot`));
  if (files.every((file) => existsSync(file))) return files;
  mkdirSync(folder, { recursive: true });
  if (version === 'chromium') await snapshotsInPage(program, files, Number(options.steps));
  else {
    const [runtime, ...flags] =
      version === 'deno'
        ? [join(root, 'node_modules/.bin/deno'), 'run', '-A']
        : [join(root, `node_modules/node${version}/bin/node`)];
    const args = [join(import.meta.dirname, 'drive.cjs'), folder, program, options.steps];
    await run(runtime, [...flags, ...args], { timeout: 300_000 });
  }
  return files;
}

/** Whether a program is made for a runtime: some are about what only Node has; a page and Deno run what needs nothing of Node. */
function fits(version, program) {
  const { only } = require(program);
  if (only) return only.includes(version);
  return !['chromium', 'deno'].includes(version) || runsInPage(program);
}

/** Whether a finding names a leak: its place, and its class, be it among what comes with it. */
function isNamed(finding, { holder, type }) {
  return (
    holder.test([finding.summary, ...finding.chain].join('\n')) &&
    [finding, ...finding.consequences].some((one) => type.test(one.className))
  );
}

const percent = (confidence) => `${Math.round(100 * confidence)} %`;

/** Prints what is not as it should be. */
function report({ version, kind, name, findings }) {
  const rank = findings.findIndex(({ isRight }) => isRight);
  if (kind === 'leaking' && rank !== 0)
    console.log(`  ${nameOf(version)}, ${name}: ${rank < 0 ? 'missed' : `in place ${rank + 1}`}`);
  for (const { confidence, isRight, summary } of findings)
    if (!isRight) console.log(`  ${nameOf(version)}, ${name}: ${percent(confidence)} ${summary}`);
}

/** Puts the results of one version into results.json, in place of those of the same programs. */
function write(records) {
  const file = join(import.meta.dirname, 'results.json');
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const key = ({ version, kind, name }) => `${version} ${kind} ${name}`;
  const before = new Map(known.map((one) => [key(one), one]));
  const ran = new Set(records.map(key));
  const exists = ({ kind, name }) => existsSync(join(import.meta.dirname, kind, `${name}.cjs`));
  const written = records.map((one) => ({ ...one, memlab: one.memlab ?? before.get(key(one))?.memlab }));
  const all = [...known.filter((one) => exists(one) && !ran.has(key(one))), ...written].sort((a, b) =>
    key(a) < key(b) ? -1 : 1,
  );
  writeFileSync(file, `${JSON.stringify(all, null, 1)}\n`);
}

const records = [];
for (const version of options.nodes.split(',')) {
  const ofVersion = [];
  for (const kind of ['leaking', 'healthy'])
    for (const file of readdirSync(join(import.meta.dirname, kind))) {
      if (names.length > 0 && !names.includes(basename(file, '.cjs'))) continue;
      const program = join(import.meta.dirname, kind, file);
      if (!fits(version, program)) continue;
      try {
        const one = await record(version, kind, program);
        ofVersion.push(one);
        report(one);
      } catch (error) {
        process.exitCode = 1;
        console.log(`  ${nameOf(version)}, ${file} did not run: ${error.message}`);
      }
    }
  records.push(...ofVersion);
  if (options.write) write(ofVersion);
}
console.log(writeTables(records));
