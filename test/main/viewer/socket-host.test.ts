// A real page and the process that serves it: the page asks for its document while its program is still on its way.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { LoopbackServer } from '../../../main/viewer/loopback.ts';
import type { Session } from '../../../main/viewer/session.ts';
import { startBrowser } from '../../chromium.ts';
import { serve } from './served-session.ts';

let browser: Browser;
let server: LoopbackServer;
let session: Session;
let page: Page;
/** The methods that the page asked for, in their order. */
let asked: string[];
/** Lets the page have its program. */
let release: () => void;
let url: string;
let opened: Awaited<ReturnType<typeof serve>>['document'];

beforeAll(async () => void (browser = await startBrowser()));
afterAll(() => browser.close());

beforeEach(async () => {
  const served = await serve('digraph { a -> b }');
  ({ server, session } = served);
  opened = served.document;
  url = served.window.url;
  page = await (await browser.newContext()).newPage();
  asked = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      asked.push((JSON.parse(String(payload)) as { method: string }).method);
    }),
  );
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(/index-[^/]*\.js$/, async (route) => {
    const answer = await route.fetch();
    await released;
    await route.fulfill({ response: answer });
  });
});
afterEach(async () => {
  server.close();
  await session.dispose();
});

const isDrawn = (title: string) => opened.state.title === title && opened.state.scene !== null;
const picture = () => page.locator('canvas[data-nodes="2"]').first();

it('the document is asked for before the program is there, and once', async () => {
  await page.goto(url, { waitUntil: 'commit' });
  await expect.poll(() => asked).toEqual(['document.get']);
  release();
  await picture().waitFor();
  expect(asked.filter((method) => method === 'document.get')).toHaveLength(1);
});

it('what changes before the program is there is not lost', async () => {
  await page.goto(url, { waitUntil: 'commit' });
  await expect.poll(() => asked).toEqual(['document.get']);
  void session.receive({
    id: 900,
    method: 'document.openText',
    params: { name: 'next', text: 'digraph { a -> b -> c }' },
  });
  await expect.poll(() => isDrawn('next')).toBe(true);
  release();
  await page.locator('canvas[data-nodes="3"]').first().waitFor();
  expect(await page.title()).toContain('next');
});

it('a process that has gone meanwhile is said to be lost, beside the picture that it sent', async () => {
  await page.goto(url, { waitUntil: 'commit' });
  await expect.poll(() => asked).toEqual(['document.get']);
  await expect.poll(() => isDrawn('own')).toBe(true);
  server.close();
  release();
  await page.getByText('lost', { exact: false }).first().waitFor();
});
