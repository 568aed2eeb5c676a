// Where objects without a constructor in JavaScript are made (literals, arrays, strings, closures): V8 tracks every allocation for
// some seconds, and a snapshot then has the stack of each object that is alive.
import { setTimeout as sleep } from 'node:timers/promises';
import { aliveByStack } from '../../shared/heap/allocation-traces.ts';
import type { AllocationFrame } from '../../shared/heap/allocation-tree.ts';
import { HeapAnalysis } from '../../shared/heap/analysis.ts';
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import { SnapshotReader } from '../../shared/heap/snapshot-reader.ts';
import { HeapDescriber, type ClassRecord } from '../heap/describe.ts';
import { placeBySourceMaps } from '../source-maps/place-graph.ts';
import { readScopes } from '../source-maps/scopes.ts';
import type { Connection } from '../targets/connection.ts';
import { scriptsWithMaps } from '../targets/scripts.ts';
import { TargetError, type Progress } from '../targets/target.ts';
import { whileWanted } from '../targets/while-wanted.ts';
import { FramePlaces } from './placed-frames.ts';
import type { ClassSites, Site } from './sites.ts';
import { shortNameOf } from './wanted-class.ts';

export interface TraceOptions {
  type: string;
  /** Milliseconds. */
  duration: number;
  /** Called before, with what it costs; what it throws ends the recording. */
  before: () => Promise<void>;
  warn: (sentence: string) => void;
}

/**
 * Records all allocations and gives those of a class.
 * @throws TargetError where there is no such class; the signal's reason
 */
export async function traceSites(
  connection: Connection,
  { type, duration, before, warn }: TraceOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<ClassSites[]> {
  await before();
  const { channel, name } = connection;
  const reader = new SnapshotReader();
  await whileWanted(
    (chunk) => reader.write(chunk),
    signal,
    async (take, isOver) => {
      await channel.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });
      try {
        const start = Date.now();
        while (Date.now() - start < duration && !isOver.aborted) {
          progress(`${name}: tracking every allocation`, Date.now() - start, duration);
          await sleep(Math.min(100, duration), null, { signal: isOver }).catch(() => {});
        }
        if (!isOver.aborted) await connection.snapshot(take, progress);
      } finally {
        // To stop it by its name would take one more snapshot.
        await channel.post('HeapProfiler.disable').catch(() => {});
      }
    },
  );
  const graph = reader.end();
  requireTracked(graph, name);
  const records = await scriptsWithMaps(channel);
  placeBySourceMaps(graph, records, readScopes, warn);
  return sitesIn(graph, type, new FramePlaces(graph.places));
}

/**
 * Where the objects of a class were made, in a snapshot of a program whose allocations V8 tracked. Only what is alive is known.
 * @throws TargetError where there is no such class
 */
export function sitesIn(graph: HeapGraph, type: string, places: FramePlaces): ClassSites[] {
  const analysis = new HeapAnalysis(graph);
  const describer = new HeapDescriber(analysis);
  const isWanted = (record: ClassRecord) => describer.isCalled(record, type);
  const found = sitesOfClasses(graph, analysis, describer, isWanted, places);
  if (found.length === 0) throw noClass(type);
  return found;
}

const noClass = (type: string) =>
  new TargetError(`there is no class ${JSON.stringify(type)}: objgraph types lists which there are`);

/** @throws TargetError where V8 did not track allocations until a snapshot: it stops for all clients when one of them leaves */
export function requireTracked({ allocations }: HeapGraph, name: string): void {
  if (allocations === null || allocations.parents.length === 0)
    throw new TargetError(
      `V8 stopped tracking the allocations of ${name} too early, as it does when another debugger leaves it: ask again`,
    );
}

/**
 * @throws TargetError where a snapshot has no object of a class, and not even its name: a class of the language may have no objects
 */
export function requireClass(graph: HeapGraph, type: string): void {
  const analysis = new HeapAnalysis(graph);
  const describer = new HeapDescriber(analysis);
  const isThere = analysis.classes.list.some((heapClass) =>
    describer.isCalled(describer.class(heapClass), type),
  );
  const name = shortNameOf(type);
  // Only such names can be looked up.
  const isNamed = !/^[\w$]+$/.test(name) || graph.strings.indexOf(name) >= 0;
  if (!isThere && !isNamed) throw noClass(type);
}

/** Where the objects of some classes were made, of which only what is alive is known. */
export function sitesOfClasses(
  graph: HeapGraph,
  analysis: HeapAnalysis,
  describer: HeapDescriber,
  isWanted: (record: ClassRecord) => boolean,
  places: FramePlaces,
): ClassSites[] {
  const found = analysis.classes.list.flatMap((heapClass, index) => {
    const record = describer.class(heapClass);
    return isWanted(record) ? [{ record, index }] : [];
  });
  return found.map(({ record, index }) => {
    const nodes = nodesOf(analysis.classes.ofNode, index);
    const sites = stacksOf(graph, nodes, places);
    const alive = sites.reduce((sum, site) => sum + (site.alive ?? 0), 0);
    // What was made before, and what V8 gave no stack (many objects of Node 20), is not among them.
    return { ...record, sites, made: null, alive, isComplete: false };
  });
}

function nodesOf(ofNode: ArrayLike<number>, index: number): Uint32Array {
  const nodes: number[] = [];
  for (let node = 0; node < ofNode.length; node++) if (ofNode[node] === index) nodes.push(node);
  return Uint32Array.from(nodes);
}

function stacksOf(graph: HeapGraph, nodes: Uint32Array, places: FramePlaces): Site[] {
  const tree = aliveByStack(graph, nodes);
  if (tree === null) return [];
  const { frames, parents, frameOf, counts } = tree;
  const sites: Site[] = [];
  for (let node = 1; node < parents.length; node++) {
    if (counts![node] === 0) continue;
    const stack: AllocationFrame[] = [];
    for (let at = node; at > 0; at = parents[at]) stack.push(frames[frameOf[at]]);
    sites.push({ stack: stack.map((frame) => places.ofFunction(frame)), made: null, alive: counts![node] });
  }
  return sites.sort((a, b) => (b.alive ?? 0) - (a.alive ?? 0));
}
