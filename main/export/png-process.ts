// The process in which a picture with images is drawn: see png-apart.ts. Drawing blocks its main thread, so that another
// thread watches over its memory, its time, and whether its parent is still there.
import { messageOf } from '../../shared/errors.ts';
import { json } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import type { PngTask } from './png-apart.ts';
import { drawPng } from './png.ts';

const { svg, options, memory, time } = (await json(process.stdin)) as PngTask;
const watch = new Worker(
  `const parent = process.ppid;
   setInterval(() => {
     const isOver = process.memoryUsage.rss() > ${memory} || performance.now() > ${time};
     if (isOver || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
   }, 10)`,
  { eval: true },
);
await new Promise((resolve) => watch.once('online', resolve));
try {
  const { png, reduced } = drawPng(svg, options);
  process.stdout.write(`${JSON.stringify({ reduced })}\n`);
  process.stdout.write(png, () => process.exit(0));
} catch (error) {
  process.stderr.write(messageOf(error), () => process.exit(1));
}
