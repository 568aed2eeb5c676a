// The process that limited-script.ts starts. Its work may block its main thread, so that another thread watches over its memory,
// its time, and whether its parent is still there.
import { buffer } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { messageOf } from '../../shared/errors.ts';
import type { Limits } from './limited-process.ts';

export interface TaskAnswer {
  /** Is written as JSON. */
  head: object;
  body: Uint8Array;
}

/** In the desktop app it is a utility process, which has a port and no standard input. */
interface Port {
  once(event: 'message', listener: (message: { data: Uint8Array[] }) => void): void;
  postMessage(message: unknown): void;
}
const { parentPort: port } = process as { parentPort?: Port };

/** Reads the task, does it, and ends the process with its answer, or with the message of its error. */
export async function answerTask<Task>(
  answer: (task: Task, body: Buffer) => TaskAnswer | Promise<TaskAnswer>,
): Promise<void> {
  const input = await readInput();
  const end = input.indexOf('\n');
  const { limits, ...task } = JSON.parse(input.toString('utf8', 0, end)) as Task & { limits: Limits };
  await watchOver(limits);
  try {
    const { head, body } = await answer(task as Task, input.subarray(end + 1));
    const output = Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
    if (port) port.postMessage({ output });
    else process.stdout.write(output, () => process.exit(0));
  } catch (error) {
    if (port) port.postMessage({ complaint: messageOf(error) });
    else process.stderr.write(messageOf(error), () => process.exit(1));
  }
}

async function readInput(): Promise<Buffer> {
  if (!port) return buffer(process.stdin);
  return Buffer.concat(
    await new Promise<Uint8Array[]>((resolve) => port.once('message', ({ data }) => resolve(data))),
  );
}

async function watchOver({ memory, time }: Limits): Promise<void> {
  // Its parent ends it when its time is over, unless the parent was killed, which not every system shows by another parent.
  const watch = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const parent = process.ppid;
     const check = () => {
       const isOver = process.memoryUsage.rss() > ${memory} || performance.now() > ${2 * time};
       if (isOver || process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
     };
     check();
     setInterval(check, 10);
     parentPort.postMessage('watching');`,
    { eval: true },
  );
  await new Promise((resolve) => watch.once('message', resolve));
}
