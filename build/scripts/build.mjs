// `npm run build`: all of dist/, with its declarations. With --changed only what is older than its sources, and the page of
// the tests; without the declarations, which take longer than the rest. With --quiet it prints one line at most; --only PART builds no other.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import { digests, parts, remember, root, stale } from './parts.mjs';

const onlyChanged = process.argv.includes('--changed');
const isQuiet = process.argv.includes('--quiet');
const only = process.argv.at(process.argv.indexOf('--only') + 1);
const wanted = process.argv.includes('--only') ? [only] : null;
const names = onlyChanged
  ? stale().filter((name) => wanted?.includes(name) ?? true)
  : Object.keys(parts).filter((name) => name !== 'test page');

if (isQuiet && names.length > 0) console.log('Building objgraph …');
for (const name of names) {
  const start = performance.now();
  const { config, folder, environment = 'production' } = parts[name];
  // A source that is edited meanwhile makes the part old again.
  const before = digests();
  // Vite and Svelte decide by it whether the code is for development.
  process.env.NODE_ENV = environment;
  await build({
    configFile: join(root, `build/${config}.config.ts`),
    logLevel: 'warn',
    ...(folder && { build: { outDir: folder } }),
  });
  remember([name], before);
  report(name, start);
}
if (!onlyChanged) {
  const start = performance.now();
  execFileSync(process.execPath, [join(import.meta.dirname, 'types.mjs')], { stdio: 'inherit' });
  report('declarations', start);
}

function report(name, start) {
  if (!isQuiet) console.log(`built ${name.padEnd(12)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
