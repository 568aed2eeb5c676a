// Requests about the heap: which snapshots there are, tables of them, one object, a picture.
import {
  heapTables,
  type HeapPicture,
  type HeapRequests,
  type HeapTable,
  type LeftOut,
  type PageRequest,
  type PictureGrowth,
} from '../../../shared/protocol/heap.ts';
import type { HeapDocument, Incoming } from '../../documents/heap-document.ts';
import type { ExportedTable } from '../../heap/export-table.ts';
import { saved } from '../save-file.ts';
import type { SessionHost } from '../session.ts';
import type { Documents } from '../window-documents.ts';
import {
  choiceIn,
  flagIn,
  heard,
  numberIn,
  pathIn,
  textIn,
  valueIn,
  wholeNumberIn,
  wholeNumbersIn,
  type Handlers,
} from './params.ts';

const mostRows = 1000;
const mostIds = 1000;
const longestFilter = 1000;
const directions = ['ascending', 'descending'] as const;
/** As large as a message of the page may be, with what base64 adds. */
const largestPiece = 4 * 2 ** 20;
const largestUpload = 16 * 2 ** 30;
const mostUploads = 100;

export function heapRequests(documents: Documents, host: SessionHost): Handlers<HeapRequests> {
  const { heap } = documents;
  return {
    ...snapshotRequests(heap),
    ...tableRequests(heap),
    ...objectRequests(heap),
    ...pictureRequests(documents, host),
  };
}

type Snapshots =
  | 'heap.get'
  | 'heap.add'
  | `heap.upload${string}`
  | 'heap.show'
  | 'heap.cancel'
  | 'heap.reload'
  | 'heap.remove';

function snapshotRequests(
  heap: HeapDocument,
): Handlers<Pick<HeapRequests, Extract<keyof HeapRequests, Snapshots>>> {
  const uploads = new Map<number, Incoming>();
  let last = 0;
  const uploadIn = (params: unknown): [number, Incoming] => {
    const number = wholeNumberIn(params, 'upload');
    const upload = uploads.get(number);
    if (!upload) throw new RangeError(`There is no upload ${number}`);
    return [number, upload];
  };
  return {
    'heap.get': () => Promise.resolve(heap.state),
    'heap.add': (params) => heard(heap.open(pathIn(params))),
    'heap.upload': (params) => {
      if (uploads.size >= mostUploads) throw new RangeError(`More than ${mostUploads} uploads at once`);
      const size = wholeNumberIn(params, 'size', 0, largestUpload);
      uploads.set(++last, heap.receive(textIn(params, 'name', 4096), size));
      return Promise.resolve({ upload: last });
    },
    'heap.uploadPiece': async (params) => {
      const [, upload] = uploadIn(params);
      await upload.write(bytesIn(params));
      return null;
    },
    'heap.uploadEnd': async (params) => {
      const [number, upload] = uploadIn(params);
      const failure = valueIn(params, 'failure') === null ? undefined : textIn(params, 'failure', 1000);
      uploads.delete(number);
      await upload.end(failure);
      return null;
    },
    'heap.show': (params) => heard(heap.show(snapshotIn(params, heap))),
    'heap.cancel': async (params) => {
      await heap.cancel(snapshotIn(params, heap));
      return null;
    },
    'heap.reload': async () => {
      await heap.reload();
      return null;
    },
    'heap.remove': async (params) => {
      await heap.remove(snapshotIn(params, heap));
      return null;
    },
  };
}

type Tables = `heap.${HeapTable}`;

function tableRequests(heap: HeapDocument): Handlers<Pick<HeapRequests, Tables>> {
  return {
    'heap.types': (params) => heap.ask('heap.types', { ...aboutTypes(params, heap), ...rowsIn(params) }),
    'heap.instances': (params) =>
      heap.ask('heap.instances', { ...aboutInstances(params, heap), ...rowsIn(params) }),
    'heap.dominators': (params) =>
      heap.ask('heap.dominators', { ...aboutDominators(params, heap), ...rowsIn(params) }),
    'heap.growth': (params) => heap.ask('heap.growth', { ...aboutGrowth(params, heap), ...rowsIn(params) }),
    'heap.suspects': (params) => heap.ask('heap.suspects', aboutSuspects(params, heap)),
    'heap.strings': (params) =>
      heap.ask('heap.strings', { ...aboutStrings(params, heap), ...rowsIn(params) }),
  };
}

