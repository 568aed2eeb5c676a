// Reads a snapshot with one of several programs, all the way; prints, for each stage that it came to, the time since the
// start and the processor's time (ms) and the peak memory (bytes), as JSON. The stages: `loaded`, the graph is in memory;
// `histogram`, the classes with counts and shallow sizes; `full`, retainers, distances, dominators and retained sizes too.
// Usage: node read-snapshot.mjs PROGRAM FILE [BUNDLE]
import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { textOf } from './text-of.mjs';

const [program, file, bundle] = process.argv.slice(2);
const stages = {};
let start = 0;
let startCpu;

function begin() {
  start = performance.now();
  startCpu = process.cpuUsage();
}

function note(stage) {
  const { user, system } = process.cpuUsage(startCpu);
  const peak = process.resourceUsage().maxRSS * 1024;
  stages[stage] = { time: performance.now() - start, cpu: (user + system) / 1000, peak };
}

const programs = {
  async objgraph() {
    const { openSnapshot } = await import('../../../dist/index.js');
    // As the commands and the window's heap thread do.
    setFlagsFromString('--no-concurrent-osr');
    begin();
    const { analysis } = openSnapshot(file);
    note('loaded');
    void analysis.classCounts;
    note('histogram');
    void analysis.histogram;
    note('full');
  },
  async devtools() {
    const { load } = await import(bundle);
    begin();
    // Its numbers are in memory before its graph can be asked anything: that is reported as the time to load.
    const snapshot = await load(textOf(file), () => note('loaded'));
    snapshot.getAggregatesByClassKey(false, 'allObjects');
    note('histogram');
    note('full');
  },
  async memlab() {
    const { utils, analysis } = createRequire(import.meta.url)(bundle);
    begin();
    const heap = await utils.getSnapshotFromFile(file, { buildNodeIdIndex: true });
    note('loaded');
    const counts = new Map();
    const sizes = new Map();
    heap.nodes.forEach(({ name, type, self_size: size }) => {
      const key = type === 'object' || type === 'native' ? name : type;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      sizes.set(key, (sizes.get(key) ?? 0) + size);
    });
    note('histogram');
    analysis.preparePathFinder(heap);
    note('full');
  },
  async toolkit() {
    const { parse } = await import(bundle);
    begin();
    const snapshot = await parse(createReadStream(file, 'utf-8'));
    snapshot.getAggregatesByClassKey(false, 'allObjects');
    note('histogram');
    note('full');
  },
  async 'JSON.parse'() {
    begin();
    JSON.parse(readFileSync(file, 'utf8'));
    note('loaded');
  },
};

await programs[program]();
console.log(`\n${JSON.stringify(stages)}`);
process.exit();
