// Heaps beside that of the page: a worker, and an iframe of another site, which has a process of its own.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Browser } from '../../../main/pages/browser.ts';
import { findLeaks } from '../../../main/pages/find-leaks.ts';
import { PageDriver } from '../../../main/pages/page-driver.ts';

const files: Record<string, [type: string, text: string]> = {
  '/': [
    'text/html',
    `<title>Outer</title><script>
      const worker = new Worker('/worker.js');
      const frame = document.createElement('iframe');
      frame.src = 'http://localhost:' + location.port + '/frame';
      document.documentElement.append(frame);
      let answers = 0;
      onmessage = () => answers++;
      worker.onmessage = () => answers++;
      async function run() {
        answers = 0;
        worker.postMessage('job');
        frame.contentWindow.postMessage('job', '*');
        while (answers < 2) await new Promise((later) => setTimeout(later, 5));
      }
    </script>`,
  ],
  '/worker.js': [
    'text/javascript',
    'class Job {} const jobs = new Map(); onmessage = () => { jobs.set(jobs.size, new Job()); postMessage(1); };',
  ],
  '/frame': [
    'text/html',
    `<script>
      class Ticket {} const tickets = [];
      onmessage = () => { tickets.push(new Ticket()); parent.postMessage(1, '*'); };
      parent.postMessage(1, '*');
    </script>`,
  ],
};

vi.setConfig({ testTimeout: 240_000 });

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const [type, text] = files[url] ?? ['text/plain', ''];
    response.setHeader('content-type', type).end(text);
  });
  await new Promise<void>((ready) => void server.listen(0, ready));
  browser = await Browser.start();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

it('asks a worker and an iframe of another site, and names their heaps', async () => {
  const { session, close } = await browser.newPage();
  const page = await PageDriver.open(session);
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/`);
  const { leaks, heaps } = await findLeaks(session, () => page.evaluate('run()'), { runs: 5 });
  await close();
  expect(heaps).toEqual(
    expect.arrayContaining([
      'page',
      `worker http://127.0.0.1:${port}/worker.js`,
      `iframe http://localhost:${port}/frame`,
    ]),
  );
  const found = leaks.map(({ heap, name, count }) => [heap.split(' ')[0], name, count]);
  expect(found).toContainEqual(['worker', 'Job', 17]);
  expect(found).toContainEqual(['iframe', 'Ticket', 17]);
});
