// Requests for the tables of the heap, page by page, and which of them becomes a file.
import { heapTables, type HeapRequests, type HeapTable } from '../../../shared/protocol/heap.ts';
import type { HeapDocument } from '../../documents/heap-document.ts';
import type { ExportedTable } from '../../heap/export-table.ts';
import { filterIn, idOrNullIn, orderIn, rowsIn, snapshotIn } from './heap-params.ts';
import { choiceIn, valueIn, wholeNumberIn, wholeNumbersIn, type Handlers } from './params.ts';

type Tables = `heap.${HeapTable}`;

export function tableRequests(heap: HeapDocument): Handlers<Pick<HeapRequests, Tables>> {
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

/** The table that a file is asked of: its name, and what it is about. */
export function exportedIn(params: unknown, heap: HeapDocument): ExportedTable {
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
