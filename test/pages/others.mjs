// What memlab and fuite say of the pages of the catalogue, beside our verdict: a table for docs/pages.md.
//   node test/pages/others.mjs --memlab FOLDER --fuite FOLDER [--out FILE] [page or kind…]
// FOLDER has the tool in its node_modules. memlab's `find-leaks` gets the very snapshots of our verdict: before all runs, after
// the first window and after the last one (of a page that we call healthy, one more after five runs). fuite, which takes its own,
// gets the page with our action as its scenario. Both are judged generously: right when what they print of leaks has the truth.
import { execFile } from 'node:child_process';
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withFindings } from '../../dist/pages.js';
import { grade } from './catalogue.mjs';
import { executablePath, servePages } from './page-server.mjs';

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { memlab: { type: 'string' }, fuite: { type: 'string' }, out: { type: 'string' } },
});
/** A tool that takes longer has no verdict. */
const timeout = 240_000;
const { pages, browser, addressOf, close } = await servePages(names);
for (const one of pages) {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-others-'));
  const url = await addressOf(one);
  const { verdict: ours, milliseconds, files } = await ourVerdict(one, url, folder);
  const row = { page: `${one.kind}/${one.name}`, objgraph: [ours, milliseconds] };
  if (options.memlab) row.memlab = await memlabVerdict(one, folder, files);
  if (options.fuite) row.fuite = await fuiteVerdict(one, url, folder);
  rmSync(folder, { recursive: true, force: true });
  console.log(JSON.stringify(row));
  if (options.out) appendFileSync(options.out, `${JSON.stringify(row)}\n`);
}
await close();

async function ourVerdict(one, url, folder) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => typeof window.run === 'function');
  const files = [];
  const run = () => page.evaluate(() => window.run());
  const keep = (heap) => {
    if (heap !== 'page') return () => {};
    files.push(join(folder, `${files.length}.heapsnapshot`));
    const file = openSync(files.at(-1), 'a');
    return (chunk) => writeSync(file, chunk);
  };
  // Ids last as long as a session that has asked for them.
  const session = await context.newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const report = await withFindings(page, run, { keep }, ({ report: found }) => found);
  if (files.length < 3) {
    for (let i = 0; i < 5; i++) await run();
    await session.send('HeapProfiler.collectGarbage');
    files.push(join(folder, `${files.length}.heapsnapshot`));
    const file = openSync(files.at(-1), 'w');
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => writeSync(file, chunk));
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
    closeSync(file);
  }
  await context.close();
  return { verdict: grade(one, report), milliseconds: Math.round(report.time.all), files };
}

async function memlabVerdict(one, folder, files) {
  const cli = join(options.memlab, 'node_modules/@memlab/cli/bin/memlab.js');
  const [baseline, target, final] = [files[0], files[1], files.at(-1)];
  const { text, milliseconds, failure } = await timed(
    [
      cli,
      'find-leaks',
      ...['--baseline', baseline, '--target', target, '--final', final],
      ...['--work-dir', join(folder, 'memlab')],
    ],
    {},
  );
  if (failure) return [failure, milliseconds];
  const traces = text.split('--Similar leaks in this run').slice(1);
  return [verdictOf(one, traces), milliseconds];
}

async function fuiteVerdict(one, url, folder) {
  const scenario = join(folder, 'scenario.mjs');
  writeFileSync(
    scenario,
    `export const setup = (page) => page.waitForFunction(() => typeof window.run === 'function');
     export const iteration = (page) => page.evaluate(() => window.run());`,
  );
  const out = join(folder, 'fuite.json');
  const { text, milliseconds, failure } = await timed(
    [
      join(options.fuite, 'node_modules/fuite/src/cli.cjs'),
      ...[url, '--scenario', scenario, '--output', out, '--browser-arg=--no-sandbox'],
    ],
    { PUPPETEER_EXECUTABLE_PATH: executablePath },
  );
  if (failure && !/Leak detected|No leak/.test(text)) return [failure, milliseconds];
  return [verdictOf(one, /Leak detected: Yes/.test(text) ? [text] : []), milliseconds];
}

/** What a tool found, as texts, the first first. */
function verdictOf({ truth }, found) {
  if (truth === null) return found.length === 0 ? 'right' : 'false alarm';
  if (found.length > 0 && truth.test(found[0])) return 'named first';
  if (found.some((text) => truth.test(text))) return 'listed';
  return found.length === 0 ? 'missed' : 'not named';
}

function timed(args, env) {
  const start = performance.now();
  return new Promise((done) => {
    execFile(
      process.execPath,
      args,
      { env: { ...process.env, ...env }, timeout, maxBuffer: 2 ** 28 },
      (error, stdout, stderr) =>
        done({
          text: (stdout + stderr).replace(/\x1b\[[0-9;?]*[A-Za-z]/g, ''),
          milliseconds: Math.round(performance.now() - start),
          failure: error
            ? error.killed
              ? 'no verdict in time'
              : `failed: ${stderr.trim().split('\n')[0]}`
            : null,
        }),
    );
  });
}
