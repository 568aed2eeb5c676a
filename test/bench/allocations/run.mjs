// What each way to find out who allocates costs a busy server: requests a second and the 99th percentile before, during and after,
// on each version of Node. `npm run bench:allocations [-- node24 …]`; the table is docs/allocations.md's.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { talk } from './talk.mjs';

const root = resolve(import.meta.dirname, '../../..');
const cli = join(root, 'dist/cli.js');
const seconds = Number(process.env.SECONDS ?? 5);
const wanted = process.argv.slice(2);
const versions = ['node20', 'node22', 'node24', 'node26'].filter(
  (name) => (wanted.length === 0 || wanted.includes(name)) && existsSync(nodeOf(name)),
);

function nodeOf(name) {
  return join(root, 'node_modules', name, 'bin/node');
}

const ways = [
  [
    'allocations, every 128 kB',
    (pid) => ['allocations', pid, '--for', `${seconds}s`, '--interval', '131072'],
  ],
  ['allocations (every 32 kB)', (pid) => ['allocations', pid, '--for', `${seconds}s`]],
  ['allocations, every 4 kB', (pid) => ['allocations', pid, '--for', `${seconds}s`, '--interval', '4096']],
  ['sites of a class (500 objects)', (pid) => ['sites', pid, '--type', 'Session', '--for', `${seconds}s`]],
  ['sites of Object (tracking)', (pid) => ['sites', pid, '--type', 'Object', '--for', `${seconds}s`, '-y']],
];

console.log('| Node | way | requests/s before | during | after | p99 before | during | after |');
console.log('| --- | --- | --: | --: | --: | --: | --: | --: |');
for (const version of versions)
  for (const [title, args] of ways) {
    const server = talk(nodeOf(version), ['--inspect-port=0', join(import.meta.dirname, 'server.mjs')]);
    const load = talk(process.execPath, [join(import.meta.dirname, 'load.mjs'), await server.next()]);
    const measure = async (milliseconds) => {
      load.say(milliseconds);
      return JSON.parse(await load.next());
    };
    await measure(2000);
    const before = await measure(seconds * 1000);
    const way = spawn(process.execPath, [cli, ...args(String(server.child.pid))], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    way.stderr.on('data', (data) => (errors += data));
    const ended = once(way, 'exit');
    // It starts, and connects.
    await measure(1000);
    const during = await measure((seconds - 1) * 1000);
    const [status] = await ended;
    if (status !== 0) throw new Error(`${title} on ${version}: ${errors}`);
    await measure(1000);
    const after = await measure(seconds * 1000);
    const rate = ({ perSecond }) => Math.round(perSecond).toLocaleString('en');
    const p99 = (measured) => `${measured.p99.toFixed(1)} ms`;
    console.log(
      `| ${version.slice(4)} | ${title} | ${[before, during, after].map(rate).join(' | ')} | ${[before, during, after].map(p99).join(' | ')} |`,
    );
    load.child.kill();
    server.child.kill();
  }
