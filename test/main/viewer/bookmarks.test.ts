// Bookmarks as the page asks for them, kept in a folder of the test's own.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GraphDocument } from '../../../main/documents/document.ts';
import type { Method } from '../../../shared/protocol.ts';
import { readParams } from '../../../main/viewer/requests/params.ts';
import { bookmarkRequests } from '../../../main/viewer/requests/bookmarks.ts';
import { sceneOf } from '../documents/scene-of.ts';

let folder: string;
let before: string | undefined;
let document: GraphDocument;
let ask: ReturnType<typeof bookmarkRequests>;

/** As a session calls them: parameters are read by their schemas first. */
const checked = (handlers: typeof ask) =>
  Object.fromEntries(
    Object.entries(handlers).map(([method, answer]) => [
      method,
      async (params: unknown) => answer(readParams(method as Method, params) as never),
    ]),
  ) as typeof ask;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'objgraph-bookmarks-'));
  before = process.env.XDG_STATE_HOME;
  process.env.XDG_STATE_HOME = folder;
  document = new GraphDocument();
  ask = checked(bookmarkRequests(document));
  writeFileSync(join(folder, 'a.dot'), 'digraph { a -> b -> c }');
  await document.openFile(join(folder, 'a.dot'));
});
afterEach(() => {
  document.close();
  if (before === undefined) delete process.env.XDG_STATE_HOME;
  else process.env.XDG_STATE_HOME = before;
  rmSync(folder, { recursive: true });
});

const file = () => join(folder, 'objgraph', 'bookmarks.json');
const place = { x: 10, y: -20.5, zoom: 2 };

it('are added, renamed, removed, and there again in the next window', async () => {
  await ask['bookmarks.add']({ name: ' one ', ...place });
  await ask['bookmarks.add']({ name: 'two', ...place });
  expect(await ask['bookmarks.rename']({ index: 1, name: 'second' })).toMatchObject({
    bookmarks: [{ name: 'one' }, { name: 'second' }],
    problem: null,
  });
  const again = new GraphDocument();
  await again.openFile(join(folder, 'a.dot'));
  expect(await bookmarkRequests(again)['bookmarks.list'](null)).toEqual({
    bookmarks: [
      { name: 'one', ...place },
      { name: 'second', ...place },
    ],
    problem: null,
  });
  again.close();
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  await ask['bookmarks.remove']({ index: 0 });
  expect((await ask['bookmarks.list'](null)).bookmarks).toMatchObject([{ name: 'second' }]);
});

it('bring back what was hidden, as one step that can be undone', async () => {
  const names = () =>
    sceneOf(document.state)
      .nodes.map(({ name }) => name)
      .join('');
  await document.explore({ kind: 'hide', nodes: ['a'], clusters: [] });
  await ask['bookmarks.add']({ name: 'without a', ...place });
  await document.showAll();
  expect(names()).toBe('abc');
  expect(await ask['bookmarks.go']({ index: 0 })).toMatchObject(place);
  expect(names()).toBe('bc');
  await ask['bookmarks.go']({ index: 0 });
  await document.undo();
  expect(names()).toBe('abc');
});

it('are those of one graph of one file', async () => {
  await ask['bookmarks.add']({ name: 'of a', ...place });
  writeFileSync(join(folder, 'b.dot'), 'digraph p { a } digraph q { b }');
  await document.openFile(join(folder, 'b.dot'));
  expect((await ask['bookmarks.list'](null)).bookmarks).toEqual([]);
  await ask['bookmarks.add']({ name: 'of p', ...place });
  await document.setGraph(1);
  expect((await ask['bookmarks.list'](null)).bookmarks).toEqual([]);
});

it('of a text without a file last as long as the window', async () => {
  await document.openText('text', 'digraph { a }');
  expect((await ask['bookmarks.add']({ name: 'one', ...place })).bookmarks).toHaveLength(1);
  expect((await ask['bookmarks.list'](null)).bookmarks).toHaveLength(1);
  expect(() => statSync(file())).toThrow('ENOENT');
});

it.each([
  '{ broken',
  '{}',
  '[{"path":"/a","graph":"g"}]',
  '[{"path":"/a","graph":"g","views":[{"name":"v","x":1,"y":2,"zoom":0,"operations":[]}]}]',
  '[{"path":"/a","graph":"g","views":[{"name":"v","x":1,"y":2,"zoom":1,"operations":[{"kind":"rm"}]}]}]',
])('says that %j cannot be read, and goes on', async (content) => {
  await ask['bookmarks.add']({ name: 'one', ...place });
  writeFileSync(file(), content);
  const { bookmarks, problem } = await ask['bookmarks.list'](null);
  expect(bookmarks).toEqual([]);
  expect(problem).toContain(file());
  await ask['bookmarks.add']({ name: 'two', ...place });
  expect(await ask['bookmarks.list'](null)).toMatchObject({ bookmarks: [{ name: 'two' }], problem: null });
  expect(JSON.parse(readFileSync(file(), 'utf8'))).toHaveLength(1);
});

it.each([
  ['bookmarks.add', { name: '  ', ...place }, 'A bookmark has a name'],
  ['bookmarks.add', { name: 'x', ...place, zoom: 0 }, 'zoom is a number from'],
  ['bookmarks.add', { name: 'x'.repeat(300), ...place }, 'longer than 200'],
  ['bookmarks.go', { index: 0 }, 'There are 0 bookmarks'],
  ['bookmarks.remove', { index: -1 }, 'index is a whole number'],
] as const)('%s refuses %j', async (method, params, mistake) => {
  await expect(ask[method](params as never)).rejects.toThrow(mistake);
});
