// The threads of a real window end: Graphviz's while it lays out, the heap's for want of memory. The window says so and what
// to do about it, keeps what it has, and goes on.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Desktop, firstHost, missingPrograms, objgraph, shows, until } from './desktop.ts';

const missing = missingPrograms('Xvfb', 'chromium');
const eventually = { timeout: 60_000 };

// Electron itself takes no NODE_OPTIONS of this kind.
const hosts = firstHost().filter((host) => host !== 'Electron');
describe.skipIf(missing.length > 0).each(hosts)('a thread of a window on %s ends', (host) => {
  let desktop: Desktop;
  beforeEach(async () => {
    desktop = await Desktop.start(host);
    desktop.env.NODE_OPTIONS = `--import ${join(import.meta.dirname, 'end-threads.mjs')}`;
    desktop.env.OBJGRAPH_TEST_ORDERS = desktop.folder;
  });
  afterEach(() => desktop?.close());

  /** Its next task is its last. */
  const orderEnd = async (thread: string, how: 'exit' | 'memory') => {
    const order = desktop.write(`end-${thread}`, how);
    await until('the thread to take its order', () => !existsSync(order) || null);
  };
  const reload = (page: Page) => page.getByRole('button', { name: 'Reload' }).click();
  const notice = (page: Page) => page.getByRole('alert').allInnerTexts();

  it('while it lays out: the picture stays, and the next reload has another one', async () => {
    const command = desktop.command(objgraph, ['view', desktop.write('kept.dot', 'digraph { a -> b -> c }')]);
    const page = await desktop.window('kept.dot');
    await shows(page, { status: 'ready', nodes: 3 });
    await orderEnd('layout-worker', 'exit');
    await reload(page);
    await expect
      .poll(async () => (await notice(page)).join(), eventually)
      .toMatch(/the layout ended without an answer; try it again[^]*The picture is the last good one/);
    await shows(page, { nodes: 3 });
    await reload(page);
    await shows(page, { status: 'ready', nodes: 3 });
    await expect.poll(() => notice(page), eventually).toEqual([]);
    await page.close();
    expect(await command.ended).toBe(0);
  });

  it('with all its memory: the heap is said to be lost, and is read again', async () => {
    const snapshot = join(desktop.folder, 'kept.heapsnapshot');
    const writes = `require('node:v8').writeHeapSnapshot(${JSON.stringify(snapshot)})`;
    expect(await desktop.start(process.execPath, ['-e', writes]).ended).toBe(0);
    const command = desktop.command(objgraph, ['view', snapshot]);
    const page = await desktop.window('kept.heapsnapshot');
    const views = page.getByRole('tablist', { name: 'Views of the heap' });
    await views.getByRole('tab', { name: 'Types' }).click(eventually);
    const rows = () => page.getByRole('tabpanel').getByRole('row').count();
    // The heading, and what is the program's own.
    await expect.poll(rows, eventually).toBeGreaterThan(1);
    await orderEnd('heap-worker', 'memory');
    await views.getByRole('tab', { name: 'Strings' }).click();
    await expect
      .poll(async () => (await notice(page)).join(), eventually)
      .toContain('There is not enough memory for this snapshot');
    await page.getByRole('button', { name: 'Read the files again' }).click();
    await views.getByRole('tab', { name: 'Types' }).click(eventually);
    // The heading, and what is the program's own.
    await expect.poll(rows, eventually).toBeGreaterThan(1);
    expect(await notice(page)).toEqual([]);
    await page.close();
    expect(await command.ended).toBe(0);
  });
});
