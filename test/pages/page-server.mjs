// Serves pages of the catalogue to a Chromium, for the programs that run them all.
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { htmlOf, listPages } from './catalogue.mjs';

export const executablePath = '/usr/bin/chromium';

/** Serves the pages of some names or kinds, all where there are none. Each is bundled when its address is first asked for. */
export async function servePages(names) {
  const pages = listPages().filter(
    ({ name, kind }) => names.length === 0 || names.includes(name) || names.includes(kind),
  );
  const html = new Map();
  const server = createServer(({ url }, response) => {
    response.setHeader('content-type', 'text/html').end(html.get(url) ?? '');
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  return {
    pages,
    browser,
    /** The name of a page says what leaks: its address does not. */
    async addressOf(page) {
      const path = `/${pages.indexOf(page)}`;
      if (!html.has(path)) html.set(path, await htmlOf(page));
      return `http://127.0.0.1:${server.address().port}${path}`;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}
