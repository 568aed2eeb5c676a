// `objgraph types`: how many objects of each class there are, and their bytes.
import { parseArgs } from 'node:util';
import { shortPath } from '../../shared/heap/short-path.ts';
import {
  groupBySource,
  sourceGroupings,
  type SourceGroup,
  type SourceGrouping,
} from '../../shared/heap/source-groups.ts';
import type { OwnerFilter, OwnerName } from '../../shared/protocol/heap.ts';
import {
  HeapDescriber,
  ownerName,
  passesOwner,
  readableDistance,
  type ClassRecord,
} from '../heap/describe.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps, type Heap } from './heaps.ts';
import { print, printJson } from '../terminal.ts';
import { readChoice, readCount } from './options.ts';
import { ownerHelp, ownerMark, ownerNote, readOwner } from './owner-option.ts';
import { formatCount, formatSize, textTable } from './text-table.ts';

interface TypeRecord extends ClassRecord {
  count: number;
  shallowSize: number;
  /** Bytes that would be freed with all objects of the class. */
  retainedSize: number;
  /** The least of its objects. */
  distance: number | null;
}

const sorts = ['retained', 'shallow', 'count'] as const;
const sortKeys = { retained: 'retainedSize', shallow: 'shallowSize', count: 'count' } as const;

export const types: Command = {
  help: `Usage: objgraph types SOURCE [--sort retained|shallow|count] [--by KEY] [--only OWNER] [--limit N] [--json]

Counts the objects of each class, with their bytes, as Chrome DevTools does. Classes of one name stay apart by where
they are written. Retained are the bytes that would be freed with all objects of the class.

      --sort KEY                  retained (default), shallow or count
      --by KEY                    class (default), package or file: whose the heap is. What has no file of its own, such as a
                                  string, belongs to what keeps it alive; the sizes of all rows are the whole heap
${ownerHelp}      --limit N                   how many classes (default 20; all with --json)
      --json                      for programs; see docs/json.md

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        sort: { type: 'string' },
        by: { type: 'string' },
        only: { type: 'string' },
        limit: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const sort = readChoice('sort', values.sort ?? 'retained', sorts);
    const limit = readCount('limit', values.limit, values.json ? Infinity : 20);
    const only = readOwner(values.only);
    const by = readChoice('by', values.by ?? 'class', ['class', ...sourceGroupings] as const);
    const [heap] = await readHeaps(positionals);
    if (by !== 'class') return listSources(heap, by, { sort, only, limit, isJson: values.json === true });
    const found = typeRecords(heap).filter(({ owner }) => passesOwner(owner, only));
    const all = found.sort((a, b) => b[sortKeys[sort]] - a[sortKeys[sort]]);
    const rows = all.slice(0, limit);
    if (values.json) printJson({ types: rows });
    else printTypes(heap, rows, all);
  },
};

interface SourceRecord extends Omit<SourceGroup, 'owner'> {
  owner: OwnerName;
}

interface SourceOptions {
  sort: (typeof sorts)[number];
  only: OwnerFilter;
  limit: number;
  isJson: boolean;
}

function listSources(
  { analysis }: Heap,
  by: SourceGrouping,
  { sort, only, limit, isJson }: SourceOptions,
): void {
  const key = ({ retained: 'retainedSize', shallow: 'size', count: 'count' } as const)[sort];
  const all = groupBySource(analysis, by)
    .map((group): SourceRecord => ({ ...group, owner: ownerName(group.owner) }))
    .filter(({ owner }) => passesOwner(owner, only))
    .sort((a, b) => b[key] - a[key]);
  const rows = all.slice(0, limit);
  if (isJson) return printJson({ sources: rows });
  const total = all.reduce((sum, { size }) => sum + size, 0);
  print(
    ...textTable(rows, [
      { title: 'count', text: ({ count }) => formatCount(count) },
      { title: 'size', text: ({ size }) => formatSize(size) },
      { title: 'retained', text: ({ retainedSize }) => formatSize(retainedSize) },
      { title: '', text: ownerMark },
      { title: by, text: sourceName, isText: true },
    ]),
    `${formatCount(rows.length)} of ${formatCount(all.length)} rows; all have ${formatSize(total)}`,
    ...ownerNote(rows),
  );
}

const ownersWithoutName: Record<OwnerName, string> = {
  yours: '(yours)',
  package: '(a package)',
  internal: '(the runtime: Node, Deno or the browser)',
  builtIn: '(V8 and the language)',
};

const sourceName = ({ name, owner }: SourceRecord) =>
  name === null ? ownersWithoutName[owner] : shortPath(name, process.cwd());

function typeRecords({ analysis }: Heap): TypeRecord[] {
  const describer = new HeapDescriber(analysis);
  const { counts, shallowSizes, retainedSizes, distances } = analysis.histogram;
  return analysis.classes.list
    .map((heapClass, i) => ({
      ...describer.class(heapClass),
      count: counts[i],
      shallowSize: shallowSizes[i],
      retainedSize: retainedSizes[i],
      distance: readableDistance(distances[i]),
    }))
    .filter(({ count }) => count > 0);
}

function printTypes({ analysis }: Heap, rows: readonly TypeRecord[], all: readonly TypeRecord[]): void {
  const describer = new HeapDescriber(analysis);
  const total = (key: 'count' | 'shallowSize') => all.reduce((sum, row) => sum + row[key], 0);
  print(
    ...textTable(rows, [
      { title: 'count', text: ({ count }) => formatCount(count) },
      { title: 'shallow', text: ({ shallowSize }) => formatSize(shallowSize) },
      { title: 'retained', text: ({ retainedSize }) => formatSize(retainedSize) },
      { title: '', text: ownerMark },
      { title: 'type', text: (row) => describer.className(row), isText: true },
    ]),
    `${formatCount(rows.length)} of ${formatCount(all.length)} types; ` +
      `all have ${formatCount(total('count'))} objects, ${formatSize(total('shallowSize'))}`,
    ...ownerNote(rows),
  );
}
