// Everything that a window asks of a target, asked of every kind of target that there is.
import { afterEach, expect, it } from 'vitest';
import type { HeapState } from '../../../shared/protocol/heap.ts';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import {
  endPrograms,
  leaking,
  oldestAndNewest,
  root,
  start,
  startPage,
  type Browser,
} from '../targets/programs.ts';
import { AskedSession } from './asked-session.ts';

let session: AskedSession;
let browser: Browser | null = null;
afterEach(async () => {
  await session.close();
  endPrograms();
  await browser?.end();
  browser = null;
});

interface Started {
  address: string;
  /** Null where the inspector is of many targets. */
  pid: number | null;
  /** How many inspectors it has when no window is attached. */
  inspectors: number;
}

const inThread = `const { Worker } = require('node:worker_threads');
  const worker = new Worker(${JSON.stringify(`${leaking}; require('node:worker_threads').parentPort.postMessage('up')`)}, { eval: true });
  await new Promise((resolve) => worker.once('message', resolve)); setInterval(() => {}, 1000)`;

/** As CommonJS that may wait: it is ready when all of it has run. */
const startWaiting = (source: string, node: string) =>
  start(`(async () => { ${source}; process.stdout.write('up') })(); console.log = () => {}`, { node });

const kinds: { name: string; runtime: string; begin: () => Promise<Started> }[] = [
  ...oldestAndNewest.map(({ name, path }) => ({
    name,
    runtime: 'node',
    begin: async () => {
      const { pid } = await start(leaking, { node: path });
      return { address: String(pid), pid, inspectors: 0 };
    },
  })),
  ...oldestAndNewest.map(({ name, path }) => ({
    name: `a worker thread of ${name}`,
    runtime: 'node',
    begin: async () => {
      const { pid } = await startWaiting(inThread, path);
      return { address: `${pid}#1`, pid, inspectors: 0 };
    },
  })),
  {
    name: 'Deno',
    runtime: 'deno',
    begin: async () => {
      const flags = ['run', '--inspect=127.0.0.1:0', '--allow-all'];
      const node = `${root}/node_modules/.bin/deno`;
      const { pid, stderr } = await start(leaking, { node, flags, asFile: true });
      return { address: /ws:\/\/\S+/.exec(stderr)![0], pid, inspectors: 1 };
    },
  },
  {
    name: 'a page of Chromium',
    runtime: 'chromium',
    begin: async () => {
      browser = await startPage(`<title>A shop</title><script>${leaking}</script>`);
      return { address: browser.place, pid: null, inspectors: 1 };
    },
  },
];

it.each(kinds)(
  'a window attaches, takes a snapshot, asks, and detaches: $name',
  async ({ runtime, begin }) => {
    const { address, pid, inspectors } = await begin();
    session = new AskedSession();
    await session.attach(address);
    await session.target({ runtime });
    expect(await session.ask('target.estimate')).toMatchObject({ pause: expect.any(Number) as number });

    await session.takeSnapshot();
    expect(await session.count('Leaked')).toBe(25);
    const asked = await session.ask<{ id: number }>('target.evaluate', { expression: 'cache[3]' });
    expect(asked).toMatchObject({ type: 'Leaked', threw: false, inSnapshot: true });
    expect(await session.ask('heap.object', { snapshot: 0, id: asked.id })).toMatchObject({ type: 'Leaked' });
    expect(await session.ask('target.fields', { snapshot: 0, id: asked.id })).toMatchObject({
      state: 'read',
      fields: [{ name: 'i', change: 'same' }],
    });

    await session.ask('target.evaluate', { expression: 'void cache.push(new cache[0].constructor(26))' });
    await session.takeSnapshot();
    expect(await session.count('Leaked', 1)).toBe(26);

    await session.ask('target.detach');
    await session.target(null);
    if (pid !== null) expect(await listeningPorts(pid)).toHaveLength(inspectors);
    // What was read stays, and it can be attached to again.
    expect(await session.count('Leaked', 1)).toBe(26);
    await session.attach(address);
    expect(await session.ask('target.evaluate', { expression: 'cache.length' })).toMatchObject({
      description: '26',
    });
  },
);

it('refuses a second snapshot while one is taken, and goes on', async () => {
  const { pid } = await start(leaking);
  session = new AskedSession();
  await session.attach(pid);
  await session.ask('target.snapshot');
  await expect(session.ask('target.snapshot')).rejects.toThrow(/ is busy with the last request$/);
  await session.target({ status: 'attached', progress: null, problem: null });
  const { snapshots } = await session.ask<HeapState>('heap.get');
  expect(snapshots).toMatchObject([{ problem: null }]);
});
