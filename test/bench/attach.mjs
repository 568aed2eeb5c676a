// What a snapshot of a process costs it, and what is left of that afterwards: its pause, its memory, its allocation speed, its
// open handles. Usage: node test/bench/attach.mjs [--sizes 5,30,100]   (Linux; after npm run build)
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({ options: { sizes: { type: 'string', default: '5,30,100' } } });
const folder = mkdtempSync(join(tmpdir(), 'objgraph-attach-'));
const nodes = ['node20', 'node22', 'node24', 'node26'].filter((name) =>
  existsSync(join(root, 'node_modules', name, 'bin/node')),
);

async function measure(node, size) {
  const program = spawn(
    join(root, 'node_modules', node, 'bin/node'),
    ['--expose-gc', '--inspect-port=0', join(root, 'test/bench/programs/attached-program.mjs'), size],
    { stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const answers = createInterface({ input: program.stdout });
  const ask = async () => {
    program.stdin.write('\n');
    return JSON.parse((await once(answers, 'line'))[0]);
  };
  await ask();
  const before = await ask();
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'dist/cli.js'), 'snapshot', String(program.pid), '-o', join(folder, 'one.heapsnapshot')],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(stderr);
  const after = await ask();
  program.kill();
  const megabytes = before.heapUsed / 1e6;
  return {
    node,
    'heap, MB': Math.round(megabytes),
    'pause, s': (after.pause / 1000).toFixed(2),
    'ms of pause per MB': Math.round(after.pause / megabytes),
    'memory besides / heap': ((after.peakMemory - before.memory) / before.heapUsed).toFixed(1),
    'allocation speed after': `${(after.allocation / before.allocation).toFixed(2)}×`,
    'handles and files': isSame(before, after)
      ? 'as before'
      : `${JSON.stringify(before)} ${JSON.stringify(after)}`,
    said: /about [\d.]+ \w+/.exec(stderr)[0],
  };
}

function isSame(before, after) {
  return before.handles.join() === after.handles.join() && before.descriptors === after.descriptors;
}

const rows = [];
try {
  for (const size of values.sizes.split(',')) for (const node of nodes) rows.push(await measure(node, size));
} finally {
  rmSync(folder, { recursive: true });
}
console.table(rows);
