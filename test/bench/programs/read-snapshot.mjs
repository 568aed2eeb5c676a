// Reads a snapshot with one of several programs, all the way; prints the time (ms) to the loaded graph, to the histogram,
// to the full analysis (retainers, distances, dominators, retained sizes), and the peak memory, as JSON.
// Usage: node read-snapshot.mjs PROGRAM FILE [BUNDLE]
import { createReadStream, openSync, readFileSync, readSync, statSync } from 'node:fs';

const [program, file, bundle] = process.argv.slice(2);
const start = performance.now();
const times = {};
const note = (name) => (times[name] = performance.now() - start);

const programs = {
  async objgraph() {
    const { openSnapshot } = await import('../../../dist/index.js');
    const { analysis } = openSnapshot(file);
    note('loaded');
    void analysis.histogram.counts;
    note('histogram');
    void analysis.retainedSizes;
    void analysis.distances;
    note('full');
  },
  async devtools() {
    globalThis.self ??= globalThis;
    const { load } = await import(bundle);
    const snapshot = await load(textOf(file));
    note('loaded');
    snapshot.getAggregatesByClassKey(false, 'allObjects');
    note('histogram');
    note('full');
  },
  async memlab() {
    const { getFullHeapFromFile } = await import(bundle);
    await getFullHeapFromFile(file);
    note('loaded');
    note('full');
  },
  async toolkit() {
    const { parse } = await import(bundle);
    await parse(createReadStream(file, 'utf-8'));
    note('loaded');
    note('full');
  },
  async 'JSON.parse'() {
    JSON.parse(readFileSync(file, 'utf8'));
    note('loaded');
  },
};

/** Text that is read as it is cut out: V8's own strings end at 512 MiB. Snapshots are plain ASCII. */
function textOf(path) {
  const descriptor = openSync(path, 'r');
  const cut = (from, to) => {
    const bytes = Buffer.allocUnsafe(to - from);
    return bytes.latin1Slice(0, readSync(descriptor, bytes, 0, bytes.length, from));
  };
  const { size } = statSync(path);
  return { length: size, slice: (from, to) => cut(from, Math.min(to, size)) };
}

await programs[program]();
console.log(JSON.stringify({ ...times, peak: process.resourceUsage().maxRSS * 1024 }));
