// The processor time of a request after objgraph has gone, compared with that of a second server that objgraph does not touch. They
// take turns, so that changes of the machine's speed do not matter. `node test/bench/allocations/afterwards.mjs [node24] [ROUNDS] [WAY]`:
// of the ways, those whose title has this text.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { talk } from './talk.mjs';

const root = resolve(import.meta.dirname, '../../..');
const version = process.argv[2] ?? 'node22';
const rounds = Number(process.argv[3] ?? 3);
const wanted = process.argv[4] ?? '';
const node = join(root, 'node_modules', version, 'bin/node');
const turns = 10;
const turnTime = 500;
const wayTime = 6000;
/** Both servers work so long until it is asked again. */
const laterTime = 40_000;

const ways = [
  ['nothing', null],
  ['a snapshot', (pid) => ['types', pid]],
  ['sampling, every 128 kB', (pid) => ['allocations', pid, '--for', '5s', '--interval', '131072']],
  ['sites of a class', (pid) => ['sites', pid, '--type', 'Session', '--for', '5s']],
  ['sites of Object (tracking)', (pid) => ['sites', pid, '--type', 'Object', '--for', '5s', '-y']],
];

/** Milliseconds of processor time that a process has used. */
function processorTime(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function startServer() {
  const server = talk(node, ['--inspect-port=0', join(import.meta.dirname, 'server.mjs')]);
  const load = talk(process.execPath, [join(import.meta.dirname, 'load.mjs'), await server.next()]);
  return {
    pid: server.child.pid,
    /** Processor time of a request. */
    async cost(milliseconds) {
      const start = processorTime(server.child.pid);
      load.say(milliseconds);
      const { perSecond } = JSON.parse(await load.next());
      return (processorTime(server.child.pid) - start) / ((perSecond * milliseconds) / 1000);
    },
    end() {
      load.child.kill();
      server.child.kill();
    },
  };
}

/** What a request costs the one, as a share of what it costs the other. */
async function compare(one, other) {
  let [costOfOne, costOfOther] = [0, 0];
  for (let turn = 0; turn < turns; turn++) {
    costOfOne += await one.cost(turnTime);
    costOfOther += await other.cost(turnTime);
  }
  return costOfOne / costOfOther;
}

async function compareLong(one, other) {
  const shares = [];
  for (let i = 0; i < 2; i++) shares.push(await compare(one, other));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

async function measure(args) {
  const [asked, twin] = [await startServer(), await startServer()];
  try {
    await compare(asked, twin);
    const before = await compareLong(asked, twin);
    const loads = Promise.all([asked.cost(wayTime), twin.cost(wayTime)]);
    if (args) {
      const way = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args(String(asked.pid))], {
        stdio: 'ignore',
      });
      const [status] = await once(way, 'exit');
      if (status !== 0) throw new Error(`status ${status}`);
    }
    await loads;
    await compare(asked, twin);
    const soon = await compareLong(asked, twin);
    await Promise.all([asked.cost(laterTime), twin.cost(laterTime)]);
    return { soon: soon / before, later: (await compareLong(asked, twin)) / before };
  } finally {
    asked.end();
    twin.end();
  }
}

for (const [title, args] of ways.filter(([title]) => title.includes(wanted))) {
  const changes = [];
  for (let round = 0; round < rounds; round++) changes.push(await measure(args));
  const percent = (change) => `${change > 1 ? '+' : ''}${Math.round((change - 1) * 100)} %`;
  const text = changes.map(({ soon, later }) => `${percent(soon)} (${percent(later)} a minute later)`);
  console.log(`${version}: ${title}: ${text.join(', ')}`);
}
