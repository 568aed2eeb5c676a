// Pictures that the library gives to the viewer: the snapshot beside them lets them grow there.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { removeTemporary } from '../../../main/documents/temporary.ts';
import { newDocuments, openRequested, type Documents } from '../../../main/viewer/window-documents.ts';
import { emptyWindow } from '../../../main/viewer/view-request.ts';
import { HeapAnalysis } from '../../../shared/heap/analysis.ts';
import { writeSnapshotBeside } from '../../../shared/objgraph/snapshot-beside.ts';
import type { Picture } from '../../../shared/picture/picture.ts';
import type { SceneNode } from '../../../shared/scene/scene.ts';
import { buildGraph } from '../heap/build-graph.ts';
import { sceneOf } from '../../main/documents/scene-of.ts';

const library = join(import.meta.dirname, '../../../dist/index.cjs');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-growing-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program whose viewer does nothing, and gives the picture that it would have shown. */
function pictureOf(source: string): string {
  const program = join(folder, 'program.cjs');
  writeFileSync(
    program,
    `const { byType, openSnapshot, showRefs, showBackrefs, showChain, findBackrefChain, takeSnapshot } = require(${JSON.stringify(library)});
     class Held { constructor(i) { this.name = 'held ' + i; this.inner = { deep: { deeper: {} } } } }
     const list = exports.list = Array.from({ length: 30 }, (_, i) => new Held(i));
     process.execPath = '/bin/true';
     ${source}`,
  );
  const output = execFileSync(process.execPath, [program], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder, OBJGRAPH_VIEWER: '/bin/true', DISPLAY: ':9', NODE_OPTIONS: '' },
  });
  return /Graph written to (\S+)/.exec(output)![1];
}

let window: Documents;
beforeEach(() => {
  window = newDocuments();
});
afterEach(() => close(window));
function close({ document, heap, pictures }: Documents): void {
  document.close();
  heap.close();
  pictures.close();
}

const shown = (documents: Documents, revision: number) =>
  vi.waitFor(() => {
    const { state } = documents.document;
    expect(state.revision).toBeGreaterThan(revision);
    expect(state.problem).toBeNull();
    return state;
  }, 60_000);
const nodesOf = (state: Documents['document']['state']) => sceneOf(state).nodes;
const idOf = ({ ref }: SceneNode) => (ref?.kind === 'object' ? ref.id : -1);
const names = (state: Documents['document']['state']) => nodesOf(state).map(({ name }) => name);

it('grow from the snapshot beside them, which is private and goes with the window', async () => {
  const dot = pictureOf('showRefs([list], { maxDepth: 1 })');
  const beside = dot.replace('.dot', '.heapsnapshot');
  expect(statSync(beside).mode & 0o777).toBe(0o600);
  const documents = openRequested({ ...emptyWindow, path: dot, title: 'graph.dot', temporary: true });
  try {
    const first = await shown(documents, 0);
    expect(first.grows).toBe(true);
    const box = nodesOf(first).find(({ ref }) => ref?.kind === 'more')!.name;
    expect(await documents.pictures.grow({ kind: 'more', box })).toEqual({ added: 10, limit: null });
    const second = await shown(documents, first.revision);
    expect(names(second)).toEqual(expect.arrayContaining(names(first)));
    // The window shows a picture, and no heap.
    expect(documents.heap.state).toBeNull();
    expect(await documents.pictures.grow({ kind: 'deeper', direction: 'references' })).toMatchObject({
      limit: null,
    });
  } finally {
    close(documents);
  }
  removeTemporary(dot);
  expect(existsSync(beside)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.startsWith('objgraph-'))).toEqual([]);
});

it('can be given up while the snapshot is read, and grow when they are asked again', async () => {
  const dot = pictureOf('showRefs([list], { maxDepth: 1 })');
  window.pictures.openFile(dot, 'graph.dot');
  const first = await shown(window, 0);
  const growth = { kind: 'deeper', direction: 'references' } as const;
  const growing = window.pictures.grow(growth);
  window.pictures.cancelGrowth();
  await expect(growing).rejects.toThrow('The picture stays as it was');
  expect(window.document.state.revision).toBe(first.revision);
  expect((await window.pictures.grow(growth)).added).toBeGreaterThan(0);
  removeTemporary(dot);
});

