// Brought into a viewer's process and its threads by NODE_OPTIONS: ends a thread as a test orders it. An order is a file,
// `end-THREAD`, in the folder OBJGRAPH_TEST_ORDERS, that says how: `exit` or `memory`; the thread ends with its next task.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, join } from 'node:path';
import threads from 'node:worker_threads';

const ways = {
  exit: () => process.exit(1),
  memory: () => {
    for (const held = []; ;) held.push(Array.from({ length: 1000 }, () => ({})));
  },
};

if (threads.isMainThread) {
  threads.Worker = class extends threads.Worker {
    constructor(file, options) {
      // So little that the test need not use up the machine's.
      const resourceLimits = { ...options?.resourceLimits, maxOldGenerationSizeMb: 150 };
      super(file, { ...options, resourceLimits, argv: [`--thread=${basename(String(file), '.js')}`] });
    }
  };
  syncBuiltinESMExports();
} else {
  const timer = setInterval(() => {
    // It comes into a thread before the thread has its arguments.
    const name = process.argv.find((argument) => argument.startsWith('--thread='))?.slice('--thread='.length);
    const order = join(process.env.OBJGRAPH_TEST_ORDERS ?? '', `end-${name}`);
    const how = existsSync(order) ? readFileSync(order, 'utf8') : '';
    if (!(how in ways)) return;
    clearInterval(timer);
    threads.parentPort.once('message', ways[how]);
    // So the test knows that it will be followed.
    rmSync(order);
  }, 20).unref();
}
