// The thread that owns the heaps of a window: it reads them, analyses them, and answers questions about them. To stop it at once,
// end it.
import { parentPort, threadId, workerData } from 'node:worker_threads';
import { detachedPage } from '../heap/detached-rows.ts';
import { dominatorPage, treemap } from '../heap/dominator-rows.ts';
import { drawPicture } from '../heap/draw.ts';
import { exportRows, pagesOf, type ExportedTable } from '../heap/export-table.ts';
import { growthPage } from '../heap/growth-rows.ts';
import { growPicture, maxObjects } from '../heap/grow-picture.ts';
import { IncomingSnapshot } from '../heap/incoming-snapshot.ts';
import { instancePage } from '../heap/instance-rows.ts';
import { objectDetails, pathsTo } from '../heap/object-details.ts';
import { referencePage } from '../heap/reference-rows.ts';
import { snapshotFields } from '../heap/snapshot-fields.ts';
import { runtimeOf } from '../heap/runtime.ts';
import { SnapshotList } from '../heap/snapshot-list.ts';
import { Profiles } from '../heap/profiles.ts';
import { sourcePage } from '../heap/source-rows.ts';
import { makersOf, timelineBars, trackedClasses, trackedTree } from '../heap/tracked-allocations.ts';
import { allocationPage, flameGraphOf, isShown, pageOfRows } from '../allocations/allocation-pages.ts';
import { FramePlaces } from '../allocations/placed-frames.ts';
import { classIds } from '../allocations/classes-in-heap.ts';
import { requireTracked, sitesOfClasses } from '../allocations/traces.ts';
import { setThread } from '../debug.ts';
import { sourceLines } from '../source-maps/source-lines.ts';
import { setMapFolders } from '../source-maps/settings.ts';
import { stringPage } from '../heap/string-rows.ts';
import { suspectRows } from '../heap/suspect-rows.ts';
import { typePage } from '../heap/type-rows.ts';
import type { ClassLocation } from '../../shared/protocol/heap.ts';
import { SnapshotFile } from '../targets/snapshot-file.ts';
import type { HeapCalls, HeapWorkerData, HeapWorkerEvent } from './heap-calls.ts';
import { answerCalls } from './rpc.ts';

/** Progress comes more often than it can be read. */
const reportInterval = 50;

/** In a report. */
const maxPaths = 3;
const maxDominated = 25;

setThread(threadId);
setMapFolders((workerData as HeapWorkerData).mapFolders);

let pending: NodeJS.Timeout | null = null;
const heaps = new SnapshotList(() => void (pending ??= setTimeout(sendState, reportInterval)));
const profiles = new Profiles();
/** Those that still come in pieces, by their ids. */
const incomings = new Map<number, IncomingSnapshot>();

