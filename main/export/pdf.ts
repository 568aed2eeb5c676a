// A page as a PDF, its lines as lines and its text as text: printed by a browser of Chromium's family without a window. Such a
// browser is on most machines that show the viewer; a library would weigh more than all else.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ViewerHost } from '../../shared/viewer-host.ts';
import { makeTemporaryFolder, temporaryProblem } from '../temporary-folder.ts';
import { runLimited, type Limits } from './limited-process.ts';

/** A browser's first start on a slow machine takes its time. */
const usual: Limits = { memory: 4 * 2 ** 30, time: 60_000 };

/**
 * Prints a page of `pdfPage`. Nothing stays behind but the result.
 * @throws Error in words when the browser could not print it; the signal's reason
 */
export async function printPage(
  html: string | Uint8Array,
  browser: ViewerHost,
  { limits = usual, signal }: { limits?: Limits; signal?: AbortSignal } = {},
): Promise<Buffer> {
  const folder = makeTemporaryFolder('objgraph-pdf-');
  try {
    const [page, pdf] = ['page.html', 'page.pdf'].map((name) => join(folder, name));
    await writeFile(page, html, { mode: 0o600 }).catch((error: unknown) => {
      throw temporaryProblem(error);
    });
    const program = { name: 'chromium', path: browser.command } as const;
    const { complaint, status, exceeded } = await runLimited(program, printing(folder, page, pdf), {
      limits,
      signal,
    });
    if (exceeded === 'time')
      throw new Error(`the pdf was not printed in ${limits.time / 1000} seconds; svg works`);
    if (exceeded === 'memory')
      throw new Error(
        `the pdf needed more than ${(limits.memory / 2 ** 30).toFixed(1)} GB of memory; svg works`,
      );
    return await readFile(pdf).catch(() => {
      const reason = complaint.trim().split('\n').at(-1) || `it ended with status ${status}`;
      throw new Error(`${browser.name} could not print the pdf: ${reason}`);
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

function printing(folder: string, page: string, pdf: string): string[] {
  const asRoot = process.getuid?.() === 0 && process.platform === 'linux';
  return [
    '--headless',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--print-to-pdf=${pdf}`,
    '--no-pdf-header-footer',
    '--no-first-run',
    '--disable-gpu',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(asRoot ? ['--no-sandbox'] : []),
    pathToFileURL(page).href,
  ];
}
