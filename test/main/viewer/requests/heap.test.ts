// Requests about the heap as a page sends them: answered, or refused in words.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Session } from '../../../../main/viewer/session.ts';
import { newDocuments } from '../../../../main/viewer/window-documents.ts';
import type { HeapState } from '../../../../shared/protocol/heap.ts';
import { takeSnapshots, type Snapshots } from '../../documents/snapshots.ts';
import { receivedError, type ErrorMessage } from '../../../../shared/errors.ts';

let snapshots: Snapshots;
let session: Session;
const send = vi.fn<(message: unknown) => void>();
const host = {
  send,
  editor: null,
  openLink: () => Promise.resolve(),
  chooseFile: () => Promise.resolve(null),
  openWindow: () => {},
  closeWindow: () => {},
};

beforeAll(() => {
  snapshots = takeSnapshots();
});
afterAll(() => snapshots.remove());
beforeEach(() => {
  send.mockClear();
  session = new Session(newDocuments(), host);
});
afterEach(() => session.dispose());

let last = 0;
/** What the session answers; its errors are thrown. */
async function ask<T = unknown>(method: string, params: unknown = null): Promise<T> {
  const id = ++last;
  await session.receive({ id, method, params });
  const answers = send.mock.calls.map(
    ([message]) => message as { id?: number; ok?: boolean; error?: ErrorMessage },
  );
  const answer = answers.find((message) => message.id === id) as {
    ok: boolean;
    error: ErrorMessage;
    result: T;
  };
  if (!answer.ok) throw receivedError(answer.error);
  return answer.result;
}

const isRead = (count = 1) =>
  vi.waitFor(async () => {
    const state = await ask<HeapState>('heap.get');
    expect(state.snapshots.filter(({ nodes }) => nodes > 0)).toHaveLength(count);
    return state;
  }, 60_000);
const types = { snapshot: 0, offset: 0, limit: 3, sort: 'count', direction: 'descending', filter: '' };

describe('a page', () => {
  it('opens a snapshot as it opens any file, and is notified', async () => {
    expect(await ask('heap.get')).toBeNull();
    await ask('document.open', { path: snapshots.before });
    await isRead();
    expect(send).toHaveBeenCalledWith({
      event: 'heap.changed',
      data: expect.objectContaining({ shown: 0 }),
    });
    expect(await ask('heap.types', types)).toMatchObject({ offset: 0, rows: [{}, {}, {}] });
    await ask('heap.add', { path: snapshots.after });
    await isRead(2);
    await ask('heap.show', { snapshot: 0 });
    expect(await ask('heap.get')).toMatchObject({ shown: 0, sameProcess: true });
    await ask('heap.remove', { snapshot: 0 });
    expect(await ask('heap.get')).toMatchObject({
      shown: 1,
      snapshots: [{ id: 1, name: 'after.heapsnapshot' }],
    });
  });

  it('gives a snapshot in pieces', async () => {
    const bytes = readFileSync(snapshots.before);
    const { upload } = await ask<{ upload: number }>('heap.upload', {
      name: 'a.heapsnapshot',
      size: bytes.length,
    });
    for (let from = 0; from < bytes.length; from += 2 ** 20) {
      const data = bytes.subarray(from, from + 2 ** 20).toString('base64');
      await ask('heap.uploadPiece', { upload, data });
    }
    await ask('heap.uploadEnd', { upload, failure: null });
    expect(await isRead()).toMatchObject({ snapshots: [{ name: 'a.heapsnapshot', problem: null }] });
    await expect(ask('heap.uploadPiece', { upload, data: '' })).rejects.toThrow('There is no upload 1');
  });

  it('draws, lets grow, exports and reports', async () => {
    await ask('heap.add', { path: snapshots.before });
    await isRead();
    const all = { ...types, limit: 1000, sort: 'retainedSize' };
    const { rows } = await ask<{ rows: { type: string; index: number }[] }>('heap.types', all);
    const type = rows.find((row) => row.type === 'Session')!.index;
    const instances = { snapshot: 0, offset: 0, limit: 1, type, sort: 'id', direction: 'ascending' };
    const page = await ask<{ rows: { id: number }[] }>('heap.instances', {
      ...instances,
      filter: '',
      newSince: null,
    });
    const [{ id }] = page.rows;
    await ask('heap.draw', { snapshot: 0, picture: { kind: 'references', ids: [id], maxDepth: 0 } });
    const grown = await vi.waitFor(
      () => ask<{ added: number }>('heap.grow', { growth: { kind: 'references', id } }),
      20_000,
    );
    // The other reference is to a string: a row of its card.
    expect(grown).toEqual({ added: 1, limit: null });
    const about = { snapshot: 0, sort: 'count', direction: 'descending', filter: 'session' };
    const csv = await ask<{ name: string; data: string }>('heap.export', {
      ...{ table: 'types', format: 'csv', about, redacted: false },
    });
    expect(csv.name).toBe('types.csv');
    expect(Buffer.from(csv.data, 'base64').toString()).toMatch(
      /^index,type,script,line,column,owner,count,[^]*,Session,/,
    );
    const report = await ask<{ name: string; data: string }>('heap.report', {
      ...{ snapshot: 0, id, title: 'Sessions / leak?', redacted: true },
    });
    expect(report.name).toBe('Sessions leak.html');
    expect(Buffer.from(report.data, 'base64').toString()).toContain('<svg ');
  });
});

