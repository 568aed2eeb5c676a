// The loopback server and a real browser that also shows pages of strangers: what these can do to a window of ours.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { LoopbackServer, Page } from '../../../main/viewer/loopback.ts';
import type { Session } from '../../../main/viewer/session.ts';
import { startBrowser } from '../../chromium.ts';
import { serve } from './served-session.ts';

let browser: Browser;
let stranger: Server;
let server: LoopbackServer;
let session: Session;
let window: Page;
let port: string;
const closed = vi.fn();

beforeAll(async () => {
  stranger = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>stranger</title>'),
  );
  await new Promise<void>((listening) => stranger.listen(0, '127.0.0.1', listening));
  // A name whose owner says that it is this machine, as in DNS rebinding.
  browser = await startBrowser({ args: ['--host-resolver-rules=MAP rebound.example 127.0.0.1'] });
});
afterAll(async () => {
  await browser.close();
  stranger.close();
});

beforeEach(async () => {
  closed.mockReset();
  ({ server, session, window } = await serve('digraph { a -> b }', { closed }));
  port = new URL(window.url).port;
});
afterEach(async () => {
  server.close();
  await session.dispose();
});

async function open(url: string) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  return page;
}

const strangersAddress = () => `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`;

it('lets the page in by its ticket, and again after a reload, but no other page by the same address', async () => {
  const page = await open(window.url);
  const picture = page.locator('canvas[data-nodes="2"]').first();
  await picture.waitFor();
  await page.reload();
  await picture.waitFor();
  const thief = await open(window.url);
  await thief.getByText('lost', { exact: false }).first().waitFor();
  expect(await thief.locator('canvas[data-nodes="2"]').count()).toBe(0);
  await page.reload();
  await picture.waitFor();
  expect(closed).not.toHaveBeenCalled();
});

it('keeps a page of another origin out, even one that knows the ticket', async () => {
  const page = await open(strangersAddress());
  const ticket = new URL(window.url).hash.slice(1);
  const outcome = await page.evaluate(
    async ([port, ticket]) => {
      const address = `127.0.0.1:${port}`;
      const socket = new WebSocket(`ws://${address}/protocol`, ['objgraph', ticket]);
      const connection = new Promise((resolve) => {
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      });
      const read = (options: RequestInit) =>
        fetch(`http://${address}/`, options).then(
          (response) => response.type,
          () => 'refused',
        );
      const script = document.createElement('script');
      const assets = new Promise((resolve) => {
        script.onload = () => resolve('loaded');
        script.onerror = () => resolve('refused');
      });
      script.src = `http://${address}/icon.svg`;
      document.head.append(script);
      const posted = fetch(`http://${address}/`, { method: 'POST', body: '{}' }).then(
        () => 'answered',
        () => 'refused',
      );
      return Promise.all([connection, read({}), read({ mode: 'no-cors' }), assets, posted]);
    },
    [port, ticket],
  );
  expect(outcome).toEqual(['refused', 'refused', 'refused', 'refused', 'refused']);
  // Nothing of this spent the ticket.
  await (await open(window.url)).locator('canvas[data-nodes="2"]').first().waitFor();
});

it('cannot be framed, nor reached through the window that opened it', async () => {
  const page = await open(strangersAddress());
  const outcome = await page.evaluate(async (url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    const loaded = new Promise((resolve) => (frame.onload = resolve));
    document.body.append(frame);
    await loaded;
    const opened = globalThis.open(url);
    for (let tries = 0; tries < 200 && opened && !opened.closed; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return { framed: frame.contentDocument !== null, cutOff: opened?.closed };
  }, `http://127.0.0.1:${port}/`);
  expect(outcome).toEqual({ framed: false, cutOff: true });
});

it('serves nothing under a name that was rebound to this machine', async () => {
  const page = await open(`http://rebound.example:${port}/`);
  expect(await page.textContent('body')).toBe('Not this host.');
  const ticket = new URL(window.url).hash.slice(1);
  const connection = await page.evaluate(
    (ticket) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/protocol`, ['objgraph', ticket]);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      }),
    ticket,
  );
  expect(connection).toBe('refused');
});
