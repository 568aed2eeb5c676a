// A window attached to real processes: snapshots that grow, questions, and what happens when the process goes.
import { setTimeout as sleep } from 'node:timers/promises';
import { transform } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Attachment } from '../../../main/documents/attachment.ts';
import { HeapDocument } from '../../../main/documents/heap-document.ts';
import { listeningPorts } from '../../../main/targets/listening-ports.ts';
import { endPrograms, start } from '../targets/programs.ts';

let heap: HeapDocument;
let attachment: Attachment;
beforeEach(() => {
  heap = new HeapDocument();
  attachment = new Attachment(heap);
});
afterEach(async () => {
  await attachment.close();
  heap.close();
  endPrograms();
});

const growing = `
  class Leaked { constructor(i) { this.i = { i } } }
  globalThis.cache = Array.from({ length: 25 }, (_, i) => new Leaked(i));
  globalThis.leak = (count) => { for (let i = 0; i < count; i++) cache.push(new Leaked(i)); };
  setInterval(() => {}, 1000)`;

/** As soon as it does: it may be over before a test that polls looks again. */
const whenSnapshotBegins = (attachment: Attachment) =>
  new Promise<void>((resolve) =>
    attachment.on('changed', () => {
      if (attachment.state?.status === 'snapshot' && attachment.state.progress) resolve();
    }),
  );

/** The code is inside of a function: its first line begins later. */
function shifted(map: string): string {
  const json = JSON.parse(map) as object;
  const offset = { line: 0, column: '(()=>{'.length };
  return JSON.stringify({ version: 3, sections: [{ offset, map: json }] });
}

const rows = { offset: 0, limit: 1000, filter: '' };
const order = { sort: 'count', direction: 'descending' } as const;

