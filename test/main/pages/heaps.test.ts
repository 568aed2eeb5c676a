// Heaps beside that of the page: a worker, and what has a process of its own: an iframe of another site, one of a third site in
// it, and a window that was opened without an opener.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Browser } from '../../../main/pages/browser.ts';
import { findLeaks, withFindings } from '../../../main/pages/find-leaks.ts';
import { PageDriver } from '../../../main/pages/page-driver.ts';

const files: Record<string, [type: string, text: string]> = {
  '/': [
    'text/html',
    `<title>Outer</title><script>
      const worker = new Worker('/worker.js');
      const frame = document.createElement('iframe');
      frame.src = 'http://localhost:' + location.port + '/frame';
      document.documentElement.append(frame);
      const channel = new BroadcastChannel('jobs');
      let answers = 0;
      onmessage = worker.onmessage = channel.onmessage = () => answers++;
      async function openWindow() {
        open('/window', '_blank', 'noopener');
        while (answers === 0) await new Promise((later) => setTimeout(later, 5));
      }
      async function run() {
        answers = 0;
        worker.postMessage('job');
        frame.contentWindow.postMessage('job', '*');
        channel.postMessage('job');
        while (answers < 4) await new Promise((later) => setTimeout(later, 5));
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
      const frame = document.createElement('iframe');
      frame.src = 'http://127.0.0.2:' + location.port + '/inner';
      document.documentElement.append(frame);
      onmessage = ({ data }) => {
        tickets.push(new Ticket());
        parent.postMessage(1, '*');
        frame.contentWindow.postMessage(data, '*');
      };
    </script>`,
  ],
  '/inner': [
    'text/html',
    `<script>
      class Seat {} const seats = [];
      onmessage = () => { seats.push(new Seat()); top.postMessage(1, '*'); };
    </script>`,
  ],
  '/window': [
    'text/html',
    `<title>Window</title><script>
      class Receipt {} const receipts = [];
      const channel = new BroadcastChannel('jobs');
      channel.onmessage = () => { receipts.push(new Receipt()); channel.postMessage(1); };
      channel.postMessage('here');
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

/** Memory that V8's heap does not have: what keeps it is small. Names are those of the report. */
const outside: [name: RegExp, script: string, bytesPerRun: number][] = [
  [/ArrayBuffer/, 'new ArrayBuffer(100_000)', 100_000],
  [/SharedArrayBuffer/, 'new SharedArrayBuffer(300_000)', 300_000],
  [/Memory/, 'new WebAssembly.Memory({ initial: 2 })', 131_072],
  [
    /^canvas/,
    `(() => {
      const canvas = document.createElement('canvas'); canvas.width = 200; canvas.height = 100;
      canvas.getContext('2d').fillRect(0, 0, 9, 9);
      return canvas;
    })()`,
    80_000,
  ],
  [/OffscreenCanvas/, 'new OffscreenCanvas(200, 100)', 80_000],
  [/ImageBitmap/, 'await createImageBitmap(new ImageData(200, 100))', 80_000],
];
files['/outside'] = [
  'text/html',
  `<title>Outside</title><script>
    ${outside.map((_, i) => `const kept${i} = [];`).join(' ')}
    async function run() { ${outside.map(([, script], i) => `kept${i}.push(${script});`).join(' ')} }
  </script>`,
];

vi.setConfig({ testTimeout: 240_000 });

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const [type, text] = files[url] ?? ['text/plain', ''];
    // A page that is isolated from other origins has SharedArrayBuffers.
    if (url === '/outside')
      response
        .setHeader('cross-origin-opener-policy', 'same-origin')
        .setHeader('cross-origin-embedder-policy', 'require-corp');
    response.setHeader('content-type', type).end(text);
  });
  await new Promise<void>((ready) => void server.listen(0, ready));
  browser = await Browser.start();
});

afterAll(async () => {
  await browser.close();
  server.close();
});

it('asks workers, iframes of other sites and windows of other processes, and names their heaps', async () => {
  const tab = await browser.newPage();
  const page = await PageDriver.open(tab.session);
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.evaluate('openWindow()');
  const { leaks, heaps } = await withFindings(
    tab,
    () => page.evaluate('run()'),
    { runs: 3, warmup: 2 },
    ({ report }) => report,
  );
  await tab.close();
  const expected = [
    'page',
    `worker http://127.0.0.1:${port}/worker.js`,
    `iframe http://localhost:${port}/frame`,
    `iframe http://127.0.0.2:${port}/inner`,
    `window http://127.0.0.1:${port}/window`,
  ];
  expect([...heaps].sort()).toEqual(expected.sort());
  const found = leaks.map(({ heap, name, count }) => [heap.split(' ')[0], name, count]);
  // What waits for a frame of a page that is behind another window is ours, and counted by nothing.
  expect(found).toHaveLength(4);
  expect(found).toContainEqual(['worker', 'Job', 12]);
  expect(found).toContainEqual(['iframe', 'Ticket', 12]);
  expect(found).toContainEqual(['iframe', 'Seat', 12]);
  expect(found).toContainEqual(['window', 'Receipt', 12]);
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

it('counts what is outside of the heap of V8 with its bytes', async () => {
  const { session, close } = await browser.newPage();
  const page = await PageDriver.open(session);
  const { port } = server.address() as AddressInfo;
  await page.goto(`http://127.0.0.1:${port}/outside`);
  const { leaks } = await findLeaks(session, () => page.evaluate('run()'), { runs: 3, warmup: 2 });
  await close();
  for (const [i, [name, , bytesPerRun]] of outside.entries()) {
    const leak = leaks.find(({ summary }) => summary.includes(`kept${i}`));
    expect(leak?.name).toMatch(name);
    const bytes = leak!.bytes / leak!.count;
    expect(bytes).toBeGreaterThanOrEqual(bytesPerRun);
    expect(bytes).toBeLessThan(1.5 * bytesPerRun);
  }
});
