// The catalogue's leaks with the stacks that allocate them, each compared with the program's text: `npm run bench:leak-sites --
// [--node 22] [--write] [NAME …]`. With --write the table goes into docs/allocations.md.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isIn, siteTruth } from './site-truth.mjs';

const root = resolve(import.meta.dirname, '../..');
const folder = join(import.meta.dirname, 'leaking');
const cli = join(root, 'dist/cli.js');
const require = createRequire(import.meta.url);

/** What is asked for first is exact. */
export async function sitesOfLeak(name, node, seconds = 2) {
  const file = join(folder, `${name}.cjs`);
  const truth = siteTruth(file, require(file).truth.type ?? /(?!)/);
  const program = spawn(node, ['--inspect-port=0', join(import.meta.dirname, 'work.cjs'), file], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await once(program.stdout, 'data');
    for (const type of truth.types) {
      const args = ['sites', String(program.pid), '--type', type, '--for', `${seconds}s`, '--yes', '--json'];
      const { classes = [] } = await ask(args);
      const best = classes
        .flatMap((each) => each.sites.map((site) => ({ ...site, isExact: each.made !== null })))
        .filter(({ alive, made }) => (alive ?? made) > 0)
        .sort((a, b) => (b.alive ?? b.made) - (a.alive ?? a.made))[0];
      if (best)
        return { name, type, way: best.isExact ? 'breakpoint' : 'tracking', ...judged(best, file, truth) };
    }
    const { rows = [] } = await ask([
      'allocations',
      String(program.pid),
      '--for',
      `${seconds}s`,
      '--interval',
      '128',
      '--by',
      'function',
      '--json',
    ]);
    return { name, type: truth.types[0] ?? '', way: 'sampling', ...judgedFunctions(rows, file, truth) };
  } finally {
    program.kill('SIGKILL');
  }
}

async function ask(args) {
  const text = await new Promise((done) =>
    execFile(process.execPath, [cli, ...args], { maxBuffer: 2 ** 28, timeout: 60_000 }, (_error, stdout) =>
      done(stdout),
    ),
  );
  return text === '' ? {} : JSON.parse(text);
}

const isOf =
  (file) =>
  ({ location }) =>
    location?.script?.endsWith(`/${basename(file)}`) === true;

/** The first call in the program is the line that makes them; of a tracked stack V8 has the function alone. */
function judged({ stack, isExact }, file, { lines, step, holdsLine }) {
  const own = stack.filter(isOf(file));
  // V8 loses stacks of objects that a garbage collection moves: what is left may be its own.
  if (stack.every(({ location }) => location === null)) return { verdict: 'nothing', place: '' };
  if (own.length === 0) return { verdict: 'wrong', place: stack[0] ? frame(stack[0]) : '' };
  const [{ location }] = own;
  const isLine =
    lines.includes(location.line) || (isExact && lines.length === 0 && isIn(step, location.line));
  if (isExact && isLine) return { verdict: 'line', place: frame(own[0]) };
  const isFunction = own.some((each) => holdsLine(each.location.line) || isIn(step, each.location.line));
  return { verdict: isFunction ? 'function' : 'file', place: frame(own[0]) };
}

function judgedFunctions(rows, file, truth) {
  const own = rows.filter(isOf(file)).sort((a, b) => b.selfBytes - a.selfBytes);
  return own.length === 0
    ? { verdict: 'nothing', place: '' }
    : judged({ stack: own.slice(0, 1), isExact: false }, file, truth);
}

const frame = ({ function: name, location }) =>
  `${name} ${location ? `${basename(location.script ?? '')}:${location.line}` : ''}`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { node: { type: 'string', default: '22' }, write: { type: 'boolean' } },
  });
  const node = join(root, `node_modules/node${values.node}/bin/node`);
  // Some are about what only newer versions have.
  const names = readdirSync(folder)
    .filter((file) => require(join(folder, file)).only?.includes(values.node) ?? true)
    .map((file) => basename(file, '.cjs'));
  const results = [];
  for (const name of names.filter((each) => positionals.length === 0 || positionals.includes(each))) {
    const result = await sitesOfLeak(name, node);
    results.push(result);
    console.log([result.verdict, result.way, name, result.type, result.place].join('\t'));
  }
  const table = tableOf(results);
  console.log(table);
  if (!values.write) return;
  const docs = join(root, 'docs/allocations.md');
  const marks = /(<!-- leak sites -->\n)[\s\S]*?(\n<!-- \/leak sites -->)/;
  writeFileSync(
    docs,
    readFileSync(docs, 'utf8').replace(marks, (_all, start, end) => `${start}\n${table}\n${end}`),
  );
}

function tableOf(results) {
  const ways = ['breakpoint', 'tracking', 'sampling'];
  const verdicts = ['line', 'function', 'file', 'wrong', 'nothing'];
  const count = (way, verdict) =>
    results.filter((each) => each.way === way && each.verdict === verdict).length;
  return [
    '| way | leaks | the very line | the function | the file alone | another place | nothing |',
    '| --- | --: | --: | --: | --: | --: | --: |',
    ...ways.map(
      (way) =>
        `| ${way} | ${results.filter((each) => each.way === way).length} | ${verdicts.map((verdict) => count(way, verdict)).join(' | ')} |`,
    ),
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) await main();