describe('a window attached to a process', () => {
  it('shows original places from a map that is in the memory of the process only', async () => {
    const source =
      '// A shop.\n\nclass ShoppingCart {\n  items = [];\n}\nglobalThis.cart = new ShoppingCart();\n';
    const { code, map } = await transform(source, {
      sourcefile: 'cart.ts',
      minify: true,
      sourcemap: 'external',
      loader: 'ts',
    });
    const bundle = `(()=>{${code}})()\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(shifted(map)).toString('base64')}`;
    const { pid } = await start(
      `require('node:vm').runInThisContext(${JSON.stringify(bundle)}, { filename: '/virtual/shop.js' }); setInterval(() => {}, 1000)`,
    );
    await attachment.attach(String(pid));
    await attachment.takeSnapshot();
    const types = await heap.ask('heap.types', { snapshot: 0, ...rows, ...order, only: 'yours' });
    expect(types.rows).toContainEqual(
      expect.objectContaining({
        type: 'ShoppingCart',
        location: expect.objectContaining({
          script: expect.stringMatching(/cart\.ts$/) as string,
          line: 3,
        }) as object,
      }),
    );
  });

  it('takes snapshots, shows what grew between them, and leaves the process as it was', async () => {
    const { pid, child } = await start(growing);
    await attachment.attach(String(pid));
    expect(attachment.state).toMatchObject({
      address: String(pid),
      pid,
      runtime: 'node',
      status: 'attached',
    });
    await attachment.takeSnapshot();
    await attachment.evaluate('leak(1000)');
    await attachment.takeSnapshot();
    expect(attachment.state).toMatchObject({ status: 'attached', progress: null, problem: null });
    expect(heap.state).toMatchObject({ shown: 1, sameProcess: true });
    const [first, second] = heap.state!.snapshots;
    expect(first).toMatchObject({
      name: expect.stringMatching(/, \d\d:\d\d:\d\d$/),
      path: null,
      problem: null,
    });
    expect(second.nodes).toBeGreaterThan(first.nodes);
    const growth = await heap.ask('heap.growth', { before: 0, after: 1, ...rows, ...order });
    expect(growth).toMatchObject({ matchedBy: 'id', rows: expect.anything() });
    expect(growth.rows.find(({ type }) => type === 'Leaked')).toMatchObject({
      counts: [25, 1025],
      added: 1000,
      removed: 0,
    });
    expect(attachment.state!.taken.map(({ name }) => name)).toEqual([first.name, second.name]);
    // Its memory is looked at all the while.
    await vi.waitFor(() => expect(attachment.memory.length).toBeGreaterThan(1), 20_000);
    expect(attachment.memory.at(-1)!.rss).toBeGreaterThan(10e6);
    expect(attachment.state!.startedAt).toBeLessThan(attachment.state!.taken[0].time);
    await attachment.detach();
    expect(attachment.state).toBeNull();
    expect(await listeningPorts(pid)).toEqual([]);
    expect(child.exitCode).toBeNull();
    // What was taken stays.
    expect((await heap.ask('heap.types', { ...rows, ...order, snapshot: 1 })).total).toBeGreaterThan(50);
  });

  it('knows whether what an expression came to is in the snapshot that is shown', async () => {
    const { pid } = await start(growing);
    await attachment.attach(String(pid));
    expect(await attachment.evaluate('cache[3]')).toMatchObject({ type: 'Leaked', inSnapshot: false });
    await attachment.takeSnapshot();
    const old = await attachment.evaluate('cache[3]');
    expect(old).toMatchObject({ type: 'Leaked', inSnapshot: true });
    expect(await heap.ask('heap.object', { snapshot: 0, id: old.id! })).toMatchObject({ type: 'Leaked' });
    expect(await attachment.evaluate('new (cache[3].constructor)(1)')).toMatchObject({ inSnapshot: false });
    expect(await attachment.evaluate('6 * 7')).toMatchObject({
      description: '42',
      id: null,
      inSnapshot: false,
    });
    expect(await attachment.evaluate('throw new Error("no")')).toMatchObject({ threw: true });
  });

  it('says so when the process is killed in the middle of a snapshot, and keeps what was there', async () => {
    const { pid, child } = await start(growing);
    await attachment.attach(String(pid));
    await attachment.takeSnapshot();
    await attachment.evaluate(
      'void (globalThis.much = Array.from({ length: 2e5 }, (_, i) => ({ i: { i } })))',
    );
    const snapshotBegun = whenSnapshotBegins(attachment);
    const taking = attachment.takeSnapshot();
    await snapshotBegun;
    child.kill('SIGKILL');
    await taking;
    await vi.waitFor(
      () =>
        expect(attachment.state).toMatchObject({
          status: 'ended',
          progress: null,
          problem: { message: expect.stringMatching(/ended/) },
        }),
      20_000,
    );
    expect(heap.state!.snapshots).toHaveLength(1);
    const types = await heap.ask('heap.types', { ...rows, ...order, snapshot: 0 });
    expect(types.rows.find(({ type }) => type === 'Leaked')?.count).toBe(25);
    await expect(attachment.evaluate('1')).rejects.toThrow('not attached');
  });

  it('gives a snapshot up on Cancel, and stays attached', async () => {
    const { pid } = await start(
      `${growing}; globalThis.much = Array.from({ length: 1e5 }, (_, i) => ({ i: { i } }))`,
    );
    await attachment.attach(String(pid));
    const snapshotBegun = whenSnapshotBegins(attachment);
    const taking = attachment.takeSnapshot();
    await snapshotBegun;
    attachment.cancel();
    await taking;
    expect(attachment.state).toMatchObject({ status: 'attached', progress: null, problem: null });
    expect(heap.state).toBeNull();
    expect(await attachment.evaluate('cache.length')).toMatchObject({ description: '25' });
  });

  it.each([0, 10, 60, 200])(
    'leaves no inspector open when it is closed %i ms after it was told to attach',
    async (time) => {
      const { pid, child } = await start(growing);
      const attaching = attachment.attach(String(pid));
      await sleep(time);
      await attachment.close();
      await attaching;
      expect(await listeningPorts(pid)).toEqual([]);
      expect(child.exitCode).toBeNull();
    },
  );

  it('is attached to the last process that was wanted, and to no other', async () => {
    const [first, second, third] = await Promise.all([start(growing), start(growing), start(growing)]);
    await attachment.attach(String(first.pid));
    await Promise.all([second, third].map(({ pid }) => attachment.attach(String(pid))));
    expect(attachment.state).toMatchObject({ pid: third.pid, status: 'attached' });
    expect(await listeningPorts(first.pid)).toEqual([]);
    expect(await listeningPorts(second.pid)).toEqual([]);
  });

  it('says why it could not be attached to', async () => {
    await attachment.attach('2147483646');
    expect(attachment.state).toMatchObject({
      status: 'ended',
      problem: { message: 'there is no process 2147483646' },
    });
    await attachment.attach('not a process');
    expect(attachment.state?.problem?.message).toContain('not a process is no process: name a process id');
    expect(() => attachment.attached).toThrow('The window is not attached to anything');
  });
});
