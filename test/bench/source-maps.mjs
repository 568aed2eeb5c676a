// How long original names take: 100,000 places of one minified bundle. `node24 --experimental-transform-types test/bench/source-maps.mjs [COUNT]`;
// 700,000 places are a map of 100 MB. The processor's time is no other program's.
import { performance } from 'node:perf_hooks';
import { transformSync } from 'esbuild';
import { ScriptMap } from '../../shared/source-maps/script-map.ts';

const count = Number(process.argv[2] ?? 100_000);
const source = Array.from(
  { length: count },
  (_, i) => `export class Account${i} { constructor(id) { this.id = id } }`,
).join('\n');
const { code, map } = transformSync(source, {
  minify: true,
  sourcemap: 'external',
  sourcefile: 'accounts.js',
  format: 'esm',
});
const places = [...code.matchAll(/class ([\w$]+)\{constructor(?=\()/g)].map(
  ({ index, 0: text, 1: name }) => ({
    kind: 'class',
    name,
    scriptId: 1,
    line: 0,
    column: index + text.length,
  }),
);

const used = process.cpuUsage();
const begin = performance.now();
const scriptMap = new ScriptMap(map, 'file:///app/accounts.js.map', code);
const read = performance.now();
let right = 0;
for (const [i, place] of places.entries()) if (scriptMap.original(place)?.line === i + 1) right++;
const end = performance.now();
const { user, system } = process.cpuUsage(used);
console.log(
  `${places.length} places, ${right} right: map of ${(map.length / 1e6).toFixed(1)} MB read in ${Math.round(read - begin)} ms, ` +
    `places and names in ${Math.round(end - read)} ms; ${Math.round((user + system) / 1000)} ms of the processor, ` +
    `${Math.round(process.memoryUsage().rss / 1e6)} MB`,
);
