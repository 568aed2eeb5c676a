// The catalogue: every program of leaking/ and healthy/ on several versions of Node, and what `objgraph suspects` says of
// three snapshots of each. `npm run bench:leaks -- [--nodes 20,22,24,26] [--steps 400] [NAME …]`; needs `npm run build`.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const cli = join(root, 'dist/cli.js');
const require = createRequire(import.meta.url);
const run = promisify(execFile);

export const programs = (kind) =>
  readdirSync(join(import.meta.dirname, kind)).map((file) => join(import.meta.dirname, kind, file));

export const nodeOf = (version) => join(root, `node_modules/node${version}/bin/node`);

/** Runs a program and asks for its suspects. */
export async function suspectsOf(program, node, steps) {
  const folder = mkdtempSync(join(tmpdir(), 'objgraph-leaks-'));
  try {
    await run(node, [join(import.meta.dirname, 'drive.cjs'), folder, program, String(steps)], {
      timeout: 120_000,
    });
    const files = [1, 2, 3].map((moment) => join(folder, `${moment}.heapsnapshot`));
    const start = performance.now();
    const { stdout } = await run(process.execPath, [cli, 'suspects', ...files, '--json'], {
      maxBuffer: 2 ** 28,
    });
    return { suspects: JSON.parse(stdout).suspects, milliseconds: performance.now() - start };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Which finding names a leak: its place and its class. 0 for the first, -1 for none. */
export function rankOf(suspects, { holder, type }) {
  return suspects.findIndex(
    (one) =>
      holder.test([one.summary, ...one.chain].join('\n')) &&
      [one.type, ...one.consequences.map((other) => other.type)].some((name) => type.test(name)),
  );
}

export const truthOf = (program) => require(program).truth;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      nodes: { type: 'string', default: '20,22,24,26' },
      steps: { type: 'string', default: '400' },
      json: { type: 'string' },
    },
  });
  const isWanted = (program) => positionals.length === 0 || positionals.includes(basename(program, '.cjs'));
  const records = [];
  for (const version of values.nodes.split(',')) {
    const node = nodeOf(version);
    if (!existsSync(node)) continue;
    const total = {
      leaks: 0,
      first: 0,
      three: 0,
      listed: 0,
      missed: 0,
      healthy: 0,
      false: 0,
      milliseconds: 0,
    };
    for (const program of programs('leaking').filter(isWanted)) {
      const { suspects, milliseconds } = await suspectsOf(program, node, values.steps);
      const rank = rankOf(suspects, truthOf(program));
      total.leaks++;
      total.milliseconds += milliseconds;
      if (rank === 0) total.first++;
      if (rank >= 0 && rank < 3) total.three++;
      if (rank >= 0) total.listed++;
      else total.missed++;
      if (rank !== 0)
        console.log(
          `  Node ${version} ${basename(program)}: rank ${rank + 1}; first: ${suspects[0]?.summary ?? 'none'}`,
        );
      suspects.forEach(({ confidence }, i) =>
        records.push({ version, program: basename(program), confidence, isLeak: i === rank, isOfLeak: true }),
      );
    }
    for (const program of programs('healthy').filter(isWanted)) {
      const { suspects, milliseconds } = await suspectsOf(program, node, values.steps);
      total.healthy++;
      total.milliseconds += milliseconds;
      for (const { confidence, summary } of suspects) {
        records.push({ version, program: basename(program), confidence, isLeak: false, isOfLeak: false });
        if (confidence > 0.5) total.false++;
        console.log(
          `  Node ${version} ${basename(program)}, healthy: ${Math.round(100 * confidence)} % ${summary}`,
        );
      }
    }
    const { leaks, healthy } = total;
    console.log(
      `Node ${version}: ${leaks} leaks: first ${total.first}, in the first three ${total.three}, listed ${total.listed}, missed ${total.missed}; ` +
        `${healthy} healthy: ${total.false} suspects above 50 %; ${Math.round(total.milliseconds / Math.max(1, leaks + healthy))} ms each`,
    );
  }
  if (values.json) writeFileSync(values.json, JSON.stringify(records));
}

if (process.argv[1] === new URL(import.meta.url).pathname) await main();
