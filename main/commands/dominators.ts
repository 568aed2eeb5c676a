// `objgraph dominators`: what alone keeps how much of the heap alive, as a tree.
import type { OwnerFilter } from '../../shared/protocol/heap.ts';
import { dominatedNodes } from '../heap/dominator-rows.ts';
import { HeapDescriber, type ObjectRecord } from '../heap/describe.ts';
import { flag, readArguments, text } from './arguments.ts';
import { checkChoice, chosenNodes } from './choice.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps, type Heap } from './heaps.ts';
import { objectText } from './instances.ts';
import { print, printJson } from '../terminal.ts';
import { readCount } from './options.ts';
import { ownerMark, ownerNote, readOwner } from './owner-option.ts';
import { UsageError } from './run.ts';
import { formatShare, formatSize, textTable } from './text-table.ts';

/** A list of a million items is a tree as deep, which neither JSON nor a reader could take. */
const maxLevels = 1000;

interface DominatorRecord extends ObjectRecord {
  /** Of all bytes of the heap, from 0 to 1. */
  share: number;
  dominated: DominatorRecord[];
}

export const dominators: Command = {
  help: `Usage: objgraph dominators SOURCE [--id ID] [--max-depth N] [--limit N] [--least PERCENT]
       [--only OWNER] [--json]

Tells what keeps the heap alive: below each object those that would be freed with it, the largest first.

      --id ID                     begins at this object (default: V8's root)
      --max-depth N               levels (default 5, at most 1000)
      --limit N                   objects below each one (default 10)
      --least PERCENT             leaves out what retains less of the heap (default 1)
      --only OWNER                begins at the outermost objects of yours, packages, internal (the runtime) or all (default)
      --json                      for programs; see docs/json.md

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = readArguments(args, {
      id: text,
      'max-depth': text,
      limit: text,
      least: text,
      only: text,
      json: flag,
    });
    if (values.id !== undefined) checkChoice(values);
    const only = readOwner(values.only);
    if (values.id !== undefined && only !== 'all')
      throw new UsageError('--only chooses where to begin, and so does --id: give one of them');
    const depth = readCount('max-depth', values['max-depth'], 5, 1, maxLevels);
    const limit = readCount('limit', values.limit, 10, 1);
    const least = readCount('least', values.least, 1) / 100;
    const [heap] = await readHeaps(positionals);
    const top = values.id === undefined ? 0 : chosenNodes(heap, values)[0];
    const describer = new HeapDescriber(heap.analysis);
    const tree = dominatorTree(heap, describer, top, { depth, limit, least, only });
    if (values.json) printJson({ dominators: tree });
    else if (tree.length === 0) print('nothing that large is kept by it alone');
    else print(...treeTable(describer, tree));
  },
};

function dominatorTree(
  { analysis }: Heap,
  describer: HeapDescriber,
  top: number,
  { depth, limit, least, only }: { depth: number; limit: number; least: number; only: OwnerFilter },
): DominatorRecord[] {
  const { retainedSizes } = analysis;
  const whole = retainedSizes[0];
  const below = (node: number, level: number): DominatorRecord[] =>
    level > depth
      ? []
      : [...dominatedNodes(analysis, node, level === 1 ? only : 'all').subarray(0, limit)]
          .filter((child) => retainedSizes[child] >= least * whole)
          .map((child) => ({
            ...describer.object(child),
            share: retainedSizes[child] / whole,
            dominated: below(child, level + 1),
          }));
  return below(top, 1);
}

function treeTable(describer: HeapDescriber, tree: readonly DominatorRecord[]): string[] {
  const rows: { row: DominatorRecord; level: number }[] = [];
  const flatten = (records: readonly DominatorRecord[], level: number): void => {
    for (const row of records) {
      rows.push({ row, level });
      flatten(row.dominated, level + 1);
    }
  };
  flatten(tree, 0);
  const note = ownerNote(
    rows.map(({ row }) => row),
    describer.analysis.graph.language.name,
  );
  return [
    ...textTable(rows, [
      { title: 'retained', text: ({ row }) => formatSize(row.retainedSize) },
      { title: 'share', text: ({ row }) => formatShare(row.share) },
      { title: 'id', text: ({ row }) => `@${row.id}` },
      { title: '', text: ({ row }) => ownerMark(row) },
      {
        title: 'object',
        text: ({ row, level }) => '  '.repeat(level) + objectText(describer, row),
        isText: true,
      },
    ]),
    ...note,
  ];
}
