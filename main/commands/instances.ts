// `objgraph instances`: the objects of one class, those that retain the most first.
import { HeapDescriber, type ObjectRecord } from '../heap/describe.ts';
import { flag, readArguments, text } from './arguments.ts';
import { instancesNamed } from './choice.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps } from './heaps.ts';
import { print, printJson } from '../terminal.ts';
import { readCount } from './options.ts';
import { UsageError } from './run.ts';
import { formatCount, formatSize, textTable, type Column } from './text-table.ts';

export const instances: Command = {
  help: `Usage: objgraph instances SOURCE --type NAME [--limit N] [--json]

Lists the objects of a class, those that retain the most first.

      --type NAME                 as objgraph types prints it; without its place, all classes of that name
      --limit N                   how many objects (default 20; all with --json)
      --json                      for programs; see docs/json.md

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = readArguments(args, { type: text, limit: text, json: flag });
    if (values.type === undefined) throw new UsageError('say of which class: --type NAME');
    const limit = readCount('limit', values.limit, values.json ? Infinity : 20);
    const [heap] = await readHeaps(positionals);
    const nodes = instancesNamed(heap, values.type);
    const describer = new HeapDescriber(heap.analysis);
    const rows = Array.from(nodes.subarray(0, Math.min(limit, nodes.length)), (node) =>
      describer.object(node),
    );
    if (values.json) printJson({ total: nodes.length, instances: rows });
    else
      print(
        ...textTable(rows, objectColumns(describer)),
        `${formatCount(rows.length)} of ${formatCount(nodes.length)} objects`,
      );
  },
};

/** The columns of every table of objects. */
export function objectColumns(describer: HeapDescriber): Column<ObjectRecord>[] {
  return [
    { title: 'id', text: ({ id }) => `@${id}` },
    { title: 'distance', text: ({ distance }) => (distance === null ? '-' : formatCount(distance)) },
    { title: 'shallow', text: ({ shallowSize }) => formatSize(shallowSize) },
    { title: 'retained', text: ({ retainedSize }) => formatSize(retainedSize) },
    { title: 'object', text: (row) => objectText(describer, row), isText: true },
  ];
}

/** `User — src/user.js:12 {name, mail}` */
export function objectText(describer: HeapDescriber, row: ObjectRecord): string {
  return [describer.className(row), row.name].filter(Boolean).join(' ');
}
