// Pictures of a window's heap: they grow, step by step, and go into reports; exports, with and without the strings.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { newDocuments, type Documents } from '../../../main/viewer/window-documents.ts';
import type { GraphDocument } from '../../../main/documents/document.ts';
import type { ExportedTable } from '../../../main/heap/export-table.ts';
import { sceneOf } from './scene-of.ts';
import { takeSnapshots, type Snapshots } from './snapshots.ts';

let snapshots: Snapshots;
let window: Documents;

beforeAll(() => {
  snapshots = takeSnapshots();
});
afterAll(() => snapshots.remove());
beforeEach(async () => {
  window = newDocuments();
  await window.heap.open(snapshots.before);
  await window.heap.open(snapshots.after);
});
afterEach(() => {
  window.heap.close();
  window.document.close();
});

const order = { sort: 'retainedSize', direction: 'descending', filter: '' } as const;
const types = async () =>
  (await window.heap.ask('heap.types', { snapshot: 1, offset: 0, limit: 1000, ...order })).rows;
const typeIndex = async (type: string) => (await types()).find((row) => row.type === type)!.index;
const firstOf = async (type: string) => {
  const params = { snapshot: 1, offset: 0, limit: 1, ...order, newSince: null };
  return (await window.heap.ask('heap.instances', { ...params, type: await typeIndex(type) })).rows[0].id;
};
const sessionsArray = async () => {
  const id = await firstOf('Session');
  const leaveOut = { ids: [], edges: [] };
  const retainers = await window.heap.ask('heap.retainers', {
    snapshot: 1,
    id,
    offset: 0,
    limit: 1,
    leaveOut,
  });
  return retainers.rows[0].object.id;
};
/** Waits until the picture is another one than the last. */
const drawn = (revision: number) =>
  vi.waitFor(() => {
    const { state } = window.document;
    expect(state.revision).toBeGreaterThan(revision);
    expect(state.scene).not.toBeNull();
    expect(state.problem).toBeNull();
    return state;
  }, 20_000);
const objectsIn = (state: GraphDocument['state']) =>
  sceneOf(state)
    .nodes.map(({ name }) => name)
    .filter((name) => /^o\d+$/.test(name));
const boxesIn = (state: GraphDocument['state']) =>
  sceneOf(state).nodes.filter(({ name }) => name.startsWith('too_many_'));

