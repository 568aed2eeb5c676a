// For tests of the heap's views: a fake host, and in every test one window with a heap of rows that are made up. A test
// that leaves a complaint in the window's console fails.
import { createRequire } from 'node:module';
import type { BrowserContextOptions } from 'playwright-core';
import { afterEach, beforeAll, expect } from 'vitest';
import type { DocumentState, Events, Method } from '../../../shared/protocol.ts';
import { FakeHost, type FakeWindow } from '../fake-host.ts';
import { fakeHeap, type FakeHeapOptions } from './fake-heap.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Opening extends Partial<FakeHeapOptions> {
  document?: Partial<DocumentState>;
  context?: BrowserContextOptions;
}

export function heapPage() {
  let host: FakeHost;
  let window: FakeWindow;

  beforeAll(async () => {
    host = await FakeHost.ofWorker();
  });
  afterEach(async () => {
    expect(window.complaints).toEqual([]);
    await window.expectDeclared();
    await window.close();
  });

  return {
    get window() {
      return window;
    },
    get page() {
      return window.page;
    },

    /** By its name: `Types`. */
    table(name: string) {
      const { page } = window;
      return page
        .getByRole('grid', { name, exact: true })
        .or(page.getByRole('treegrid', { name, exact: true }));
    },

    /** The rows of a table but for its head. */
    rows(name: string) {
      return this.table(name).locator('[role=row]:not([aria-rowindex="1"])');
    },

    async open({ document = {}, context = {}, ...options }: Opening = {}) {
      // The page has axe in it before its policy could object.
      window = await host.open(
        { title: 'leak.heapsnapshot', path: null, ...document },
        context,
        {},
        async (page) => [await fakeHeap(options)(page), await page.addInitScript({ path: axe })],
      );
    },

    async view(name: string) {
      // Behind it may be how many there are.
      await window.page.getByRole('tab', { name: new RegExp(`^${name}\\s*[\\d,]*$`) }).click();
      await window.settle();
    },

    /** The last request of a kind. */
    async asked(method: Method): Promise<unknown> {
      const all = (await window.requests()).filter((request) => request.method === method);
      return all.at(-1)?.params;
    },

    async tellHeap(heap: Events['heap.changed']) {
      await window.page.evaluate((data) => self.fakeHost.tell({ event: 'heap.changed', data }), heap);
      await window.settle();
    },

    async tellTarget(target: Events['target.changed']) {
      await window.page.evaluate((data) => self.fakeHost.tell({ event: 'target.changed', data }), target);
      await window.settle();
    },

    async tellSample(sample: Events['target.sampled']) {
      await window.page.evaluate((data) => self.fakeHost.tell({ event: 'target.sampled', data }), sample);
      await window.settle();
    },

    /** Rules of accessibility that the page breaks, in words; WCAG 2.2 A and AA, and good practice. */
    async violations(): Promise<string[]> {
      return window.page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
        const { violations } = await axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
          rules: { region: { enabled: false } },
        });
        return violations.flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
        );
      });
    },
  };
}
