// Ten real applications from npm under load, as they are and with a leak planted: what `objgraph suspects` finds in three
// snapshots of each. `npm run bench:applications -- [--folder FOLDER] [--node 22] [NAME …]` installs the packages in the folder,
// or in a temporary one; needs `npm run build`. With --write the table becomes results.md, which goes into docs/leaks.md.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);
const packages = [
  ...['express', 'fastify', 'koa', 'socket.io', 'socket.io-client', 'ws', 'graphql', 'graphql-yoga'],
  ...['webpack', 'vite', 'jest', 'typescript@5'],
];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folder: { type: 'string' },
    node: { type: 'string', default: '22' },
    write: { type: 'boolean' },
  },
});
const folder = values.folder ? resolve(values.folder) : mkdtempSync(join(tmpdir(), 'objgraph-applications-'));
process.env.OBJGRAPH_APPLICATIONS = folder;
const node = join(root, `node_modules/node${values.node}/bin/node`);
const isWanted = (name) => positionals.length === 0 || positionals.includes(name);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.cjs') && file !== 'packages.cjs')
  .map((file) => basename(file, '.cjs'))
  .filter(isWanted);

function install() {
  mkdirSync(folder, { recursive: true });
  if (existsSync(join(folder, 'node_modules'))) return;
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts'];
  execFileSync('npm', ['install', ...options, ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function suspectsOf(name, isPlanted) {
  const shots = mkdtempSync(join(tmpdir(), 'objgraph-shots-'));
  try {
    const program = join(import.meta.dirname, `${name}.cjs`);
    const { steps = 300 } = createRequire(import.meta.url)(program);
    await run(
      node,
      ['--max-old-space-size=4000', join(root, 'test/leaks/drive.cjs'), shots, program, String(steps)],
      {
        env: { ...process.env, OBJGRAPH_PLANTED: isPlanted ? '1' : '0' },
        maxBuffer: 2 ** 28,
        timeout: 900_000,
      },
    );
    const files = [1, 2, 3].map((moment) => join(shots, `${moment}.heapsnapshot`));
    const { stdout } = await run(
      process.execPath,
      [join(root, 'dist/cli.js'), 'suspects', ...files, '--json'],
      {
        maxBuffer: 2 ** 28,
        cwd: root,
      },
    );
    return JSON.parse(stdout).suspects;
  } finally {
    rmSync(shots, { recursive: true, force: true });
  }
}

install();
const rows = [];
for (const name of names) {
  const { truth } = createRequire(import.meta.url)(join(import.meta.dirname, `${name}.cjs`));
  const isRight = (one) =>
    truth.holder.test([one.summary, ...one.chain].join('\n')) &&
    [one, ...one.consequences].some(({ type }) => truth.type.test(type));
  try {
    const healthy = await suspectsOf(name, false);
    const planted = await suspectsOf(name, true);
    const rank = planted.findIndex(isRight);
    const accused = healthy.filter(({ confidence }) => confidence > 0.5);
    for (const { confidence, summary } of healthy)
      console.error(`${name}, healthy: ${Math.round(100 * confidence)} % ${summary}`);
    for (const { confidence, summary } of planted)
      console.error(`${name}, planted: ${Math.round(100 * confidence)} % ${summary}`);
    rows.push([
      name,
      String(accused.length),
      rank < 0 ? 'missed' : String(rank + 1),
      rank < 0 ? '' : planted[rank].summary,
    ]);
  } catch (error) {
    process.exitCode = 1;
    rows.push([name, 'did not run', '', String(error.message).split('\n')[0]]);
    console.error(error);
  }
}
const head = [
  'application',
  'healthy: suspects above 50 %',
  'planted leak: place in the list',
  'what it says',
];
const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
console.log(table);
if (values.write) writeFileSync(join(import.meta.dirname, 'results.md'), `${table}\n`);
if (!values.folder) rmSync(folder, { recursive: true, force: true });
