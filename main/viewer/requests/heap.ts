// Requests about the heap: which snapshots there are, one object, a picture.
import type { HeapPicture, HeapRequests, PictureGrowth } from '../../../shared/protocol/heap.ts';
import type { HeapDocument } from '../../documents/heap-document.ts';
import { saved } from '../save-file.ts';
import type { SessionHost } from '../session.ts';
import type { Documents } from '../window-documents.ts';
import { idOrNullIn, idsIn, leftOutIn, pageIn, snapshotIn } from './heap-params.ts';
import { exportedIn, tableRequests } from './heap-tables.ts';
import { uploadRequests } from './heap-uploads.ts';
import {
  choiceIn,
  flagIn,
  acknowledge,
  numberIn,
  pathIn,
  textIn,
  valueIn,
  wholeNumberIn,
  type Handlers,
} from './params.ts';

export function heapRequests(documents: Documents, host: SessionHost): Handlers<HeapRequests> {
  const { heap } = documents;
  return {
    ...snapshotRequests(heap),
    ...uploadRequests(heap),
    ...tableRequests(heap),
    ...objectRequests(heap),
    ...pictureRequests(documents, host),
  };
}

type Snapshots = 'heap.get' | 'heap.add' | 'heap.show' | 'heap.cancel' | 'heap.reload' | 'heap.remove';

function snapshotRequests(heap: HeapDocument): Handlers<Pick<HeapRequests, Snapshots>> {
  return {
    'heap.get': () => Promise.resolve(heap.state),
    'heap.add': (params) => acknowledge(heap.open(pathIn(params))),
    'heap.show': (params) => acknowledge(heap.show(snapshotIn(params, heap))),
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
