// A program whose allocations V8 tracks.

/** Writes a snapshot with stacks and a timeline. */
export const trackedProgram = `
const { Session: Inspector } = require('node:inspector');
const { writeFileSync } = require('node:fs');
const inspector = new Inspector();
inspector.connect();
const post = (method, params) => new Promise((resolve, reject) =>
  inspector.post(method, params, (error, result) => (error ? reject(error) : resolve(result))));
class Job { constructor(i) { this.i = i; } }
const kept = [];
function morning() { for (let i = 0; i < 30; i++) kept.push(new Job(i)); }
function evening() { for (let i = 0; i < 70; i++) kept.push(new Job(i)); }
(async () => {
  kept.push(new Job('old'));
  let text = '';
  inspector.on('HeapProfiler.addHeapSnapshotChunk', ({ params }) => (text += params.chunk));
  await post('HeapProfiler.enable');
  await post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
  morning();
  await new Promise((resolve) => setTimeout(resolve, 300));
  evening();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await post('HeapProfiler.stopTrackingHeapObjects', { reportProgress: false });
  writeFileSync(process.argv[1], text);
})();
`;
