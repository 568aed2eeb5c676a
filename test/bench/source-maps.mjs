// How long original names take: 100,000 places of one minified bundle, and a snapshot without maps. `node test/bench/source-maps.mjs`
// by Node 24, which removes types by itself.
import { performance } from 'node:perf_hooks';
import { transformSync } from 'esbuild';
import { ScriptMap } from '../../shared/source-maps/script-map.ts';

const count = 100_000;
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

const begin = performance.now();
const scriptMap = new ScriptMap(map, 'file:///app/accounts.js.map', code);
const read = performance.now();
let right = 0;
for (const [i, place] of places.entries()) if (scriptMap.original(place)?.line === i + 1) right++;
const end = performance.now();
console.log(
  `${places.length} places, ${right} right: map of ${(map.length / 1e6).toFixed(1)} MB read in ${Math.round(read - begin)} ms, ` +
    `places and names in ${Math.round(end - read)} ms`,
);
