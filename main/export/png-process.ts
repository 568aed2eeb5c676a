// The process in which a png is drawn: see png-apart.ts. Drawing blocks its main thread, so that another thread watches over its
// memory, its time, and whether its parent is still there.
import { buffer } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../shared/errors.ts';
import type { PngTask } from './png-apart.ts';
import { drawPng, loadResvg } from './png.ts';

/** In the desktop app it is a utility process, which has a port and no standard input. */
interface Port {
  once(event: 'message', listener: (message: { data: Uint8Array[] }) => void): void;
  postMessage(message: unknown): void;
}
const { parentPort: port } = process as { parentPort?: Port };

// While the picture is still being made. Where it cannot be loaded, drawing says why.
try {
  loadResvg();
} catch {
  // Said below.
}

const input = port
  ? Buffer.concat(
      await new Promise<Uint8Array[]>((resolve) => port.once('message', ({ data }) => resolve(data))),
    )
  : await buffer(process.stdin);
const end = input.indexOf('\n');
const { options, limits } = JSON.parse(input.toString('utf8', 0, end)) as PngTask;
/** Its parent ends it when its time is over, unless the parent was killed, which not every system shows by another parent. */
const mostTime = 2 * limits.time;
const watch = new Worker(
  `const parent = process.ppid;
   setInterval(() => {
     const isOver = process.memoryUsage.rss() > ${limits.memory} || performance.now() > ${mostTime};
     if (isOver || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
   }, 10)`,
  { eval: true },
);
await new Promise((resolve) => watch.once('online', resolve));
try {
  const { png, reduced } = drawPng(input.toString('utf8', end + 1), options);
  const head = `${JSON.stringify({ reduced })}\n`;
  if (port) port.postMessage({ output: Buffer.concat([Buffer.from(head), png]) });
  else {
    process.stdout.write(head);
    process.stdout.write(png, () => process.exit(0));
  }
} catch (error) {
  if (port) port.postMessage({ complaint: messageOf(error) });
  else process.stderr.write(messageOf(error), () => process.exit(1));
}
