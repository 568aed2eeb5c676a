// `objgraph types`: how many objects of each class there are, and their bytes.
import { sourceGroupings } from '../../shared/heap/source-groups.ts';
import { HeapDescriber, passesOwner } from '../heap/describe.ts';
import { sortedBy } from '../heap/pages.ts';
import { typeRecords, type TypeRecord } from '../heap/type-rows.ts';
import { flag, readArguments, text } from './arguments.ts';
import { sourceHelp, type Command } from './command.ts';
import { listSources } from './types-by-source.ts';
import { readHeaps, type Heap } from './heaps.ts';
import { print, printJson } from '../terminal.ts';
import { readChoice, readCount } from './options.ts';
import { ownerHelp, ownerMark, ownerNote, readOwner } from './owner-option.ts';
import { formatCount, formatSize, textTable } from './text-table.ts';

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
    const { values, positionals } = readArguments(args, {
      sort: text,
      by: text,
      only: text,
      limit: text,
      json: flag,
    });
    const sort = readChoice('sort', values.sort ?? 'retained', sorts);
    const limit = readCount('limit', values.limit, values.json ? Infinity : 20);
    const only = readOwner(values.only);
    const by = readChoice('by', values.by ?? 'class', ['class', ...sourceGroupings] as const);
    const [heap] = await readHeaps(positionals, { namesVariables: false });
    if (by !== 'class') return listSources(heap, by, { sort, only, limit, isJson: values.json === true });
    const records = typeRecords(new HeapDescriber(heap.analysis), true);
    const found = records.filter(({ count, owner }) => count > 0 && passesOwner(owner, only));
    const all = sortedBy(found, (row) => row[sortKeys[sort]], 'descending');
    const rows = all.slice(0, limit);
    if (values.json) printJson({ types: rows });
    else printTypes(heap, rows, all);
  },
};

function printTypes({ analysis }: Heap, rows: readonly TypeRecord[], all: readonly TypeRecord[]): void {
  const describer = new HeapDescriber(analysis);
  const total = (key: 'count' | 'shallowSize') => all.reduce((sum, row) => sum + row[key], 0);
  print(
    ...textTable(rows, [
      { title: 'count', text: ({ count }) => formatCount(count) },
      { title: 'shallow', text: ({ shallowSize }) => formatSize(shallowSize) },
      { title: 'retained', text: ({ retainedSize }) => formatSize(retainedSize ?? 0) },
      { title: '', text: ownerMark },
      { title: 'type', text: (row) => describer.className(row), isText: true },
    ]),
    `${formatCount(rows.length)} of ${formatCount(all.length)} types; ` +
      `all have ${formatCount(total('count'))} objects, ${formatSize(total('shallowSize'))}`,
    ...ownerNote(rows, analysis.graph.language.name),
  );
}
