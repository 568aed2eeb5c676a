// Compares pictures of many objects, drawn in both ways. Prints one JSON object: what was walked, what not, and what differs.
// Usage: node program.mjs <bundle of both-pictures.ts> <seed> <graphs> [--each]
import { createRequire } from 'node:module';
import { inspect, isDeepStrictEqual } from 'node:util';
import { randomGraph } from './random-graph.mjs';
import { groups, ran } from './values.mjs';

const { walkedPicture, wholePicture } = createRequire(import.meta.url)(process.argv[2]);

const [seed, graphs] = process.argv.slice(3, 5).map(Number);
const report = { walked: [], refused: [], different: [], ran };
const styles = [{}, { style: 'classic' }];

function compare(name, objects, options) {
  const walked = walkedPicture(objects, options);
  const label = `${name} ${inspect(options, { breakLength: Infinity })}`;
  if (walked === null) return void report.refused.push(label);
  report.walked.push(label);
  const whole = wholePicture(objects, options);
  if (!isDeepStrictEqual(walked, whole)) report.different.push({ label, walked, whole });
}

for (const options of styles) {
  const walkable = Object.entries(groups()).filter(([, objects]) => walkedPicture(objects, options) !== null);
  if (process.argv.includes('--each'))
    for (const [name, objects] of walkable) compare(name, objects, options);
  // A snapshot of the whole heap takes its time: several at once.
  else
    for (let i = 0; i < walkable.length; i += 12) {
      const some = walkable.slice(i, i + 12);
      compare(
        some.map(([name]) => name).join(', '),
        some.flatMap(([, objects]) => objects),
        { ...options, tooMany: 20 },
      );
    }
}
for (const [name, objects] of Object.entries(groups()))
  if (walkedPicture(objects) === null) report.refused.push(name);
for (let i = 0; i < graphs; i++) {
  const { objects, options } = randomGraph(seed + i);
  compare(`random graph ${seed + i}`, objects, options);
}
process.stdout.write(JSON.stringify(report));
