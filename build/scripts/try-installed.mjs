// Whether a desktop package works on the machine where it was just installed: the npm package finds the app, the system opens a
// .dot with it as by a double click, showRefs draws in it. Fails loudly at the first thing that does not.
// Usage: node build/scripts/try-installed.mjs --package FOLDER_OF_OBJGRAPH [--open PROGRAM]
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { package: { type: 'string' }, open: { type: 'string' } } });
if (values.package === undefined) throw new Error('--package says where the npm package is installed');
const folder = resolve(values.package);
const cli = join(folder, 'dist/cli.js');
const work = mkdtempSync(join(tmpdir(), 'objgraph-installed-'));

const objgraph = (...args) => execFileSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
const windows = () =>
  JSON.parse(objgraph('ps', '--viewers', '--json')).viewers.reduce((sum, viewer) => sum + viewer.windows, 0);

async function waitForWindows(count, what) {
  for (let tries = 0; tries < 120; tries++) {
    if (windows() === count) return console.log(`ok: ${what}`);
    await sleep(500);
  }
  takeScreenshot('failed');
  throw new Error(`${what}: there are ${windows()} windows instead of ${count}, after a minute`);
}

/** By what the system has for it. */
function takeScreenshot(name) {
  const file = join(resolve('test-results'), `${name}.png`);
  const programs = { linux: ['import', '-window', 'root', file], darwin: ['screencapture', '-x', file] };
  const [program, ...args] = programs[process.platform] ?? [];
  mkdirSync(resolve('test-results'), { recursive: true });
  if (program) execFileSync(program, args, { stdio: 'inherit' });
}

/** As a double click does. */
function openBySystem(file) {
  const openers = {
    darwin: ['open', file],
    win32: ['cmd', '/c', 'start', '', file],
    linux: ['xdg-open', file],
  };
  const [program, ...args] = values.open === undefined ? openers[process.platform] : [values.open, file];
  spawn(program, args, { stdio: 'ignore', detached: true })
    .once('error', (error) => {
      throw error;
    })
    .unref();
}

const { host } = JSON.parse(objgraph('desktop', 'status', '--offline', '--json'));
if (host.kind !== 'app') throw new Error(`the installed app is not found: ${JSON.stringify(host)}`);
console.log(`ok: found ${host.command}`);

const dot = join(work, 'double click.dot');
writeFileSync(dot, 'digraph { double -> click }');
openBySystem(dot);
await waitForWindows(1, 'a double click opens a .dot in the app');
takeScreenshot('double-click');

const program = join(work, 'program.mjs');
const library = pathToFileURL(join(folder, 'dist/index.js')).href;
writeFileSync(
  program,
  `import { showRefs } from ${JSON.stringify(library)};\nshowRefs([{ shop: { cart: ['tea'] } }]);\n`,
);
const output = execFileSync(process.execPath, [program], { encoding: 'utf8' });
if (!output.includes('Spawning graph viewer (the objgraph app)'))
  throw new Error(`showRefs did not take the app: ${output}`);
await waitForWindows(2, 'showRefs draws in the app');
takeScreenshot('show-refs');

console.log(objgraph('quit').trim());
await waitForWindows(0, 'it is quit');