describe('a picture that grows', () => {
  it('shows the next of what was too much, and takes it back', async () => {
    const array = await sessionsArray();
    await window.pictures.draw(1, { kind: 'references', ids: [array], maxDepth: 1 });
    const first = await drawn(0);
    expect(first.grows).toBe(true);
    expect(objectsIn(first)).toHaveLength(11);
    const [box] = boxesIn(first);
    expect(box).toMatchObject({ name: `too_many_o${array}`, label: '1590 more references' });
    expect(await window.pictures.grow({ kind: 'more', box: box.name })).toEqual({ added: 10, limit: null });
    const second = await drawn(first.revision);
    expect(objectsIn(second)).toHaveLength(21);
    expect(objectsIn(second)).toEqual(expect.arrayContaining(objectsIn(first)));
    expect(boxesIn(second)).toMatchObject([{ label: '1580 more references' }]);
    const text = window.document.text!;
    const shades = objectsIn(second).map(
      (name) => new RegExp(`${name}\\[fillcolor="0,0,(.*)"`).exec(text)![1],
    );
    expect(new Set(shades)).toEqual(new Set(['1', '0.3']));
    await window.document.undo();
    expect(objectsIn(window.document.state)).toEqual(objectsIn(first));
    expect(boxesIn(window.document.state)).toMatchObject([{ label: '1590 more references' }]);
    await window.document.redo();
    expect(objectsIn(window.document.state)).toEqual(objectsIn(second));
  });

  it('expands an object both ways, and does not draw what is there already', async () => {
    const session = await firstOf('Session');
    await window.pictures.draw(1, { kind: 'references', ids: [session], maxDepth: 0 });
    const alone = await drawn(0);
    expect(objectsIn(alone)).toEqual([`o${session}`]);
    await window.pictures.grow({ kind: 'referrers', id: session });
    const held = await drawn(alone.revision);
    expect(objectsIn(held)).toContain(`o${await sessionsArray()}`);
    await window.pictures.grow({ kind: 'references', id: session });
    const both = await drawn(held.revision);
    expect(sceneOf(both).edges.map(({ label }) => label)).toEqual(expect.arrayContaining(['id', 'secret']));
    expect(await window.pictures.grow({ kind: 'references', id: session })).toEqual({
      added: 0,
      limit: null,
    });
    expect(window.document.state.revision).toBe(both.revision);
  });

  it('is the picture of more depth when all of it goes one step deeper', async () => {
    const map = await firstOf('Map');
    const names = async (maxDepth: number) =>
      new Set((await window.heap.draw(1, { kind: 'references', ids: [map], maxDepth })).match(/\bo\d+\b/g));
    await window.pictures.draw(1, { kind: 'references', ids: [map], maxDepth: 1 });
    const { revision } = await drawn(0);
    const { added } = await window.pictures.grow({ kind: 'deeper', direction: 'references' });
    const state = await drawn(revision);
    expect(added).toBeGreaterThan(5);
    expect(new Set(objectsIn(state))).toEqual(await names(2));
  });

  it('has at most 300 objects, and says so', async () => {
    const array = await sessionsArray();
    await window.pictures.draw(1, { kind: 'references', ids: [array], maxDepth: 1, tooMany: 295 });
    const { revision } = await drawn(0);
    const { added, limit } = await window.pictures.grow({ kind: 'more', box: `too_many_o${array}` });
    expect({ added, limit }).toEqual({ added: 4, limit: 300 });
    expect(objectsIn(await drawn(revision))).toHaveLength(300);
  });

  it('is told in words when it cannot grow', async () => {
    await window.pictures.draw(1, { kind: 'merged', type: await typeIndex('Session') });
    await drawn(0);
    expect(window.document.state.grows).toBe(false);
    await expect(window.pictures.grow({ kind: 'more', box: 'too_many_o1' })).rejects.toThrow('cannot grow');
    await window.pictures.draw(1, { kind: 'references', ids: [await sessionsArray()] });
    await drawn(window.document.state.revision);
    await expect(window.pictures.grow({ kind: 'more', box: 'no_such_box' })).rejects.toThrow(
      'There is no no_such_box',
    );
    await expect(window.pictures.grow({ kind: 'references', id: 7 })).rejects.toThrow(
      'There is no object o7',
    );
    await window.document.openText('other', 'digraph { a -> b }');
    await expect(window.pictures.grow({ kind: 'more', box: 'a' })).rejects.toThrow('cannot grow');
  });
});

/** All strings that the program made, and the keys of its Map. */
const secrets = /secret token|user number|very same text|"key\d|"more\d/;

