// A whole table as a file: its rows are made some thousands at a time, so that others are answered in between.
import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { HeapRequests, Page, SuspectRow } from '../../shared/protocol/heap.ts';
import { csvLine } from './csv.ts';
import { detachedPage } from './detached-rows.ts';
import { dominatorPage } from './dominator-rows.ts';
import { growthPage } from './growth-rows.ts';
import { instancePage } from './instance-rows.ts';
import type { LoadedSnapshot } from './loaded-snapshot.ts';
import { pageOf, type Part } from './pages.ts';
import { sourcePage } from './source-rows.ts';
import { stringPage } from './string-rows.ts';
import { suspectRows } from './suspect-rows.ts';
import { typePage } from './type-rows.ts';

type AboutOf<Exported> = Exported extends unknown ? Omit<Exported, 'format' | 'redacted'> : never;

/** A table, and what it is of: the params of its request but for the page. */
export type ExportedTable = AboutOf<HeapRequests['heap.export']['params']>;

/** The rows of a table, part by part; `snapshots` are those that it is of. */
export type Pages = (part: Part) => Page<object>;

const rowsAtOnce = 5000;

/** @param snapshots whose rows they are, the oldest first; for instances, the one that they are new since comes first */
export function pagesOf(exported: ExportedTable, snapshots: readonly LoadedSnapshot[]): Pages {
  const snapshot = snapshots.at(-1)!;
  switch (exported.table) {
    case 'types':
      return (part) => typePage(snapshot, { ...exported.about, ...part });
    case 'instances': {
      const before = exported.about.newSince === null ? null : snapshots[0];
      return (part) => instancePage(snapshot, { ...exported.about, ...part }, before);
    }
    case 'dominators': {
      const { id } = exported.about;
      const node = id === null ? 0 : snapshot.nodeWithId(id);
      return (part) => dominatorPage(snapshot, node, part, exported.about.only);
    }
    case 'growth':
      return (part) => growthPage(snapshots, { ...exported.about, ...part });
    case 'suspects':
      return (part) => pageOf(suspectRows(snapshots), part, (row) => row);
    case 'sources':
      return (part) => sourcePage(snapshot, { ...exported.about, ...part });
    case 'detached':
      return (part) => detachedPage(snapshot, { ...exported.about, ...part });
    case 'strings':
      return (part) => stringPage(snapshot, { ...exported.about, ...part });
  }
}

/** The file, in UTF-8. */
export async function exportRows(pages: Pages, format: 'csv' | 'json'): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  let columns: string[] | null = null;
  for (let offset = 0, total = Infinity; offset < total; offset += rowsAtOnce) {
    const page = pages({ offset, limit: rowsAtOnce });
    total = page.total;
    let text = '';
    for (const row of page.rows) {
      if (format === 'json') text += `${columns ? ',' : '['}\n${JSON.stringify(row)}`;
      else {
        const cells = flatten(row);
        if (!columns) text += csvLine(cells.map(([name]) => name));
        text += csvLine(cells.map(([, value]) => value));
      }
      columns ??= Object.keys(row);
    }
    parts.push(encoder.encode(text));
    await yieldToEventLoop();
  }
  if (format === 'json') parts.push(encoder.encode(columns ? '\n]\n' : '[]\n'));
  return new Uint8Array(Buffer.concat(parts));
}

type Cell = string | number | boolean | null;

/** A location is three columns, the counts of several snapshots as many, a chain is one text. */
function flatten(row: object): [string, Cell][] {
  return Object.entries(row).flatMap(([name, value]: [string, unknown]): [string, Cell][] => {
    if (name === 'location') {
      const { script, line, column } = (value ?? {}) as { script?: string; line?: number; column?: number };
      return [
        ['script', script ?? null],
        ['line', line ?? null],
        ['column', column ?? null],
      ];
    }
    if (name === 'counts') return (value as number[]).map((count, i) => [`count${i + 1}`, count]);
    if (name === 'growth')
      return [[name, (value as SuspectRow['growth']).map(({ count }) => count).join(' → ')]];
    if (name === 'consequences')
      return [[name, (value as SuspectRow['consequences']).map(consequenceText).join(', ')]];
    // The chain has it in words; what ran before source maps is for programs.
    if (name === 'path' || name === 'generated') return [];
    if (Array.isArray(value)) return [[name, value.join(' → ')]];
    return [[name, value as Cell]];
  });
}

const consequenceText = ({ type, place, count }: SuspectRow['consequences'][number]) =>
  `${count} ${type}${place === null ? '' : ` — ${place}`}`;
