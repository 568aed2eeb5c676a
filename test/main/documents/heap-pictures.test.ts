// Pictures of a window's heap: they grow, step by step, and go into reports; exports, with and without the strings.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Documents } from '../../../main/viewer/window-documents.ts';
import { GraphDocument } from '../../../main/documents/document.ts';
import { HeapDocument } from '../../../main/documents/heap-document.ts';
import { HeapPictures } from '../../../main/documents/heap-pictures.ts';
import type { ExportedTable } from '../../../main/heap/export-table.ts';
import { writePicture } from '../../../shared/dot/write-picture.ts';
import { sceneOf } from './scene-of.ts';
import { takeSnapshots, type Snapshots } from './snapshots.ts';

let snapshots: Snapshots;
/** None of these tests changes it. */
let heap: HeapDocument;
let window: Pick<Documents, 'document' | 'heap' | 'pictures'>;

beforeAll(async () => {
  snapshots = takeSnapshots();
  heap = new HeapDocument();
  await heap.open(snapshots.before);
  await heap.open(snapshots.after);
});
afterAll(() => {
  heap.close();
  snapshots.remove();
});
beforeEach(() => {
  const document = new GraphDocument();
  window = { document, heap, pictures: new HeapPictures(heap, document) };
});
afterEach(() => {
  window.pictures.close();
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
  }, 60_000);
const objectsIn = (state: GraphDocument['state']) =>
  sceneOf(state).nodes.flatMap(({ name, ref }) => (ref?.kind === 'object' ? [name] : []));
const boxesIn = (state: GraphDocument['state']) =>
  sceneOf(state).nodes.filter(({ ref }) => ref?.kind === 'more');

describe('a picture', () => {
  it('gives the page the ids of its objects as a field of its nodes', async () => {
    const array = await sessionsArray();
    await window.pictures.draw(1, { kind: 'references', ids: [array], maxDepth: 1 });
    const scene = sceneOf(await drawn(0));
    expect(scene.nodes.find(({ label }) => label.startsWith('Array'))!.ref).toEqual({
      kind: 'object',
      id: array,
    });
    expect(boxesIn(window.document.state)[0].ref).toEqual({ kind: 'more', of: `o${array}` });
    expect(window.document.state.title).toMatch(/^References of Array 1,600 items · [\d.]+ [kM]B$/);
  });

  it('is the last one of several that are asked for at once', async () => {
    const array = await sessionsArray();
    const titles: string[] = [];
    window.document.on('changed', () => titles.push(window.document.state.title));
    await Promise.all([
      window.pictures.draw(1, { kind: 'path', id: array }),
      window.pictures.draw(1, { kind: 'references', ids: [array], maxDepth: 1 }),
      window.pictures.draw(1, { kind: 'referrers', ids: [array], maxDepth: 1 }),
    ]);
    expect((await drawn(0)).title).toMatch(/^Back references of Array 1,600 items/);
    expect(new Set(titles)).toHaveLength(1);
  });

  it('of a heap with any text in any language is drawn', async () => {
    const { document } = window;
    await window.pictures.draw(1, { kind: 'references', ids: [await firstOf('Map')] });
    await drawn(0);
    const picture = document.picture!;
    const boxes = picture.boxes.map((box) =>
      box.kind === 'object'
        ? {
            ...box,
            text: 'text/html; charset=utf-8',
            fields: [{ name: 'café', value: '"charset=big-5 …<&>\0"' }],
          }
        : box,
    );
    await document.openPicture(writePicture({ ...picture, boxes }), true);
    expect(document.state.problem).toBeNull();
    expect(sceneOf(document.state).nodes[0].label).toContain('text/html; charset=utf-8');
    expect(sceneOf(document.state).nodes[0].label).toContain('"charset=big-5 …<&>');
  });
});

