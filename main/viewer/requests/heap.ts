// Requests about the heap: which snapshots there are, its tables, one object, a picture.
import { heapQuestions, type heapRequests as declared } from '../../../shared/protocol/heap.ts';
import type { HeapDocument } from '../../documents/heap-document.ts';
import { saved } from '../save-file.ts';
import type { SessionHost } from '../session-host.ts';
import type { Documents } from '../window-documents.ts';
import { uploadRequests } from './heap-uploads.ts';
import { acknowledge, type Handlers } from './params.ts';

export function heapRequests({ heap, pictures }: Documents, host: SessionHost): Handlers<typeof declared> {
  return {
    ...questions(heap),
    ...uploadRequests(heap),
    'heap.get': () => Promise.resolve(heap.state),
    'heap.add': ({ path }) => acknowledge(heap.open(path)),
    'heap.show': (params) => {
      checkSnapshots(params, heap);
      return acknowledge(heap.show(params.snapshot));
    },
    'heap.cancel': async (params) => {
      checkSnapshots(params, heap);
      await heap.cancel(params.snapshot);
      return null;
    },
    'heap.reload': async () => {
      await heap.reload();
      return null;
    },
    'heap.remove': async (params) => {
      checkSnapshots(params, heap);
      await heap.remove(params.snapshot);
      return null;
    },
    'heap.draw': async (params) => {
      checkSnapshots(params, heap);
      await pictures.draw(params.snapshot, params.picture);
      return null;
    },
    'heap.grow': ({ growth }) => pictures.grow(growth),
    'heap.cancelGrowth': () => acknowledge(pictures.cancelGrowth()),
    'heap.export': async (params) => {
      checkSnapshots(params.about, heap);
      const { table, format, redacted } = params;
      return saved(host, `${table}.${format}`, await heap.export(params, format, redacted));
    },
    'heap.report': async (params) => {
      checkSnapshots(params, heap);
      const { snapshot, id, title, redacted } = params;
      const html = await pictures.report(snapshot, id, title, redacted);
      return saved(host, `${fileName(title)}.html`, new TextEncoder().encode(html));
    },
  };
}

/** What the heap's thread answers: it is asked as the page asked. */
function questions(heap: HeapDocument): Handlers<typeof heapQuestions> {
  const methods = Object.keys(heapQuestions) as (keyof typeof heapQuestions)[];
  const handlers = methods.map((method) => [
    method,
    async (params: never) => {
      checkSnapshots(params, heap);
      return heap.ask(method, params);
    },
  ]);
  return Object.fromEntries(handlers) as Handlers<typeof heapQuestions>;
}

/** The parameters that name snapshots of the window. */
interface NamedSnapshots {
  snapshot?: number;
  newSince?: number | null;
  before?: number;
  after?: number;
  snapshots?: number[];
}

/** @throws RangeError when the window has no such snapshot, or they are in the wrong order */
function checkSnapshots(params: NamedSnapshots, { state }: HeapDocument): void {
  const { snapshot, newSince, before, after, snapshots } = params;
  const ids = state?.snapshots.map(({ id }) => id) ?? [];
  for (const named of [snapshot, newSince, before, after, ...(snapshots ?? [])])
    if (named != null && !ids.includes(named))
      throw new RangeError(`There is no snapshot ${named}: the window has ${ids.length}`);
  if (before !== undefined && after !== undefined && ids.indexOf(before) >= ids.indexOf(after))
    throw new RangeError('Growth is from an earlier snapshot to a later one');
  const places = snapshots?.map((id) => ids.indexOf(id)) ?? [0];
  if (places.length === 0 || !places.every((place, i) => i === 0 || place > places[i - 1]))
    throw new RangeError('snapshots names each one once, the oldest first');
}

/** Without the characters that a file's name cannot have everywhere. */
const fileName = (title: string) =>
  title
    .replace(/[^\p{L}\p{N}@.-]+/gu, ' ')
    .trim()
    .slice(0, 80) || 'report';
