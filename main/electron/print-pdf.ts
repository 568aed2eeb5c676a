// A picture as a PDF, by a hidden window: the app contains a browser, and needs no other.
import { BrowserWindow } from 'electron';
import { setTimeout as sleep } from 'node:timers/promises';
import { pdfPage } from '../export/pdf-page.ts';
import { confinedToPrint } from './confine.ts';
import { serveTemporarily } from './page.ts';

/** Milliseconds. */
const timeout = 120_000;
const pointsOfInch = 72;

/**
 * Prints a picture, as SVG that is clean, on a page of its own size.
 * @throws Error in words when the window crashes over it, or takes too long
 */
export async function printPdf(svg: string): Promise<Uint8Array> {
  const { html, width, height } = await pdfPage(svg);
  const { url, revoke } = serveTemporarily(html);
  const window = new BrowserWindow({ show: false, webPreferences: confinedToPrint });
  const ended = new AbortController();
  try {
    return await Promise.race([
      printed(window, url, { width: width / pointsOfInch, height: height / pointsOfInch }),
      gone(window),
      tooLate(ended.signal),
    ]);
  } finally {
    ended.abort();
    revoke();
    if (!window.isDestroyed()) window.destroy();
  }
}

/** @param pageSize in inches */
async function printed(
  window: BrowserWindow,
  url: string,
  pageSize: { width: number; height: number },
): Promise<Uint8Array> {
  await window.loadURL(url);
  const margins = { top: 0, bottom: 0, left: 0, right: 0 };
  // One page: what a rounding pushes over its edge is nothing.
  const options = { pageSize, preferCSSPageSize: true, margins, pageRanges: '1', printBackground: true };
  return window.webContents.printToPDF(options);
}

function gone({ webContents }: BrowserWindow): Promise<never> {
  return new Promise((_resolve, reject) => {
    webContents.once('render-process-gone', (_event, { reason }) =>
      reject(new Error(`The pdf could not be printed: its window ended (${reason}); svg and png work`)),
    );
  });
}

async function tooLate(signal: AbortSignal): Promise<never> {
  await sleep(timeout, undefined, { signal });
  throw new Error(`The pdf was not printed in ${timeout / 1000} seconds; svg and png work`);
}
