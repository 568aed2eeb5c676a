// What a failed test attaches to Playwright's HTML report: the message, a picture of each leak, a report in one file, the
// figures as JSON, and the snapshots where they are wanted.
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LeakReport, NamedLeaks } from './page-report.ts';
import { pictureOfLeak } from './picture.ts';
import { leakReportHtml } from './report-html.ts';
import { describeLeaks } from './report-text.ts';

const maxPictures = 3;

/** What of Playwright's `TestInfo` is used. */
export interface Attachable {
  title: string;
  attach(name: string, options: { body: string | Buffer; contentType: string }): Promise<void>;
}

export async function attachReport(
  info: Attachable,
  report: LeakReport,
  paths: NamedLeaks['paths'],
  files: SnapshotFiles | null,
): Promise<void> {
  const pictures: (string | null)[] = [];
  for (const leak of report.leaks.slice(0, maxPictures)) {
    const path = paths.get(leak);
    // A message is worth more than a picture that cannot be drawn.
    pictures.push(path ? await pictureOfLeak(path).catch(() => null) : null);
  }
  const attach = (name: string, body: string | Buffer, contentType: string) =>
    info.attach(name, { body, contentType });
  await attach('leaks', describeLeaks(report), 'text/plain');
  for (const [i, picture] of pictures.entries())
    if (picture) await attach(`leak ${i + 1}`, picture, 'image/svg+xml');
  await attach('leaks.html', leakReportHtml(`Leaks: ${info.title}`, report, pictures), 'text/html');
  await attach('leaks.json', JSON.stringify(report, null, 2), 'application/json');
  for (const { name, data } of files?.firstAndLast() ?? []) await attach(name, data, 'application/gzip');
}

/** Snapshots on their way into files. */
export class SnapshotFiles {
  readonly #files = new Map<string, number>();

  constructor(private readonly folder: string) {}

  readonly keep = (heap: string, snapshot: number): ((chunk: Uint8Array) => void) => {
    mkdirSync(this.folder, { recursive: true });
    const name = `${heap.replace(/[^\w.-]+/g, '-').slice(0, 60)}-${snapshot}.heapsnapshot`;
    const file = openSync(join(this.folder, name), 'w', 0o600);
    this.#files.set(name, file);
    return (chunk) => void writeSync(file, chunk);
  };

  /** Of each heap, the snapshot before all runs and the last one. */
  firstAndLast(): { name: string; data: Buffer }[] {
    const names = [...this.#files.keys()];
    const heapOf = (name: string) => name.replace(/-\d+\.heapsnapshot$/, '');
    const isFirst = (name: string) => names.find((other) => heapOf(other) === heapOf(name)) === name;
    const isLast = (name: string) => names.findLast((other) => heapOf(other) === heapOf(name)) === name;
    return names
      .filter((name) => isFirst(name) || isLast(name))
      .map((name) => ({ name: `${name}.gz`, data: gzipSync(readFileSync(join(this.folder, name))) }));
  }

  close(): void {
    for (const [name, file] of this.#files) {
      closeSync(file);
      rmSync(join(this.folder, name), { force: true });
    }
    this.#files.clear();
  }
}