describe('a report', () => {
  it('is one file with the picture, the path and what the object keeps alive, in which nothing runs', async () => {
    const id = await firstOf('Session');
    const html = await window.pictures.report(1, id, 'Sessions <leak>', false);
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('<title>Sessions &lt;leak&gt;</title>');
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('<svg ');
    expect(html).toContain('leak.cjs');
    expect(html).toContain(`@${id}`);
    expect(html).toMatch(secrets);
    expect(html).not.toMatch(/<script|<link|@import|\son\w+=|src=|url\(/i);
  });

  it('tells no string when it is redacted: neither in tables nor in the picture that is shown', async () => {
    const map = (await types()).find(({ type }) => type === 'Map')!;
    const user = await firstOf('User');
    const pictures = [
      { kind: 'references', ids: [user] },
      { kind: 'referrers', ids: [user], maxDepth: 4 },
      { kind: 'merged', type: map.index },
      { kind: 'path', id: user },
    ] as const;
    for (const picture of pictures) {
      const { revision } = window.document.state;
      await window.pictures.draw(1, 'ids' in picture ? { ...picture, ids: [...picture.ids] } : picture);
      await drawn(revision);
      const html = await window.pictures.report(1, user, 'Users', true);
      expect(html).toContain('<svg ');
      expect(html).toContain('User');
      expect(html).not.toMatch(secrets);
    }
    const { revision } = window.document.state;
    await window.pictures.draw(1, { kind: 'references', ids: [user], maxDepth: 0 });
    const { revision: next } = await drawn(revision);
    await window.pictures.grow({ kind: 'references', id: user });
    await drawn(next);
    const html = await window.pictures.report(1, user, 'Users', true);
    expect(html).toMatch(/string of 1\d characters/);
    expect(html).not.toMatch(secrets);
  });
});

describe('an exported table', () => {
  const csv = async (exported: ExportedTable, redacted = false) =>
    new TextDecoder().decode(await window.heap.export(exported, 'csv', redacted));
  const json = async (exported: ExportedTable, redacted = false) =>
    JSON.parse(new TextDecoder().decode(await window.heap.export(exported, 'json', redacted))) as object[];
  const sessions = async (): Promise<ExportedTable> => ({
    table: 'instances',
    about: { snapshot: 1, type: await typeIndex('Session'), newSince: 0, ...order },
  });

  it('has all rows, as JSON and as CSV', async () => {
    const rows = await json({ table: 'types', about: { snapshot: 1, ...order } });
    const all = await window.heap.ask('heap.types', { snapshot: 1, offset: 0, limit: 1000, ...order });
    expect(rows.slice(0, 1000)).toEqual(all.rows);
    expect(rows).toHaveLength(all.total);
    expect(await json(await sessions())).toHaveLength(1500);
    const lines = (await csv(await sessions())).split('\r\n');
    expect(lines).toHaveLength(1502);
    expect(lines[0]).toBe('id,type,name,shallowSize,distance,script,line,column,retainedSize');
    expect(lines[1]).toMatch(/^\d+,Session,"\{id, secret\}",\d+,\d+,\S+leak\.cjs,3,\d+,\d+$/);
    const growth = { before: 0, after: 1, sort: 'added', direction: 'descending', filter: '' } as const;
    expect(await csv({ table: 'growth', about: growth })).toMatch(
      /^type,script,line,column,index,count1,count2,added,/,
    );
    expect(await json({ table: 'suspects', about: { snapshots: [0, 1] } })).toMatchObject([
      { type: 'Session' },
    ]);
    expect(await json({ table: 'dominators', about: { snapshot: 1, id: 1 } })).not.toHaveLength(0);
  });

  it('writes texts as RFC 4180 does, and none that a spreadsheet would compute', async () => {
    const strings = await csv({ table: 'strings', about: { snapshot: 1, filter: '' } });
    expect(strings).toMatch(/^text,isCut,count,shallowSize,wasted,id\r\n/);
    expect(strings).not.toMatch(/^[=@+]/m);
    expect(strings).toMatch(/"[^"]*""[^"]*"/);
  });

  it('tells no string when it is redacted, but finds them all the same', async () => {
    const strings = { table: 'strings', about: { snapshot: 1, filter: 'very same' } } as const;
    expect(await json(strings)).toMatchObject([{ text: 'the very same text', count: 10 }]);
    expect(await json(strings, true)).toMatchObject([{ text: 'string of 18 characters', count: 10 }]);
    const all = {
      ...order,
      snapshot: 1,
      newSince: null,
      filter: 'token',
      type: await typeIndex('(concatenated string)'),
    };
    expect(await csv({ table: 'instances', about: all })).toMatch(secrets);
    const redacted = await csv({ table: 'instances', about: all }, true);
    expect(redacted).not.toMatch(secrets);
    expect(redacted.split('\r\n').length).toBeGreaterThan(1600);
    for (const table of ['dominators', 'suspects'] as const) {
      const about = table === 'suspects' ? { snapshots: [0, 1] } : { snapshot: 1, id: null };
      expect(await csv({ table, about } as ExportedTable, true)).not.toMatch(secrets);
    }
  });
});
