// Opens and closes, attaches and detaches, reloads for hours, and looks whether everything returns to where it was: memory,
// handles, threads, child processes, temporary files. Each soak is a process of its own, with a temporary folder of its own.
// Usage: node test/soak/run.mjs [--only documents,attaches,reloads,windows,lingering] [--times N] [--seconds N]   (Linux; after npm run build)
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';

/** How often, unless an option says so. Reloads: eight hours of one change a second. */
const usual = { documents: 500, attaches: 100, reloads: 28_800, windows: 20, lingering: 20 };

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(usual).join() },
    times: { type: 'string' },
    /** No soak begins another turn after this. */
    seconds: { type: 'string', default: 'Infinity' },
  },
});
const names = values.only.split(',');
for (const name of names)
  if (!Object.hasOwn(usual, name)) {
    console.error(`There is no soak called ${name}: they are ${Object.keys(usual).join(', ')}`);
    process.exit(2);
  }

// As deep as this folder, so that the tests' own modules find the project.
const folder = resolve(import.meta.dirname, `../../test-results/soak-${process.pid}`);
const program = join(folder, 'program.mjs');
let failures = 0;
try {
  buildSync({
    entryPoints: [join(import.meta.dirname, 'program.ts')],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  for (const name of names) failures += soak(name, values.times ?? String(usual[name]));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failures > 0 ? 1 : 0);

function soak(name, times) {
  const home = mkdtempSync(join(tmpdir(), 'soak-'));
  const temporary = join(home, 'tmp');
  mkdirSync(temporary);
  const env = { ...process.env, TMPDIR: temporary, XDG_STATE_HOME: join(home, 'state'), NODE_OPTIONS: '' };
  try {
    const { status } = spawnSync(
      process.execPath,
      ['--expose-gc', '--disable-warning=ExperimentalWarning', program, name, times, values.seconds],
      {
        env,
        stdio: 'inherit',
      },
    );
    return status === 0 ? 0 : 1;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