describe('what is not as the protocol says', () => {
  it.each([
    ['heap.types', { ...types, snapshot: 7 }, 'There is no snapshot 7: the window has 1'],
    ['heap.types', { ...types, limit: 1001 }, 'limit is a whole number from 0 to 1000'],
    ['heap.types', { ...types, offset: -1 }, 'offset is a whole number'],
    ['heap.types', { ...types, sort: '__proto__' }, 'sort is one of type, count'],
    ['heap.types', { ...types, direction: 'up' }, 'direction is one of ascending, descending'],
    ['heap.types', { ...types, filter: 3 }, 'The request needs filter, a text'],
    ['heap.types', { ...types, filter: 'x'.repeat(1001) }, 'filter is longer than 1000 characters'],
    ['heap.object', { snapshot: 0, id: 'x' }, 'id is a whole number'],
    ['heap.references', { snapshot: 0, offset: 0, limit: 9, id: 2 }, 'has no object @2'],
    ['heap.retainers', { snapshot: 0, offset: 0, limit: 9, id: 1, leaveOut: { ids: 3 } }, 'ids is a list'],
    ['heap.paths', { snapshot: 0, id: 1, count: 99, leaveOut: { ids: [], edges: [] } }, 'from 1 to 20'],
    ['heap.treemap', { snapshot: 0, id: null, least: 0, depth: 3 }, 'least is a number from 0.0001 to 1'],
    ['heap.growth', { ...types, before: 0, after: 0 }, 'Growth is from an earlier snapshot to a later one'],
    ['heap.suspects', { snapshots: [] }, 'snapshots names each one once, the oldest first'],
    ['heap.suspects', { snapshots: [0, 0] }, 'snapshots names each one once, the oldest first'],
    ['heap.draw', { snapshot: 0, picture: { kind: 'all' } }, 'kind is one of references'],
    ['heap.draw', { snapshot: 0, picture: { kind: 'references', ids: [] } }, 'ids names no object'],
    ['heap.draw', { snapshot: 0, picture: null }, 'The request needs kind, a text'],
    ['heap.grow', { growth: { kind: 'more', box: 'x' } }, 'it cannot grow'],
    [
      'heap.export',
      { table: 'types', format: 'xls', about: types, redacted: true },
      'format is one of csv, json',
    ],
    ['heap.export', { table: 'types', format: 'csv', about: types }, 'redacted is true or false'],
    ['heap.export', { table: 'all', format: 'csv', about: types, redacted: true }, 'table is one of types'],
    ['heap.report', { snapshot: 0, id: 2, title: 'x', redacted: true }, 'has no object @2'],
    ['heap.upload', { name: 'x', size: 2 ** 50 }, 'size is a whole number from 0'],
    ['heap.uploadEnd', { upload: 9, failure: null }, 'There is no upload 9'],
    ['heap.add', { path: '' }, 'The path is empty'],
    ['target.attach', { address: ' ' }, 'The address is empty'],
    ['target.evaluate', { expression: '1' }, 'The window is not attached to anything'],
    ['target.snapshot', null, 'The window is not attached to anything'],
  ])('%s is refused: %j', async (method, params, sentence) => {
    await ask('heap.add', { path: snapshots.before });
    await isRead();
    await expect(ask(method, params)).rejects.toThrow(sentence);
  });
});