describe('a picture that grows', () => {
  it('unfolds ten more of a stack of siblings, and takes it back', async () => {
    const array = await sessionsArray();
    await window.pictures.draw(1, { kind: 'references', ids: [array], maxDepth: 1 });
    const first = await drawn(0);
    expect(first.grows).toBe(true);
    expect(objectsIn(first)).toHaveLength(4);
    const [box] = boxesIn(first);
    expect(box.label).toMatch(/^\+ 1,597 × Session\n[\d.]+ kB$/);
    expect(await window.pictures.grow({ kind: 'more', box: box.name })).toEqual({ added: 10, limit: null });
    const second = await drawn(first.revision);
    expect(objectsIn(second)).toHaveLength(14);
    expect(objectsIn(second)).toEqual(expect.arrayContaining(objectsIn(first)));
    expect(boxesIn(second)).toMatchObject([{ name: box.name, label: /^\+ 1,587 × Session/ }].map(matching));
    await window.document.undo();
    expect(objectsIn(window.document.state)).toEqual(objectsIn(first));
    expect(boxesIn(window.document.state)[0].label).toBe(box.label);
    await window.document.redo();
    expect(objectsIn(window.document.state)).toEqual(objectsIn(second));
    // A step after an undo begins with the picture that is shown.
    await window.document.undo();
    await window.pictures.grow({ kind: 'more', box: box.name });
    expect(objectsIn(window.document.state)).toEqual(objectsIn(second));
  });

  it('expands an object both ways, and does not draw what is there already', async () => {
    const session = await firstOf('Session');
    await window.pictures.draw(1, { kind: 'references', ids: [session], maxDepth: 0 });
    const alone = await drawn(0);
    expect(objectsIn(alone)).toEqual([`o${session}`]);
    expect(sceneOf(alone).nodes[0].label).toMatch(/secret "/);
    await window.pictures.grow({ kind: 'referrers', id: session });
    const held = await drawn(alone.revision);
    expect(objectsIn(held)).toContain(`o${await sessionsArray()}`);
    const again = await window.pictures.grow({ kind: 'referrers', id: session });
    expect(again).toEqual({ added: 0, limit: null });
    // The other reference is to a string: a row of its card.
    expect((await window.pictures.grow({ kind: 'references', id: session })).added).toBe(1);
    const both = await drawn(held.revision);
    expect(await window.pictures.grow({ kind: 'references', id: session })).toEqual({
      added: 0,
      limit: null,
    });
    expect(window.document.state.revision).toBe(both.revision);
  });

  it('is the picture of more depth when all of it goes one step deeper', async () => {
    const array = await sessionsArray();
    const names = async (maxDepth: number) => {
      const { picture } = await window.heap.draw(1, { kind: 'referrers', ids: [array], maxDepth });
      return new Set(picture.boxes.flatMap((box) => (box.kind === 'object' ? [box.name] : [])));
    };
    await window.pictures.draw(1, { kind: 'referrers', ids: [array], maxDepth: 1 });
    const { revision } = await drawn(0);
    const { added } = await window.pictures.grow({ kind: 'deeper', direction: 'referrers' });
    const state = await drawn(revision);
    expect(added).toBeGreaterThan(0);
    expect(new Set(objectsIn(state))).toEqual(await names(2));
  });

  it('has at most 300 objects, and says so', async () => {
    const array = await sessionsArray();
    await window.pictures.draw(1, { kind: 'references', ids: [array], maxDepth: 1 });
    const { revision } = await drawn(0);
    const box = boxesIn(window.document.state)[0].name;
    // As a value, without a layout of each step; then with one of all.
    let picture = window.document.picture!;
    for (let step = 0; step < 28; step++) ({ picture } = await heap.grow(1, picture, { kind: 'more', box }));
    await window.document.grow(await heap.grow(1, picture, { kind: 'more', box }));
    const last = await window.pictures.grow({ kind: 'more', box });
    expect(last).toEqual({ added: 6, limit: 300 });
    expect(objectsIn(await drawn(revision))).toHaveLength(300);
    expect(await window.pictures.grow({ kind: 'more', box })).toEqual({ added: 0, limit: 300 });
  });

  it('explains why it cannot grow', async () => {
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

const matching = ({ name, label }: { name: string; label: RegExp }) => ({
  name,
  label: expect.stringMatching(label) as string,
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

  it('shows no string when it is redacted: neither in tables nor in the picture that is shown', async () => {
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
    // The string itself is reported on, so that its path and its picture have it.
    const { rows } = await window.heap.ask('heap.references', {
      snapshot: 1,
      id: user,
      offset: 0,
      limit: 100,
    });
    const text = rows.find(({ object }) => object.name.includes('user number'))!.object;
    const html = await window.pictures.report(1, text.id, 'A string', true);
    expect(html).toMatch(/string of 1\d characters/);
    expect(html).not.toMatch(secrets);
  });

  it('has the picture of its own object, whatever is drawn in the window', async () => {
    const session = await firstOf('Session');
    await window.pictures.draw(1, { kind: 'references', ids: [await firstOf('EventEmitter')] });
    await drawn(window.document.state.revision);
    const html = await window.pictures.report(1, session, 'Session', false);
    const svg = html.slice(html.indexOf('<svg'), html.indexOf('</svg>'));
    expect(svg).toContain('Session');
    expect(svg).not.toContain('EventEmitter');
  });

  it('says what was found, and of which heap, runtime and day it is', async () => {
    const [first] = await window.heap.ask('heap.suspects', { snapshots: [0, 1] });
    const html = await window.pictures.report(1, first.id, first.summary, false);
    expect(html).toContain(`Node ${process.versions.node}`);
    expect(html).toMatch(/[\d.]+ MB · [\d,]+ nodes/);
    expect(html).toContain(`datetime="${new Date().toISOString().slice(0, 10)}`);
    expect(html).toContain('% confidence');
    expect(html.replaceAll(/<\/?code>/g, '`')).toContain(first.because.replaceAll("'", '&#39;'));
    expect(html).not.toContain('`');
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
    expect(lines[0]).toBe('id,type,script,line,column,owner,name,shallowSize,distance,retainedSize');
    expect(lines[1]).toMatch(
      /^\d+,Session,\S+leak\.cjs,3,\d+,yours,"\{secret: ""the secret token of session \d+"", id\}",\d+,\d+,\d+$/,
    );
    const growth = { before: 0, after: 1, sort: 'added', direction: 'descending', filter: '' } as const;
    expect(await csv({ table: 'growth', about: growth })).toMatch(
      /^type,script,line,column,owner,index,count1,count2,added,/,
    );
    expect(await json({ table: 'suspects', about: { snapshots: [0, 1] } })).toMatchObject([
      { type: 'Session' },
      { type: 'User' },
    ]);
    expect(await json({ table: 'dominators', about: { snapshot: 1, id: 1 } })).not.toHaveLength(0);
  });

  it('writes texts as RFC 4180 does, and none that a spreadsheet would compute', async () => {
    const strings = await csv({ table: 'strings', about: { snapshot: 1, filter: '' } });
    expect(strings).toMatch(/^text,isCut,count,shallowSize,wasted,id\r\n/);
    expect(strings).not.toMatch(/^[=@+]/m);
    expect(strings).toMatch(/"[^"]*""[^"]*"/);
  });

  it('shows no string when it is redacted, but finds them all the same', async () => {
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
