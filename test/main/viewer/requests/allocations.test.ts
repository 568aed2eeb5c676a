// Requests about allocations as a page sends them, to real processes, profiles and snapshots.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import type {
  AllocationRow,
  AllocationsState,
  FlameGraph,
  FoundSites,
  SourceLines,
  TimelineBar,
} from '../../../../shared/protocol/allocations.ts';
import type { HeapState, SourceRow } from '../../../../shared/protocol/heap.ts';
import { trackedProgram } from '../../../shared/heap/tracked-program.ts';
import { listeningPorts } from '../../../../main/targets/listening-ports.ts';
import { endPrograms, nodes, start } from '../../targets/programs.ts';
import { AskedSession } from '../asked-session.ts';

const folder = mkdtempSync(join(tmpdir(), 'objgraph-viewer-allocations-'));
let session: AskedSession;
beforeEach(() => {
  session = new AskedSession();
});
afterEach(async () => {
  await session.close();
  endPrograms();
});
afterAll(() => rmSync(folder, { recursive: true }));

const source = `
class Session { constructor(id) { this.id = id; } }
const kept = [];
function login(i) { const s = new Session(i); if (i % 2 === 0) kept.push(s); }
function refresh(i) { new Session(i); }
function keepLists() { for (let i = 0; i < 200; i++) kept.push({ a: i + 0.5, b: [i, i, i, i] }); }
let i = 0;
setInterval(() => { login(i); refresh(i); keepLists(); i++; }, 20);
`;
const lineOf = (text: string) => source.split('\n').findIndex((line) => line.includes(text)) + 1;

const state = () => session.ask<AllocationsState | null>('allocations.get');
const recorded = (count: number) =>
  vi.waitFor(
    async () => {
      const now = await state();
      expect(now?.profiles).toHaveLength(count);
      return now!;
    },
    { timeout: 60_000 },
  );
const rowsOf = async (subject: object, by = 'function', only = 'all') =>
  (
    await session.ask<{ rows: AllocationRow[] }>('allocations.rows', {
      ...{ subject, by, only, filter: '', sort: 'selfBytes', direction: 'descending', offset: 0, limit: 100 },
    })
  ).rows;

it('records a process, shows it as a flame graph and a table, compares, saves, and opens what was saved', async () => {
  const { pid } = await start(source, { asFile: true });
  await session.attach(pid);
  await session.ask('allocations.record', { seconds: 60, interval: 1024 });
  await session.target({ status: 'attached' });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await session.ask('allocations.finish');
  const { profiles } = await recorded(1);
  expect(profiles[0].bytes).toBeGreaterThan(10_000);
  const subject = { kind: 'profile', profile: profiles[0].id, before: null };
  const rows = await rowsOf(subject);
  const lists = rows.find(({ name }) => name === 'keepLists')!;
  expect(lists.location!.line).toBe(lineOf('function keepLists'));
  expect(rows[0].name).toBe('keepLists');
  const graph = await session.ask<FlameGraph>('allocations.flame', { subject, least: 0 });
  const at = graph.nodes.find(({ frame }) => graph.frames[frame].function === 'keepLists')!;
  expect(at.total).toBeGreaterThan(graph.nodes[0].total / 2);
  expect(graph.nodes[0].total).toBe(profiles[0].bytes);
  // The flame graph and the table say the same.
  const own = graph.nodes.filter(({ frame }) => graph.frames[frame].function === 'keepLists');
  expect(own.reduce((sum, node) => sum + node.self, 0)).toBe(lists.selfBytes);

  await session.ask('allocations.record', { seconds: 0.5, interval: 1024 });
  const [, second] = (await recorded(2)).profiles;
  const less = await rowsOf({ kind: 'profile', profile: second.id, before: profiles[0].id });
  const alone = await rowsOf({ kind: 'profile', profile: second.id, before: null });
  const bytes = (list: AllocationRow[]) => list.find(({ name }) => name === 'keepLists')?.selfBytes ?? 0;
  expect(bytes(less)).toBe(bytes(alone) - bytes(rows));

  const { data } = await session.ask<{ data: string }>('allocations.save', {
    profile: profiles[0].id,
    format: 'heapprofile',
  });
  const file = join(folder, 'saved.heapprofile');
  writeFileSync(file, Buffer.from(data, 'base64'));
  await session.ask('document.open', { path: file });
  const third = (await recorded(3)).profiles[2];
  expect(third.name).toBe('saved.heapprofile');
  expect(bytes(await rowsOf({ kind: 'profile', profile: third.id, before: null }))).toBe(bytes(rows));
  // The thread of the heap ends when all is read again: profiles are there all the same.
  await session.ask('heap.reload');
  expect(bytes(await rowsOf(subject))).toBe(bytes(rows));
  await session.ask('allocations.remove', { profile: third.id });
  await expect(rowsOf({ kind: 'profile', profile: third.id, before: null })).rejects.toThrow(
    'There is no profile',
  );
}, 60_000);

