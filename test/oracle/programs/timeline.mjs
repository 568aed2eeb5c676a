// The same heap while its allocations are recorded, with their stacks, as DevTools does for a `.heaptimeline`: by another
// thread, because what a listener in this one allocates would be recorded too. Arguments: as of heap.mjs.
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

const recorder = new Worker(
  `const { writeFileSync } = require('node:fs');
   const { Session } = require('node:inspector');
   const { parentPort, workerData } = require('node:worker_threads');
   const chunks = [];
   const session = new Session();
   session.connectToMainThread();
   session.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => chunks.push(params.chunk));
   const post = (method, params, done) =>
     session.post(method, params, (error) => { if (error) throw error; done(); });
   post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true }, () => parentPort.postMessage('on'));
   parentPort.once('message', () =>
     post('HeapProfiler.stopTrackingHeapObjects', {}, () => {
       writeFileSync(workerData, chunks.join(''));
       session.disconnect();
     }));`,
  { eval: true, workerData: join(process.argv[2], '1.heapsnapshot') },
);
await once(recorder, 'message');
await import('./heap.mjs');
recorder.postMessage('off');
