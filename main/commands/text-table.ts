// Tables for people: numbers to the right, the text that may be long at the end, nothing that moves the cursor.
import { printable } from '../../shared/printable.ts';
import { grouped, inBytes, inPercent } from '../../shared/quantities.ts';

export interface Column<Row> {
  title: string;
  text: (row: Row) => string;
  /** Texts are aligned to the left. */
  isText?: boolean;
}

/** Lines; the titles come first. */
export function textTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ text }) => printable(text(row)))),
  ];
  const widths = columns.map((_, i) => lines.reduce((width, line) => Math.max(width, line[i].length), 0));
  const pad = (cell: string, i: number) =>
    columns[i].isText ? cell.padEnd(widths[i]) : cell.padStart(widths[i]);
  return lines.map((line) => line.map(pad).join('  ').trimEnd());
}

/** `1,234,567` */
export const formatCount = grouped;

/** `+12`, `-3`, `0` */
export function formatChange(change: number, format: (value: number) => string = formatCount): string {
  return change > 0 ? `+${format(change)}` : change < 0 ? `-${format(-change)}` : format(0);
}

/** `980 B`, `1.2 MB`: decimal units, as DevTools shows them. */
export const formatSize = inBytes;

export const formatShare = inPercent;