it('show the library no more than the first picture does', async () => {
  const dot = pictureOf('showBackrefs([list[3]], { maxDepth: 1 })');
  window.pictures.openFile(dot, 'graph.dot');
  const first = await shown(window, 0);
  const id = idOf(nodesOf(first).find(({ label }) => label.startsWith('Held'))!);
  expect(await window.pictures.grow({ kind: 'referrers', id })).toEqual({ added: 0, limit: null });
  const { added } = await window.pictures.grow({ kind: 'deeper', direction: 'referrers' });
  expect(added).toBeGreaterThan(0);
  const deeper = await shown(window, first.revision);
  expect(
    nodesOf(deeper)
      .map(({ label }) => label)
      .join('\n'),
  ).not.toMatch(/ObjgraphHolder|objgraph/i);
  removeTemporary(dot);
});

it('have none where the picture goes into a file', () => {
  const file = pictureOf(`showRefs([list], { filename: ${JSON.stringify(join(folder, 'a.dot'))} })`);
  expect(readdirSync(folder).sort()).toEqual(['a.dot', 'program.cjs']);
  rmSync(file);
});

it('are shown without a snapshot that is too large, or has no place to be written to', () => {
  const graph = buildGraph({ nodes: ['synthetic (root)', 'object Foo'], edges: ['0 element 1 1'] });
  const snapshot = new HeapAnalysis(graph);
  const picture: Picture = {
    kind: 'references',
    direction: 'references',
    style: 'cards',
    maxDepth: 1,
    rankDirection: null,
    boxes: [],
    edges: [],
  };
  const own = mkdtempSync(join(folder, 'own-'));
  try {
    expect(writeSnapshotBeside(join(own, 'graph.dot'), picture, snapshot, 500)).toBe(false);
    expect(writeSnapshotBeside(join(own, 'missing', 'graph.dot'), picture, snapshot)).toBe(false);
    expect(readdirSync(own)).toEqual([]);
    expect(writeSnapshotBeside(join(own, 'graph.dot'), picture, snapshot)).toBe(true);
    expect(readdirSync(own)).toEqual(['graph.heapsnapshot', 'graph.own', 'graph.picture.json']);
  } finally {
    rmSync(own, { recursive: true });
  }
});

const later = `list.splice(3, 20); for (let i = 0; i < 5; i++) list.push(new Held('later'));`;
it.each([
  ['a chain that was found earlier', `const chain = findBackrefChain(list[3]); ${later} showChain(chain)`],
  ['a chain of live objects', 'showChain([list, list[3]])'],
  [
    'a moment that was kept',
    `const snapshot = takeSnapshot(); const held = list[3]; ${later} showBackrefs([held], { snapshot, maxDepth: 1 })`,
  ],
  [
    'a file, whatever becomes of it',
    `const file = require('node:path').join(__dirname, 'own.heapsnapshot');
     require('node:v8').writeHeapSnapshot(file);
     const snapshot = openSnapshot(file);
     require('node:fs').rmSync(file);
     showBackrefs([byType('Held', { snapshot })[3]], { snapshot, maxDepth: 1 })`,
  ],
])('grow of %s', async (_, source) => {
  const dot = pictureOf(source);
  try {
    window.pictures.openFile(dot, 'graph.dot');
    const first = await shown(window, 0);
    const held = nodesOf(first).find(({ label }) => label.startsWith('Held'))!;
    const growth = { kind: 'references', id: idOf(held) } as const;
    expect(await window.pictures.grow(growth)).toEqual({ added: 1, limit: null });
    const grown = await shown(window, first.revision);
    expect(names(grown)).toEqual(expect.arrayContaining(names(first)));
    expect(
      nodesOf(grown)
        .map(({ label }) => label)
        .join(),
    ).toMatch(/held \d/);
    const array = nodesOf(first).find(({ label }) => label.startsWith('Array'))!;
    const { added } = await window.pictures.grow({ kind: 'references', id: idOf(array) });
    // Three of those that are alike; a stack counts the others.
    expect(added).toBe(3);
  } finally {
    removeTemporary(dot);
  }
  expect(readdirSync(folder)).toEqual(['program.cjs']);
});
