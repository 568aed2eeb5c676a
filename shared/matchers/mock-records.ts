// What mocks of test runners record: each call with its arguments, its result and its `this`, until a test clears them; and the
// runner's own list of mocks, by which it restores them. Work that calls a mock leaves these behind without a leak.
import { reachableOnlyThrough } from '../heap/excluded.ts';
import type { HeapGraph } from '../heap/heap-graph.ts';
import { snapshotNow } from '../objgraph/snapshot.ts';
import { Visibility } from '../heap/visibility.ts';

/** Objects (and scopes) that have all of these references, by which of them they keep records. */
interface Recorder {
  records: readonly string[];
  others: readonly string[];
}

const recorders: readonly Recorder[] = [
  // Jest and Vitest: `mock.mock`.
  { records: ['invocationCallOrder', 'calls', 'contexts', 'instances', 'results'], others: [] },
  // Jest: class ModuleMocker.
  { records: ['_spyState'], others: ['_mockConfigRegistry', '_mockState'] },
  // Vitest: variables of @vitest/spy.
  { records: ['REGISTERED_MOCKS', 'MOCK_RESTORE', 'MOCK_CONFIGS'], others: [] },
  // Node: classes MockFunctionContext and MockTracker.
  { records: ['#calls'], others: ['#implementation', '#restore', '#times'] },
  { records: ['#mocks'], others: ['#timers'] },
];
/** Records that some versions keep besides. */
const further = ['lastCall', 'settledResults'];

/** What V8 keeps until the present job ends, because a WeakRef was read in it: the matcher reads one for each object. */
const readInThisJob = 'weak_refs_keep_during_job';

/** Of some objects, those that nothing but the records of mocks keeps. */
export function keptByMocksAlone(objects: readonly object[]): Set<object> {
  const { snapshot, nodes } = snapshotNow(objects, 'none', [objects]);
  const { heap, graph } = snapshot;
  const entries = recordsIn(heap);
  if (!entries.includes(1)) return new Set();
  const momentary = heap.strings.indexOf(readInThisJob);
  for (let edge = 0; momentary >= 0 && edge < heap.edgeCount; edge++)
    if (heap.edgeNumber(edge) === momentary && !heap.hasIndexName(edge)) entries[heap.edgeTargets[edge]] = 1;
  // What only the library reaches keeps nothing either.
  for (let node = 0; node < entries.length; node++)
    if (graph.visibility[node] === Visibility.excluded) entries[node] = 1;
  const only = reachableOnlyThrough(heap, entries);
  return new Set(objects.filter((_, i) => nodes[i] >= 0 && only[nodes[i]] === 1));
}

/** Per node, 1 for the lists of records; all 0 where there are none. */
function recordsIn(graph: HeapGraph): Uint8Array {
  const entries = new Uint8Array(graph.nodeCount);
  const known = new Map(recorders.map((recorder) => [graph.strings.indexOf(recorder.records[0]), recorder]));
  known.delete(-1);
  if (known.size === 0) return entries;
  for (let node = 0; node < graph.nodeCount; node++)
    for (let edge = graph.firstEdges[node]; edge < graph.firstEdges[node + 1]; edge++) {
      const recorder = graph.hasIndexName(edge) ? undefined : known.get(graph.edgeNumber(edge));
      if (
        !recorder ||
        ![...recorder.records, ...recorder.others].every((name) => graph.childNamed(node, name) >= 0)
      )
        continue;
      for (const name of [...recorder.records, ...further]) {
        const record = graph.childNamed(node, name);
        if (record >= 0) entries[record] = 1;
      }
    }
  return entries;
}