it('says who makes the objects of a class, on the running process', async () => {
  const { pid } = await start(source, { asFile: true });
  await session.attach(pid);
  await session.takeSnapshot();
  const heap = await session.ask<HeapState>('heap.get');
  const { rows } = await session.ask<{
    rows: { type: string; location: { script: string; line: number } }[];
  }>('heap.types', {
    ...{
      snapshot: heap.shown,
      offset: 0,
      limit: 10,
      sort: 'count',
      direction: 'descending',
      filter: 'Session',
    },
  });
  const { type, location } = rows.find((row) => row.type === 'Session')!;
  const asked = { type, script: location.script, line: location.line, seconds: 1.5, isTracked: false };
  const { classes } = await session.ask<{ classes: FoundSites[] }>('target.sites', asked);
  const [{ sites }] = classes;
  const by = (name: string) => sites.find(({ stack }) => stack[0].function === name)!;
  expect(Math.abs(by('login').alive! - by('login').made! / 2)).toBeLessThanOrEqual(1);
  expect(by('refresh').alive).toBe(0);
  expect(by('login').stack[0].location!.line).toBe(lineOf('function login'));
  expect(await session.ask('target.sites', { ...asked, type: 'Nothing' })).toBeNull();
  await session.target({ status: 'attached', progress: null, problem: null });
  await session.ask('target.detach');
  await session.target(null);
  await vi.waitFor(async () => expect(await listeningPorts(pid)).toEqual([]), { timeout: 60_000 });
}, 60_000);

it('tracks every allocation for a class without a constructor: the snapshot has the stacks, and ids stay', async () => {
  const { pid } = await start(source, { asFile: true, node: nodes[nodes.length - 1].path });
  await session.attach(pid);
  await session.takeSnapshot();
  const asked = { type: 'Object', script: null, line: 0, seconds: 1, isTracked: true };
  const { classes } = await session.ask<{ classes: FoundSites[] }>('target.sites', asked);
  const [{ sites, made, alive }] = classes;
  expect(made).toBeNull();
  expect(alive).toBeGreaterThan(0);
  expect(sites[0].stack[0].function).toBe('keepLists');
  const { snapshots, sameProcess } = await session.ask<HeapState>('heap.get');
  expect(snapshots).toHaveLength(2);
  expect(snapshots[1].tracked).toMatchObject({ stacks: true });
  expect(sameProcess).toBe(true);
  const rows = await rowsOf({ kind: 'snapshot', snapshot: snapshots[1].id, ids: null });
  expect(rows[0].name).toBe('keepLists');
  expect(rows[0].count).toBeGreaterThan(200);
  // The next one is not slower, and has no stacks.
  await session.takeSnapshot();
  expect((await session.ask<HeapState>('heap.get')).snapshots[2].tracked?.stacks ?? false).toBe(false);
}, 90_000);

it('says that V8 stopped tracking when another debugger of the program left', async () => {
  const { pid } = await start(
    `${source}
     setInterval(() => { const other = new (require('node:inspector').Session)(); other.connect(); other.disconnect() }, 200)`,
    { asFile: true },
  );
  await session.attach(pid);
  const asked = { type: 'Object', script: null, line: 0, seconds: 1, isTracked: true };
  await expect(session.ask('target.sites', asked)).rejects.toThrow('V8 stopped tracking the allocations');
}, 60_000);

it('has the timeline of a snapshot, and what was allocated in a part of it', async () => {
  const file = join(folder, 'a.heaptimeline');
  expect(spawnSync(nodes[nodes.length - 1].path, ['-e', trackedProgram, file]).status).toBe(0);
  await session.ask('document.open', { path: file });
  const heap = await vi.waitFor(
    async () => {
      const now = await session.ask<HeapState>('heap.get');
      expect(now.snapshots[0].ready).toContain('counts');
      return now;
    },
    { timeout: 60_000 },
  );
  expect(heap.snapshots[0].tracked).toEqual({ stacks: true, timeline: true });
  const bars = await session.ask<TimelineBar[]>('allocations.timeline', { snapshot: 0, most: 10 });
  expect(bars.length).toBeGreaterThan(2);
  expect(bars.length).toBeLessThanOrEqual(10);
  const jobs = async (ids: object | null) =>
    (await rowsOf({ kind: 'snapshot', snapshot: 0, ids }, 'class')).find(({ name }) => name === 'Job')
      ?.count ?? 0;
  expect(await jobs(null)).toBe(101);
  // 30 came in the morning, 70 in the evening; no bar has both.
  const counts = await Promise.all(bars.map(({ after, last }) => jobs({ after, last })));
  expect(counts.filter((count) => count > 0).sort((a, b) => a - b)).toEqual([30, 70]);
  const evening = bars[counts.indexOf(70)];
  const { after, last } = evening;
  const stacks = await rowsOf({ kind: 'snapshot', snapshot: 0, ids: { after, last } });
  expect(stacks.find(({ name }) => name === 'evening')!.count).toBeGreaterThanOrEqual(70);
  expect(stacks.find(({ name }) => name === 'morning')).toBeUndefined();
}, 60_000);

