// A part of the catalogue: those pages that say most. The whole of it: `npm run bench:pages`.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describeLeaks, findLeaks } from '../../main/pages/find-leaks.ts';
import { grade, htmlOf, listPages } from './catalogue.mjs';
import { startBrowser } from '../chromium.ts';

const leaking = [
  'react-effect',
  'iframe-window',
  'every-second-run',
  'text-log',
  'copied-state',
  'vue-keep-alive',
];
const healthy = ['react', 'keep-alive-router'];

vi.setConfig({ testTimeout: 240_000 });

let browser: Browser;
let server: Server;
let html = '';

beforeAll(async () => {
  server = createServer((_, response) => void response.setHeader('content-type', 'text/html').end(html));
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  browser = await startBrowser();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

/** What the runs of a page's `run` leave. */
async function leaksOf(content: string) {
  html = content;
  const tab = await browser.newPage();
  try {
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await tab.waitForFunction('typeof run === "function"');
    return await findLeaks(tab, () => tab.evaluate('run()'));
  } finally {
    await tab.close();
  }
}

async function verdictOf(kind: string, name: string) {
  const page = listPages().find((one) => one.kind === kind && one.name === name)!;
  const report = await leaksOf(await htmlOf(page));
  return { grade: grade(page, report), message: report.leaks.length > 0 ? describeLeaks(report) : '' };
}

describe('a page that leaks is named first', () => {
  it.each(leaking)('%s', async (name) => {
    const verdict = await verdictOf('leaking', name);
    expect(verdict).toMatchObject({ grade: 'named first' });
  });
});

describe('a page that does not leak is not accused', () => {
  it.each(healthy)('%s', async (name) => {
    expect(await verdictOf('healthy', name)).toEqual({ grade: 'right', message: '' });
  });
});

it('counts the timers of the page alone, and tells a class from its instances', async () => {
  const { runs, leaks } = await leaksOf(
    `<script>function run() { class Panel {} const panel = new Panel(); setInterval(() => panel, 1e6); }</script>`,
  );
  const all = runs.reduce((sum, count) => sum + count, 0);
  expect(leaks[0].summary).toContain(`${all} × timer`);
  expect(leaks[0].consequences.join()).toMatch(new RegExp(`\\b${all} Panel .*\\b${all} function Panel `));
});

it('has 25 pages that leak and 12 that do not, at least', () => {
  const count = (kind: string) => listPages().filter((page) => page.kind === kind).length;
  expect(count('leaking')).toBeGreaterThanOrEqual(25);
  expect(count('healthy')).toBeGreaterThanOrEqual(12);
});
