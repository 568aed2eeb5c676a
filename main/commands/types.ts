// `objgraph types`: how many objects of each class there are, and their bytes.
import { parseArgs } from 'node:util';
import { HeapDescriber, passesOwner, readableDistance, type ClassRecord } from '../heap/describe.ts';
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
  help: `Usage: objgraph types SOURCE [--sort retained|shallow|count] [--only OWNER] [--limit N] [--json]

Counts the objects of each class, with their bytes, as Chrome DevTools does. Classes of one name stay apart by where
they are written. Retained are the bytes that would be freed with all objects of the class.

      --sort KEY                  retained (default), shallow or count
${ownerHelp}      --limit N                   how many classes (default 20; all with --json)
      --json                      for programs; see docs/json.md

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        sort: { type: 'string' },
        only: { type: 'string' },
        limit: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    const sort = readChoice('sort', values.sort ?? 'retained', sorts);
    const limit = readCount('limit', values.limit, values.json ? Infinity : 20);
    const only = readOwner(values.only);
    const [heap] = await readHeaps(positionals);
    const found = typeRecords(heap).filter(({ owner }) => passesOwner(owner, only));
    const all = found.sort((a, b) => b[sortKeys[sort]] - a[sortKeys[sort]]);
    const rows = all.slice(0, limit);
    if (values.json) printJson({ types: rows });
    else printTypes(heap, rows, all);
  },
};

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
