// `objgraph types --by package|file`: whose the bytes of a heap are, by where their classes are written.
import type { HeapLanguage } from '../../shared/heap/heap-language.ts';
import { shortPath } from '../../shared/heap/short-path.ts';
import type { SourceGroup, SourceGrouping } from '../../shared/heap/source-groups.ts';
import type { OwnerFilter, OwnerName } from '../../shared/protocol/heap.ts';
import { ownerName, passesOwner } from '../heap/describe.ts';
import { print, printJson } from '../terminal.ts';
import type { Heap } from './heaps.ts';
import { ownerMark, ownerNote } from './owner-option.ts';
import { formatCount, formatSize, textTable } from './text-table.ts';

interface SourceRecord extends Omit<SourceGroup, 'owner'> {
  owner: OwnerName;
}

export interface SourceOptions {
  sort: 'retained' | 'shallow' | 'count';
  only: OwnerFilter;
  limit: number;
  isJson: boolean;
}

/** Prints the heap by package or by file. */
export function listSources(
  { analysis }: Heap,
  by: SourceGrouping,
  { sort, only, limit, isJson }: SourceOptions,
): void {
  const key = ({ retained: 'retainedSize', shallow: 'size', count: 'count' } as const)[sort];
  const all = analysis
    .sources(by)
    .map((group): SourceRecord => ({ ...group, owner: ownerName(group.owner) }))
    .filter(({ owner }) => passesOwner(owner, only))
    .sort((a, b) => b[key] - a[key]);
  const rows = all.slice(0, limit);
  if (isJson) return printJson({ sources: rows });
  const withoutName = ownersWithoutName[analysis.graph.language.name];
  const total = all.reduce((sum, { size }) => sum + size, 0);
  print(
    ...textTable(rows, [
      { title: 'count', text: ({ count }) => formatCount(count) },
      { title: 'size', text: ({ size }) => formatSize(size) },
      { title: 'retained', text: ({ retainedSize }) => formatSize(retainedSize) },
      { title: '', text: ownerMark },
      {
        title: by,
        text: ({ name, owner }) => (name === null ? withoutName[owner] : shortPath(name, process.cwd())),
        isText: true,
      },
    ]),
    `${formatCount(rows.length)} of ${formatCount(all.length)} rows; all have ${formatSize(total)}`,
    ...ownerNote(rows, analysis.graph.language.name),
  );
}

const ownersWithoutName: Record<HeapLanguage['name'], Record<OwnerName, string>> = {
  javascript: {
    yours: '(yours)',
    package: '(a package)',
    internal: '(the runtime: Node, Deno or the browser)',
    builtIn: '(V8 and the language)',
  },
  python: {
    yours: '(yours)',
    package: '(a package)',
    internal: '(the standard library)',
    builtIn: '(the interpreter)',
  },
};
