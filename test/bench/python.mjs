// What a snapshot of a Python process costs it, with and without fork, beside gc.get_objects(); and whether a server under load
// loses a request when it is attached to again and again.
// Usage: node test/bench/python.mjs [--objects 2000000] [--visits 100] [--python /usr/bin/python3]   (Linux; after npm run build)
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { visitUnderLoad } from './python-load.mjs';

const root = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    objects: { type: 'string', default: '2000000' },
    visits: { type: 'string', default: '100' },
    python: { type: 'string', default: '/usr/bin/python3' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'objgraph-python-bench-'));

async function measure(mode) {
  const program = spawn(
    values.python,
    [join(root, 'test/bench/programs/python-heap.py'), values.objects, ...mode],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value);
  const ask = () => {
    program.stdin.write('\n');
    return next();
  };
  try {
    const { tracked, getObjects } = await next();
    await ask();
    await new Promise((done) => setTimeout(done, 1000));
    const before = await ask();
    const file = join(folder, 'one.heapsnapshot');
    const start = performance.now();
    const command = spawn(
      process.execPath,
      [join(root, 'dist/cli.js'), 'snapshot', String(program.pid), '-o', file],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let errors = '';
    command.stderr.on('data', (text) => (errors += text));
    const [status] = await once(command, 'close');
    if (status !== 0) throw new Error(errors);
    const seconds = (performance.now() - start) / 1000;
    const after = await ask();
    return {
      way: mode[0] === 'forkless' ? 'in place' : 'forked',
      tracked,
      'gc.get_objects(), ms': Math.round(getObjects),
      'whole command, s': seconds.toFixed(1),
      'longest pause, ms': Math.round(after.pause),
      'pause without us, ms': Math.round(before.pause),
      'RSS, MB': Math.round(before.resident / 1e6),
      'file, MB': Math.round(statSync(file).size / 1e6),
      'files, maps before and after': `${before.files}, ${before.maps} → ${after.files}, ${after.maps}`,
      'said before': /about [\d.]+ \w+/.exec(errors)?.[0] ?? '',
    };
  } finally {
    program.kill('SIGKILL');
  }
}

try {
  console.table([await measure([]), await measure(['forkless'])]);
  const visits = Number(values.visits);
  if (visits > 0) {
    const { answered, lost, longest, before, after, isRunning } = await visitUnderLoad({
      python: values.python,
      visits,
    });
    console.log(
      `${visits} visits to a server: ${answered} requests answered, ${lost.length} lost, the longest took ${longest} ms; ` +
        `it ${isRunning ? 'runs on' : 'ENDED'}`,
    );
    console.table({ before, after });
    if (lost.length > 0) console.log(lost.slice(0, 5));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
