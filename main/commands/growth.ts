// `objgraph growth`: what came and what went between two heaps.
import { sizeChange, snapshotGrowth, type ClassGrowth } from '../../shared/heap/snapshot-growth.ts';
import { HeapDescriber, passesOwner } from '../heap/describe.ts';
import { flag, readArguments, text } from './arguments.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps } from './heaps.ts';
import { print, printJson } from '../terminal.ts';
import { everyHelp, readEvery } from './moments.ts';
import { readChoice, readCount } from './options.ts';
import { ownerHelp, ownerMark, ownerNote, readOwner } from './owner-option.ts';
import { formatChange, formatCount, formatSize, textTable } from './text-table.ts';

export const growth: Command = {
  help: `Usage: objgraph growth BEFORE AFTER [--by id|type] [--every SECONDS] [--only OWNER] [--limit N] [--json]

Tells the classes that grew between two SOURCEs, those that grew by most bytes first. Snapshots of one process are
compared object by object: what came, what went, and by how much what stayed became larger; others by the numbers of each class. Name a process twice, and two
snapshots of it are taken. Bytes are shallow.

      --by id|type                compare object by object, or by numbers (default: whichever fits the two)
${everyHelp}${ownerHelp}      --limit N                   how many classes (default 20; all with --json)
      --json                      for programs; see docs/json.md

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = readArguments(args, {
      by: text,
      limit: text,
      every: text,
      only: text,
      json: flag,
    });
    const by = values.by === undefined ? undefined : readChoice('by', values.by, ['id', 'type'] as const);
    const limit = readCount('limit', values.limit, values.json ? Infinity : 20);
    const every = readEvery(values.every);
    const only = readOwner(values.only);
    const [before, after] = await readHeaps(positionals, { least: 2, every, namesVariables: false });
    const { matchedBy, rows: all } = snapshotGrowth(before.analysis, after.analysis, by);
    const describer = new HeapDescriber(after.analysis);
    const rows = all.filter((row) => hasChanged(row) && passesOwner(describer.class(row).owner, only));
    const shown = rows.slice(0, limit);
    if (values.json) printJson({ matchedBy, types: shown.map((row) => record(describer, row)) });
    else
      print(
        ...table(describer, shown, matchedBy),
        total(rows, shown.length),
        ...ownerNote(
          shown.map((row) => describer.class(row)),
          after.analysis.graph.language.name,
        ),
      );
  },
};

/** As many objects of as many bytes that were replaced by others are no growth. */
const hasChanged = (row: ClassGrowth) => row.added !== row.removed || sizeChange(row) !== 0;

function record(describer: HeapDescriber, row: ClassGrowth): object {
  const { added, removed, addedSize, removedSize, resizedSize } = row;
  return {
    ...describer.class(row),
    count: added - removed,
    shallowSize: sizeChange(row),
    added,
    removed,
    addedSize,
    removedSize,
    resizedSize,
  };
}

function table(describer: HeapDescriber, rows: readonly ClassGrowth[], matchedBy: 'id' | 'type'): string[] {
  return textTable(rows, [
    { title: 'objects', text: ({ added, removed }) => formatChange(added - removed) },
    ...(matchedBy === 'id'
      ? [
          { title: 'new', text: ({ added }: ClassGrowth) => formatCount(added) },
          { title: 'gone', text: ({ removed }: ClassGrowth) => formatCount(removed) },
          {
            title: 'larger',
            text: ({ resizedSize }: ClassGrowth) =>
              resizedSize === 0 ? '' : formatChange(resizedSize, formatSize),
          },
        ]
      : []),
    {
      title: 'shallow',
      text: (row) => formatChange(sizeChange(row), formatSize),
    },
    { title: '', text: (row) => ownerMark(describer.class(row)) },
    { title: 'type', text: (row) => describer.className(describer.class(row)), isText: true },
  ]);
}

function total(rows: readonly ClassGrowth[], shown: number): string {
  const count = rows.reduce((sum, { added, removed }) => sum + added - removed, 0);
  const size = rows.reduce((sum, row) => sum + sizeChange(row), 0);
  return `${formatCount(shown)} of ${formatCount(rows.length)} types that changed; all together ${formatChange(count)} objects, ${formatChange(size, formatSize)}`;
}