const aboutTypes = (params: unknown, heap: HeapDocument) => ({
  snapshot: snapshotIn(params, heap),
  ...orderIn(params, ['type', 'count', 'shallowSize', 'retainedSize', 'distance']),
  filter: filterIn(params),
});

const aboutInstances = (params: unknown, heap: HeapDocument) => ({
  snapshot: snapshotIn(params, heap),
  ...orderIn(params, ['id', 'name', 'shallowSize', 'retainedSize', 'distance']),
  type: wholeNumberIn(params, 'type'),
  filter: filterIn(params),
  newSince: valueIn(params, 'newSince') === null ? null : snapshotIn(params, heap, 'newSince'),
});

const aboutDominators = (params: unknown, heap: HeapDocument) => ({
  snapshot: snapshotIn(params, heap),
  id: idOrNullIn(params),
});

const aboutStrings = (params: unknown, heap: HeapDocument) => ({
  snapshot: snapshotIn(params, heap),
  filter: filterIn(params),
});

function aboutGrowth(params: unknown, heap: HeapDocument) {
  const before = snapshotIn(params, heap, 'before');
  const after = snapshotIn(params, heap, 'after');
  if (before >= after) throw new RangeError('Growth is from an earlier snapshot to a later one');
  return {
    before,
    after,
    ...orderIn(params, ['type', 'count', 'added', 'size']),
    filter: filterIn(params),
  };
}

function aboutSuspects(params: unknown, heap: HeapDocument) {
  const snapshots = wholeNumbersIn(params, 'snapshots', 100);
  const count = heap.state?.snapshots.length ?? 0;
  const isInOrder = snapshots.every((place, i) => place < count && place > (snapshots[i - 1] ?? -1));
  if (snapshots.length === 0 || !isInOrder)
    throw new TypeError(`snapshots are places in ascending order, below ${count}`);
  return { snapshots };
}

function exportedIn(params: unknown, heap: HeapDocument): ExportedTable {
  const table = choiceIn(params, 'table', heapTables);
  const about = valueIn(params, 'about');
  switch (table) {
    case 'types':
      return { table, about: aboutTypes(about, heap) };
    case 'instances':
      return { table, about: aboutInstances(about, heap) };
    case 'dominators':
      return { table, about: aboutDominators(about, heap) };
    case 'growth':
      return { table, about: aboutGrowth(about, heap) };
    case 'suspects':
      return { table, about: aboutSuspects(about, heap) };
    case 'strings':
      return { table, about: aboutStrings(about, heap) };
  }
}

type Objects = `heap.${'object' | 'references' | 'retainers' | 'paths' | 'treemap'}`;

function objectRequests(heap: HeapDocument): Handlers<Pick<HeapRequests, Objects>> {
  return {
    'heap.object': (params) =>
      heap.ask('heap.object', { snapshot: snapshotIn(params, heap), id: wholeNumberIn(params, 'id') }),
    'heap.references': (params) =>
      heap.ask('heap.references', { ...pageIn(params, heap), id: wholeNumberIn(params, 'id') }),
    'heap.retainers': (params) =>
      heap.ask('heap.retainers', {
        ...pageIn(params, heap),
        id: wholeNumberIn(params, 'id'),
        leaveOut: leftOutIn(params),
      }),
    'heap.paths': (params) =>
      heap.ask('heap.paths', {
        snapshot: snapshotIn(params, heap),
        id: wholeNumberIn(params, 'id'),
        count: wholeNumberIn(params, 'count', 1, 20),
        leaveOut: leftOutIn(params),
      }),
    'heap.treemap': (params) =>
      heap.ask('heap.treemap', {
        snapshot: snapshotIn(params, heap),
        id: idOrNullIn(params),
        least: numberIn(params, 'least', 0.0001, 1),
        depth: wholeNumberIn(params, 'depth', 1, 20),
      }),
  };
}

function pictureRequests(
  { heap, pictures }: Documents,
  host: SessionHost,
): Handlers<
  Pick<HeapRequests, 'heap.draw' | 'heap.grow' | 'heap.cancelGrowth' | 'heap.export' | 'heap.report'>