it('shows whose a heap is, by package and by file', async () => {
  const file = join(folder, 'by.heapsnapshot');
  writeFileSync(
    join(folder, 'by.cjs'),
    `${source.replace('setInterval', 'void ')};login(0);globalThis.kept=[kept, login, Session];require('node:v8').writeHeapSnapshot(process.argv[2]);process.exit()`,
  );
  expect(spawnSync(process.execPath, [join(folder, 'by.cjs'), file]).status).toBe(0);
  await session.ask('document.open', { path: file });
  const about = { by: 'file', only: 'yours', filter: '', sort: 'retainedSize', direction: 'descending' };
  const page = await vi.waitFor(
    () => session.ask<{ rows: SourceRow[] }>('heap.sources', { snapshot: 0, ...about, offset: 0, limit: 10 }),
    { timeout: 60_000 },
  );
  expect(page.rows[0].name).toMatch(/by\.cjs$/);
  const exported = await session.ask<{ data: string }>('heap.export', {
    ...{ table: 'sources', about: { snapshot: 0, ...about }, format: 'csv', redacted: false },
  });
  expect(Buffer.from(exported.data, 'base64').toString()).toContain('by.cjs');
}, 60_000);

it('shows the lines around a place, and opens it in the editor', async () => {
  const script = join(folder, 'lines.js');
  writeFileSync(script, Array.from({ length: 40 }, (_, i) => `line ${i + 1}`).join('\n'));
  const lines = await session.ask<SourceLines>('source.lines', {
    subject: null,
    script,
    line: 20,
    around: 2,
  });
  expect(lines).toEqual({
    ...{ first: 18, file: script, isChanged: false },
    lines: ['line 18', 'line 19', 'line 20', 'line 21', 'line 22'],
  });
  const ask = (script: string, line = 1) =>
    session.ask('source.lines', { subject: null, script, line, around: 2 });
  for (const missing of [
    join(folder, 'gone.js'),
    'webpack://app/a.ts',
    'node:fs',
    folder,
    '/dev/zero',
    '/proc/kmsg',
  ])
    expect(await ask(missing)).toBeNull();
  expect(await ask(script, 400)).toBeNull();
  const editor = join(folder, 'editor.sh');
  const opened = join(folder, 'opened');
  writeFileSync(editor, `#!/bin/sh\necho "$@" > ${opened}\n`);
  chmodSync(editor, 0o755);
  vi.stubEnv('OBJGRAPH_EDITOR', `${editor} {file}:{line}:{column}`);
  try {
    await session.ask('source.open', { file: script, line: 20, column: 3 });
    await vi.waitFor(() => expect(existsSync(opened)).toBe(true));
    await vi.waitFor(() => expect(readFileSync(opened, 'utf8')).toBe(`${script}:20:3\n`));
    await expect(session.ask('source.open', { file: 'lines.js', line: 1, column: 0 })).rejects.toThrow(
      'no full path',
    );
    await expect(
      session.ask('source.open', { file: join(folder, 'gone.js'), line: 1, column: 0 }),
    ).rejects.toThrow('There is no file');
  } finally {
    vi.unstubAllEnvs();
  }
});

it('says what is wrong with a profile, and with a question', async () => {
  for (const [name, text, message] of [
    ['text.heapprofile', 'hello', 'text.heapprofile is no heap profile: it is not JSON'],
    ['empty.heapprofile', '{}', 'empty.heapprofile is no heap profile: it has no "head"'],
  ]) {
    await session.ask('allocations.openText', { name, text });
    await vi.waitFor(async () => expect((await state())?.problem?.message).toBe(message), {
      timeout: 60_000,
    });
    expect(await state()).toMatchObject({ profiles: [], isReading: false });
  }
  await session.ask('document.open', { path: join(folder, 'gone.heapprofile') });
  await vi.waitFor(async () => expect((await state())?.problem?.message).toBe('no such file'));
  await expect(session.ask('allocations.record', { seconds: 1, interval: 1024 })).rejects.toThrow(
    'The window is not attached to anything',
  );
  await expect(session.ask('allocations.save', { profile: 7, format: 'heapprofile' })).rejects.toThrow(
    'There is no profile 7',
  );
}, 60_000);
