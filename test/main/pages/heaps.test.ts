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

/** A page that leaks in its service worker. */
files['/served'] = [
  'text/html',
  `<title>Served</title><script>
    const ready = navigator.serviceWorker.register('/service.js').then(() => navigator.serviceWorker.ready);
    async function run() {
      const { active } = await ready;
      const channel = new MessageChannel();
      const answer = new Promise((resolve) => (channel.port1.onmessage = resolve));
      active.postMessage('job', [channel.port2]);
      await answer;
      channel.port1.close();
    }
  </script>`,
];
files['/service.js'] = [
  'text/javascript',
  `class Job {} const jobs = new Map();
   onmessage = ({ ports: [port] }) => { jobs.set(jobs.size, new Job()); port.postMessage(1); port.close(); };`,
];

/** Memory that V8's heap does not have: what keeps it is small. */
const outside: [what: string, script: string, bytesPerRun: number][] = [
  ['ArrayBuffers', 'kept.push(new ArrayBuffer(100_000))', 100_000],
  ['memories of WebAssembly', 'kept.push(new WebAssembly.Memory({ initial: 2 }))', 131_072],
  [
    'canvases',
    `const canvas = document.createElement('canvas'); canvas.width = 200; canvas.height = 100;
     canvas.getContext('2d').fillRect(0, 0, 9, 9); kept.push(canvas)`,
    80_000,
  ],
  ['canvases off screen', 'kept.push(new OffscreenCanvas(200, 100))', 80_000],
  ['ImageBitmaps', 'kept.push(await createImageBitmap(new ImageData(200, 100)))', 80_000],
];
files['/outside'] = [
  'text/html',
  `<title>Outside</title><script>
    const kept = [];
    const runs = [${outside.map(([, script]) => `async () => { ${script} }`).join(', ')}];
  </script>`,
];

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

it('asks a service worker, and names its heap', async () => {
  const { session, close } = await browser.newPage();
  const page = await PageDriver.open(session);
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/served`);
  await page.evaluate('run()');
  const { leaks, heaps } = await findLeaks(session, () => page.evaluate('run()'), { runs: 4 });
  await close();
  const heap = `service worker http://127.0.0.1:${port}/service.js`;
  expect(heaps).toContain(heap);
  expect(leaks.map(({ heap, name }) => [heap, name])).toContainEqual([heap, 'Job']);
});

it.each(outside.map(([what, , bytes], i) => [what, i, bytes] as const))(
  'counts %s with their bytes',
  async (_what, index, bytesPerRun) => {
    const { session, close } = await browser.newPage();
    const page = await PageDriver.open(session);
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/outside`);
    const { leaks } = await findLeaks(session, () => page.evaluate(`runs[${index}]()`), {
      runs: 3,
      warmup: 2,
    });
    await close();
    expect(leaks.length).toBeGreaterThan(0);
    const bytes = Math.max(...leaks.map((leak) => leak.bytes / leak.count));
    expect(bytes).toBeGreaterThanOrEqual(bytesPerRun);
    expect(bytes).toBeLessThan(2 * bytesPerRun);
  },
);