> {
  return {
    'heap.draw': async (params) => {
      await pictures.draw(snapshotIn(params, heap), pictureIn(valueIn(params, 'picture')));
      return null;
    },
    'heap.grow': (params) => pictures.grow(growthIn(valueIn(params, 'growth'))),
    'heap.cancelGrowth': () => {
      pictures.cancelGrowth();
      return Promise.resolve(null);
    },
    'heap.export': async (params) => {
      const exported = exportedIn(params, heap);
      const format = choiceIn(params, 'format', ['csv', 'json']);
      const data = await heap.export(exported, format, flagIn(params, 'redacted'));
      return saved(host, `${exported.table}.${format}`, data);
    },
    'heap.report': async (params) => {
      const snapshot = snapshotIn(params, heap);
      const title = textIn(params, 'title', 1000);
      const redacted = flagIn(params, 'redacted');
      const html = await pictures.report(snapshot, wholeNumberIn(params, 'id'), title, redacted);
      return saved(host, `${fileName(title)}.html`, new TextEncoder().encode(html));
    },
  };
}

/** What stands in a title and in no file's name is left out. */
const fileName = (title: string) =>
  title
    .replace(/[^\p{L}\p{N}@.-]+/gu, ' ')
    .trim()
    .slice(0, 80) || 'report';

function pictureIn(picture: unknown): HeapPicture {
  const kind = choiceIn(picture, 'kind', ['references', 'referrers', 'path', 'merged']);
  switch (kind) {
    case 'references':
    case 'referrers':
      return {
        kind,
        ids: idsIn(picture),
        ...optional(picture, 'maxDepth', (name) => wholeNumberIn(picture, name, 0, 50)),
        ...optional(picture, 'tooMany', (name) => wholeNumberIn(picture, name, 1, 1000)),
      };
    case 'path':
      return {
        kind,
        id: wholeNumberIn(picture, 'id'),
        ...(valueIn(picture, 'leaveOut') !== undefined && { leaveOut: leftOutIn(picture) }),
      };
    case 'merged':
      return valueIn(picture, 'ids') === undefined
        ? { kind, type: wholeNumberIn(picture, 'type') }
        : { kind, ids: idsIn(picture) };
  }
}

function growthIn(growth: unknown): PictureGrowth {
  const kind = choiceIn(growth, 'kind', ['more', 'references', 'referrers', 'deeper']);
  switch (kind) {
    case 'more':
      return { kind, box: textIn(growth, 'box', 1000) };
    case 'references':
    case 'referrers':
      return { kind, id: wholeNumberIn(growth, 'id') };
    case 'deeper':
      return { kind, direction: choiceIn(growth, 'direction', ['references', 'referrers']) };
  }
}

function optional<N extends string>(
  params: unknown,
  name: N,
  read: (name: N) => number,
): Partial<Record<N, number>> {
  return valueIn(params, name) === undefined ? {} : ({ [name]: read(name) } as Partial<Record<N, number>>);
}

function idsIn(params: unknown): number[] {
  const ids = wholeNumbersIn(params, 'ids', mostIds);
  if (ids.length === 0) throw new TypeError('ids names no object');
  return ids;
}

function leftOutIn(params: unknown): LeftOut {
  const leaveOut = valueIn(params, 'leaveOut');
  return { ids: wholeNumbersIn(leaveOut, 'ids', mostIds), edges: wholeNumbersIn(leaveOut, 'edges', mostIds) };
}

function idOrNullIn(params: unknown): number | null {
  return valueIn(params, 'id') === null ? null : wholeNumberIn(params, 'id');
}

function pageIn(params: unknown, heap: HeapDocument): PageRequest {
  return { snapshot: snapshotIn(params, heap), ...rowsIn(params) };
}

function rowsIn(params: unknown): { offset: number; limit: number } {
  return { offset: wholeNumberIn(params, 'offset'), limit: wholeNumberIn(params, 'limit', 0, mostRows) };
}

function orderIn<S extends string>(params: unknown, sorts: readonly S[]) {
  return { sort: choiceIn(params, 'sort', sorts), direction: choiceIn(params, 'direction', directions) };
}

function filterIn(params: unknown): string {
  return textIn(params, 'filter', longestFilter);
}

function snapshotIn(params: unknown, { state }: HeapDocument, name = 'snapshot'): number {
  const snapshot = wholeNumberIn(params, name);
  const count = state?.snapshots.length ?? 0;
  if (snapshot >= count) throw new RangeError(`There is no snapshot ${snapshot}: the window has ${count}`);
  return snapshot;
}

function bytesIn(params: unknown): Uint8Array<ArrayBuffer> {
  const text = textIn(params, 'data', Math.ceil((4 * largestPiece) / 3) + 4);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new TypeError('data is base64');
  // A buffer of its own: Node's small ones share theirs, which must stay here.
  return new Uint8Array(Buffer.from(text, 'base64'));
}
