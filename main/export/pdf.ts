// Graphviz's SVG as a PDF, its lines as lines and its text as text: printed by a browser of Chromium's family without a window,
// in the fonts that we ship. Such a browser is on most machines that show the viewer; a library would weigh more than all else.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startProgram } from '../../shared/programs.ts';
import { findChromium } from '../../shared/viewer-host/browsers.ts';
import { pdfPage } from './pdf-page.ts';

/** A browser's first start on a slow machine. */
const patience = 60_000;

/**
 * Prints a picture on a page of its own size.
 * @returns null where there is no such browser
 * @throws Error when the browser could not print it
 */
export async function drawPdf(svg: string): Promise<Buffer | null> {
  const browser = findChromium();
  if (!browser) return null;
  const folder = await mkdtemp(join(tmpdir(), 'objgraph-pdf-'));
  try {
    const [page, pdf] = ['page.html', 'page.pdf'].map((name) => join(folder, name));
    await writeFile(page, (await pdfPage(svg)).html, { mode: 0o600 });
    const complaint = await print(browser.command, folder, page, pdf);
    return await readFile(pdf).catch(() => {
      throw new Error(`${browser.name} could not print the pdf: ${complaint}`);
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

/** Settles with the browser's last words when it has ended. */
function print(command: string, folder: string, page: string, pdf: string): Promise<string> {
  const asRoot = process.getuid?.() === 0 && process.platform === 'linux';
  const options = [
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
  ];
  const program = { name: 'chromium', path: command } as const;
  const child = startProgram(program, [...options, pathToFileURL(page).href], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status) =>
      resolve(said.trim().split('\n').at(-1) || `it ended with status ${status}`),
    );
  });
}