const send = answerCalls<HeapCalls, HeapWorkerEvent>(parentPort!, {
  open: async ({ id, path, name, own, isQuiet }) => {
    await heaps.add(new SnapshotFile(path, name), { id, path, own, isQuiet });
    return publishState();
  },
  receive: async ({ id, name, size, folder }) => {
    const incoming = new IncomingSnapshot(name, size);
    incomings.set(id, incoming);
    await heaps.add(incoming, { id, path: null, folder });
    incomings.delete(id);
    return publishState();
  },
  piece: async ({ id, data }) => {
    await incomings.get(id)?.write(data);
    return null;
  },
  end: ({ id, failure, scripts }) => {
    if (failure === null) incomings.get(id)?.end(scripts);
    else incomings.get(id)?.fail(failure);
    return null;
  },
  discard: ({ id }) => {
    const incoming = incomings.get(id);
    if (incoming) heaps.discard(incoming);
    return publishState();
  },
  cancel: ({ snapshot }) => {
    heaps.cancel(snapshot);
    return publishState();
  },
  remove: ({ snapshot }) => {
    heaps.remove(snapshot);
    return publishState();
  },
  export: async ({ exported, format, redacted }) => {
    const loaded = await heaps.among(snapshotsOf(exported), 'dominators');
    if (exported.table === 'strings') await heaps.with(exported.about.snapshot, 'strings');
    const listed = redacted ? loaded.map((snapshot) => snapshot.redacted()) : loaded;
    return exportRows(pagesOf(exported, listed), format);
  },
  finding: async ({ snapshot, id, redacted }) => {
    const series = heaps.state.sameProcess ? heaps.idsBetween(null, snapshot) : [snapshot];
    const all = await heaps.among(series, 'dominators');
    const shown = redacted ? all.map((each) => each.redacted()) : all;
    const last = shown.at(-1)!;
    const node = last.nodeWithId(id);
    const suspect = suspectRows(shown).find((row) => row.id === id) ?? null;
    return {
      suspect,
      madeBy: makersOf(last, suspect, node),
      runtime: runtimeOf(last.graph),
      object: objectDetails(last, node),
      paths: pathsTo(last, node, maxPaths, { ids: [], edges: [] }),
      dominated: dominatorPage(last, node, { offset: 0, limit: maxDominated }).rows,
    };
  },
  grow: async ({ snapshot, picture, growth }) => {
    const { isFull, ...grown } = growPicture(await heaps.with(snapshot, 'retainedSizes'), picture, growth);
    return { ...grown, limit: isFull ? maxObjects : null };
  },
  draw: async ({ snapshot, picture, redacted }) => {
    const loaded = await heaps.with(snapshot, picture.kind === 'merged' ? 'dominators' : 'retainedSizes');
    return drawPicture(redacted ? loaded.redacted() : loaded, picture);
  },

  'heap.types': async (params) => {
    const { snapshot, sort } = params;
    const needsAll = sort === 'retainedSize' || sort === 'distance';
    return typePage(await heaps.with(snapshot, needsAll ? 'retainedSizes' : 'counts'), params);
  },
  'heap.instances': async (params) => {
    const { snapshot, sort, newSince } = params;
    const loaded = await heaps.with(snapshot, sort === 'retainedSize' ? 'retainedSizes' : 'counts');
    return instancePage(loaded, params, newSince === null ? null : await heaps.with(newSince, 'counts'));
  },
  'heap.object': async ({ snapshot, id }) => {
    const loaded = await heaps.with(snapshot, 'counts');
    const node = loaded.ids.find(id);
    return node < 0 ? null : objectDetails(loaded, node);
  },
  'heap.references': async ({ snapshot, id, ...part }) => {
    const loaded = await heaps.with(snapshot, 'counts');
    return referencePage(loaded, loaded.nodeWithId(id), 'references', part);
  },
  'heap.retainers': async ({ snapshot, id, leaveOut, ...part }) => {
    const loaded = await heaps.with(snapshot, 'counts');
    return referencePage(loaded, loaded.nodeWithId(id), 'referrers', part, leaveOut);
  },
  'heap.paths': async ({ snapshot, id, count, leaveOut }) => {
    const loaded = await heaps.with(snapshot, 'counts');
    return pathsTo(loaded, loaded.nodeWithId(id), count, leaveOut);
  },
  'heap.dominators': async ({ snapshot, id, only, ...part }) => {
    const loaded = await heaps.with(snapshot, 'dominators');
    return dominatorPage(loaded, id === null ? 0 : loaded.nodeWithId(id), part, only);
  },
  'heap.treemap': async ({ snapshot, id, least, depth }) => {
    const loaded = await heaps.with(snapshot, 'dominators');
    return treemap(loaded, id === null ? 0 : loaded.nodeWithId(id), least, depth);
  },
  'heap.growth': async ({ before, after, ...params }) => {
    const needed = params.sort === 'retainedGrowth' ? 'retainedSizes' : 'counts';
    return growthPage(await heaps.among(heaps.idsBetween(before, after), needed), params);
  },
  'heap.suspects': async ({ snapshots }) => {
    const loaded = await heaps.among(snapshots, 'dominators');
    return suspectRows(loaded);
  },
  'heap.fields': async ({ snapshot, id }) => {
    const loaded = await heaps.with(snapshot, 'counts');
    return snapshotFields(loaded, loaded.nodeWithId(id));
  },
  'heap.detached': async ({ snapshot, ...params }) =>
    detachedPage(await heaps.with(snapshot, 'dominators'), params),
  'heap.strings': async ({ snapshot, ...params }) =>
    stringPage(await heaps.with(snapshot, 'strings'), params),
  'heap.sources': async ({ snapshot, ...params }) =>
    sourcePage(await heaps.with(snapshot, 'retainedSizes'), params),

  addProfile: (given) => profiles.add(given),
  removeProfile: ({ id }) => {
    profiles.remove(id);
    return null;
  },
  saveProfile: ({ id, format }) => profiles.save(id, format),
  trackedSites: async ({ snapshot, type, script, line }) => {
    const { graph, analysis, describer, name: ofProcess } = await heaps.with(snapshot, 'counts');
    requireTracked(graph, ofProcess);
    const isWanted = ({ type: name, location }: { type: string; location: ClassLocation | null }) =>
      name === type && (script === null || (location?.script === script && location.line === line));
    return sitesOfClasses(graph, analysis, describer, isWanted, new FramePlaces(graph.places));
  },
  classIds: async ({ snapshot, wanted }) => classIds((await heaps.with(snapshot, 'counts')).graph, wanted),
  'allocations.rows': async ({ subject, ...asked }) => {
    if (subject.kind === 'profile') return profiles.page(subject.profile, subject.before, asked);
    const snapshot = await heaps.with(subject.snapshot, 'counts');
    if (asked.by !== 'class')
      return allocationPage(trackedTree(snapshot, subject.ids), asked, snapshot.folder ?? '');
    const rows = trackedClasses(snapshot, subject.ids);
    const bytes = rows.reduce((sum, { selfBytes }) => sum + selfBytes, 0);
    return pageOfRows(
      rows.filter((row) => isShown(row, asked.only)),
      rows,
      bytes,
      asked,
    );
  },
  'allocations.flame': async ({ subject, least }) =>
    subject.kind === 'profile'
      ? profiles.flame(subject.profile, subject.before, least)
      : flameGraphOf(trackedTree(await heaps.with(subject.snapshot, 'counts'), subject.ids), least),
  'allocations.timeline': async ({ snapshot, most }) =>
    timelineBars(await heaps.with(snapshot, 'counts'), most),
  'source.lines': async ({ subject, script, line, around }) => {
    if (subject?.kind === 'profile')
      return sourceLines(script, line, around, (name) => profiles.sourceText(subject.profile, name));
    const places = subject ? (await heaps.with(subject.snapshot, 'counts')).graph.places : null;
    return sourceLines(script, line, around, (name) => places?.sourceText?.(name) ?? null);
  },
});

/** The snapshots that a table is of, the oldest first. */
function snapshotsOf({ table, about }: ExportedTable): number[] {
  if (table === 'suspects') return about.snapshots;
  if (table === 'growth') return heaps.idsBetween(about.before, about.after);
  const { snapshot } = about;
  return table === 'instances' && about.newSince !== null ? [about.newSince, snapshot] : [snapshot];
}

function sendState(): void {
  if (pending) clearTimeout(pending);
  pending = null;
  send(heaps.state);
}

/** What was done is in the state before it is answered. */
function publishState(): null {
  sendState();
  return null;
}
