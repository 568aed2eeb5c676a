// What a snapshot knows of allocations, when V8 tracked them: as a window's table, flame graph and timeline.
import { aliveByStack, allocationTimeline } from '../../shared/heap/allocation-traces.ts';
import type { AllocationRow, TimelineBar } from '../../shared/protocol/allocations.ts';
import type { SnapshotState, SuspectRow } from '../../shared/protocol/heap.ts';
import type { HeapGraph } from '../../shared/heap/heap-graph.ts';
import type { PlacedTree } from '../allocations/allocation-pages.ts';
import { FramePlaces } from '../allocations/placed-frames.ts';
import { sitesOfClasses } from '../allocations/traces.ts';
import type { ClassRecord } from './describe.ts';
import type { Report } from './report.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';

/** Objects with these ids. */
export type IdRange = { after: number; last: number } | null;

/** What V8 tracked; nothing where it tracked nothing. */
export function trackedParts({ allocations }: HeapGraph): Pick<SnapshotState, 'tracked'> {
  if (allocations === null) return {};
  const stacks = allocations.parents.length > 1;
  const timeline = allocations.times.length > 1;
  return stacks || timeline ? { tracked: { stacks, timeline } } : {};
}

/** What is alive by the stack that allocated it. @throws Error where V8 tracked no stacks */
export function trackedTree(snapshot: LoadedSnapshot, ids: IdRange): PlacedTree {
  return snapshot.keep(`allocations ${ids?.after} ${ids?.last}`, () => {
    const tree = aliveByStack(snapshot.graph, null, ids ? [ids.after, ids.last] : undefined);
    if (tree === null) throw new Error(`V8 tracked no stacks for ${snapshot.name}`);
    const places = snapshot.keep('allocation frames', () => {
      const framePlaces = new FramePlaces(snapshot.graph.places);
      return tree.frames.map((frame) => framePlaces.ofFunction(frame));
    });
    return { tree, frames: places };
  });
}

/** What is alive by its class; needs `counts`. */
export function trackedClasses(snapshot: LoadedSnapshot, ids: IdRange): AllocationRow[] {
  const { graph, analysis, describer } = snapshot;
  const { ofNode, list } = analysis.classes;
  const bytes = new Float64Array(list.length);
  const counts = new Uint32Array(list.length);
  for (let node = 0; node < graph.nodeCount; node++) {
    const id = graph.nodeIds[node];
    // Even numbers are the host's, and come in no order.
    if (ids !== null && (id % 2 === 0 || id <= ids.after || id > ids.last)) continue;
    bytes[ofNode[node]] += graph.selfSizes[node];
    counts[ofNode[node]]++;
  }
  return list.flatMap((heapClass, index): AllocationRow[] => {
    if (counts[index] === 0) return [];
    const { type, location, owner } = describer.class(heapClass);
    const row = { name: type, location, owner, package: null, totalBytes: null };
    return [{ ...row, selfBytes: bytes[index], count: counts[index] }];
  });
}

/** The timeline in at most so many bars: neighbours are added up. */
export function timelineBars({ graph }: LoadedSnapshot, most: number): TimelineBar[] {
  const intervals = allocationTimeline(graph);
  const together = Math.max(1, Math.ceil(intervals.length / most));
  const bars: TimelineBar[] = [];
  for (let from = 0; from < intervals.length; from += together) {
    const part = intervals.slice(from, from + together);
    const [first, last] = [part[0], part[part.length - 1]];
    bars.push({
      start: first.start,
      end: last.end,
      after: first.after,
      last: last.last,
      count: part.reduce((sum, { count }) => sum + count, 0),
      bytes: part.reduce((sum, { bytes }) => sum + bytes, 0),
    });
  }
  return bars;
}

/** Stacks in a report, and functions of each. */
const mostMakers = 3;
const mostFrames = 4;

/** Who allocated what a suspect is about, or else the objects of a node's class; none where V8 tracked no stacks. */
export function makersOf(
  snapshot: LoadedSnapshot,
  suspect: SuspectRow | null,
  node: number,
): NonNullable<Report['madeBy']> {
  const { graph, analysis, describer } = snapshot;
  if (graph.allocations === null) return [];
  const own = describer.class(analysis.classes.list[analysis.classes.ofNode[node]]);
  const isWanted = (record: ClassRecord) =>
    suspect === null
      ? record.type === own.type && record.location?.line === own.location?.line
      : describer.isCalled(
          record,
          suspect.place === null ? suspect.type : `${suspect.type} — ${suspect.place}`,
        );
  const sites = sitesOfClasses(graph, analysis, describer, isWanted, new FramePlaces(graph.places)).flatMap(
    ({ sites: each }) => each,
  );
  const all = sites.reduce((sum, { alive }) => sum + (alive ?? 0), 0);
  return sites
    .sort((a, b) => (b.alive ?? 0) - (a.alive ?? 0))
    .slice(0, mostMakers)
    .map(({ stack, alive }) => ({
      stack: stack.slice(0, mostFrames).map(({ function: name, location }) => {
        if (location === null) return name;
        return `${name} ${describer.names.shortPath(location.script ?? '')}:${location.line}`;
      }),
      alive: alive ?? 0,
      share: (alive ?? 0) / all,
    }));
}
