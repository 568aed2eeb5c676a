// Graphviz's SVG as a PDF, its lines as lines and its text as text: printed by a browser of Chromium's family without a window,
// in the fonts that we ship. Such a browser is on most machines that show the viewer; a library would weigh more than all else.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from '../../shared/viewer-host.ts';
import { distFolder } from '../package.ts';
import { shippedFamily, withShippedFonts } from './shipped-fonts.ts';

/** PDF knows no larger page, in points (ISO 32000-1, annex C). */
const longestSide = 14_400;
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
    await writeFile(page, await pageOf(svg), { mode: 0o600 });
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
  const child = spawn(command, [...options, pathToFileURL(page).href], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: patience,
    killSignal: 'SIGKILL',
    windowsHide: true,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status) =>
      resolve(said.trim().split('\n').at(-1) || `it ended with status ${status}`),
    );
  });
}

/** No script, no other file, no network: a picture from a stranger is printed, not run. */
async function pageOf(svg: string): Promise<string> {
  const [width, height] = sizeOf(svg);
  const fit = Math.min(1, longestSide / Math.max(width, height));
  const [w, h] = [width * fit, height * fit].map((side) => side.toFixed(2));
  const drawing = withShippedFonts(svg)
    .slice(svg.indexOf('<svg'))
    .replace(/^<svg width="[^"]*" height="[^"]*"/, `<svg width="${w}pt" height="${h}pt"`);
  return `<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:">
<style>${await fontFaces(svg)}
@page { size: ${w}pt ${h}pt; margin: 0 }
body { margin: 0 }
svg { display: block }</style>
${drawing}`;
}

function sizeOf(svg: string): [number, number] {
  const [, width, height] = /<svg width="([\d.]+)pt" height="([\d.]+)pt"/.exec(svg) ?? [];
  return [Number(width) || 1, Number(height) || 1];
}

/** Those of our fonts that the picture names, in the page itself: it may read no files. */
async function fontFaces(svg: string): Promise<string> {
  const families = new Set(
    [...svg.matchAll(/font-family="([^"]*)"/g)].map(([, family]) => shippedFamily(family)),
  );
  const styles = [
    ['Regular', 'normal', 'normal'],
    ['Bold', 'bold', 'normal'],
    ['Italic', 'normal', 'italic'],
    ['BoldItalic', 'bold', 'italic'],
  ];
  const faces = [...families].flatMap((family) =>
    styles.map(async ([name, weight, style]) => {
      const file = join(distFolder, 'renderer', 'fonts', `${family.replace(' ', '')}-${name}.ttf`);
      const data = (await readFile(file)).toString('base64');
      return `@font-face { font-family: '${family}'; font-weight: ${weight}; font-style: ${style}; src: url(data:font/ttf;base64,${data}) }`;
    }),
  );
  return (await Promise.all(faces)).join('\n');
}
