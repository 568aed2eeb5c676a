// `objgraph strings`: texts that the heap holds more than once.
import type { DuplicateString } from '../../shared/heap/duplicate-strings.ts';
import { flag, readArguments, text } from './arguments.ts';
import { sourceHelp, type Command } from './command.ts';
import { readHeaps } from './heaps.ts';
import { print, printJson } from '../terminal.ts';
import { readCount } from './options.ts';
import { formatCount, formatSize, textTable } from './text-table.ts';

const longest = 60;

export const strings: Command = {
  help: `Usage: objgraph strings SOURCE [--limit N] [--json]

Lists texts that are in memory more than once, those that waste most bytes first.

      --limit N                   how many texts (default 20; all with --json)
      --json                      for programs; see docs/json.md

${sourceHelp}`,

  async run(args) {
    const { values, positionals } = readArguments(args, { limit: text, json: flag });
    const limit = readCount('limit', values.limit, values.json ? Infinity : 20);
    const [{ analysis }] = await readHeaps(positionals, { namesVariables: false });
    const all = analysis.duplicateStrings;
    const rows = all.slice(0, limit);
    const wasted = all.reduce((sum, string) => sum + string.wasted, 0);
    if (values.json) {
      printJson({
        wasted,
        strings: rows.map(({ node, size, ...row }) => ({
          ...row,
          shallowSize: size,
          id: analysis.graph.nodeIds[node],
        })),
      });
    } else
      print(
        ...table(rows),
        `${formatCount(rows.length)} of ${formatCount(all.length)} texts; all waste ${formatSize(wasted)}`,
      );
  },
};

function table(rows: readonly DuplicateString[]): string[] {
  return textTable(rows, [
    { title: 'count', text: ({ count }) => formatCount(count) },
    { title: 'shallow', text: ({ size }) => formatSize(size) },
    { title: 'wasted', text: ({ wasted }) => formatSize(wasted) },
    { title: 'text', text: ({ text, isCut }) => quoted(text, isCut), isText: true },
  ]);
}

function quoted(text: string, isCut: boolean): string {
  return `"${text.slice(0, longest)}${isCut || text.length > longest ? '…' : ''}"`;
}
