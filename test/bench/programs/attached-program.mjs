// A program that is attached to: a heap of small objects of about so many MB (`node --expose-gc attached-program.mjs 30`). To each line on
// standard input it answers with what it knows of itself, as JSON: how fast it allocates, its longest pause since the last
// answer, its open handles, and the most memory that it had.
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

globalThis.heap = Array.from({ length: (Number(process.argv[2]) * 1e6) / 100 }, (_, i) => ({ i: [i] }));

/** Objects a millisecond of the processor, which other programs do not slow down. */
function rate() {
  const kept = new Array(1000);
  const start = process.cpuUsage();
  for (let i = 0; i < 3_000_000; i++) kept[i % 1000] = { i, half: [i] };
  const { user, system } = process.cpuUsage(start);
  return (1000 * 3_000_000) / (user + system);
}

const memory = (field) =>
  1024 * Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(readFileSync('/proc/self/status', 'latin1'))[1]);

let last = performance.now();
let longestPause = 0;
setInterval(() => {
  const now = performance.now();
  longestPause = Math.max(longestPause, now - last);
  last = now;
}, 5);

createInterface({ input: process.stdin })
  .on('line', () => {
    const pause = longestPause;
    const allocation = Math.max(rate(), rate(), rate(), rate());
    globalThis.gc();
    console.log(
      JSON.stringify({
        pause,
        allocation,
        handles: process.getActiveResourcesInfo().sort(),
        descriptors: readdirSync('/proc/self/fd').length,
        memory: memory('VmRSS'),
        peakMemory: memory('VmHWM'),
        heapUsed: process.memoryUsage().heapUsed,
      }),
    );
    last = performance.now();
    longestPause = 0;
  })
  .on('close', () => process.exit());
