// The process that the window is attached to: who it is, and its memory over time.
import { describe, expect, it } from 'vitest';
import type { MemorySample } from '../../../shared/memory-timeline.ts';
import { attached, timeline } from './fake-heap.ts';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const line = () => heap.page.getByRole('region', { name: 'Process', exact: true });
const plot = () => line().getByRole('img');
const key = (name: string) => line().getByRole('button', { name: new RegExp(`^${name}`) });

/** Two minutes of a process whose RSS grows. */
const growing = (end: number): MemorySample[] =>
  Array.from({ length: 60 }, (_, i) => ({
    time: end - (59 - i) * 2000,
    heapUsed: 20e6 + (i % 5) * 1e6,
    heapTotal: 40e6,
    external: 3e6,
    rss: 90e6 + i * 2e6,
  }));

async function open(options: Parameters<typeof heap.open>[0] = {}) {
  const samples = growing(Date.now());
  const taken = [{ name: 'server.js, 10:00:01', time: samples[20].time }];
  await heap.open({ heap: timeline(2), target: attached({ taken }), memory: samples, ...options });
  await expect.poll(() => plot().locator('polyline').count()).toBe(4);
}

describe('an attached process', () => {
  it('has its id, its runtime and how long it runs', async () => {
    await open();
    expect(await line().innerText()).toMatch(/pid 4242\s+Node 24\.21\.0\s+up 3 min/);
  });

  it('has a line for each kind of memory, with the last value, and a mark for each snapshot', async () => {
    await open();
    expect(await key('RSS').innerText()).toContain('208.0 MB');
    expect(await key('Heap total').innerText()).toContain('40.0 MB');
    expect(await plot().locator('.mark').count()).toBe(1);
    expect(await plot().getAttribute('aria-label')).toContain('RSS 90.0 MB → 208.0 MB');
    await heap.tellSample({
      time: Date.now() + 2000,
      heapUsed: 21e6,
      heapTotal: 40e6,
      external: 3e6,
      rss: 211e6,
    });
    await expect.poll(() => key('RSS').innerText()).toContain('211.0 MB');
  });

  it('says what grows outside of the heap', async () => {
    await open();
    expect(await line().getByRole('status').innerText()).toMatch(
      /^The heap is steady; RSS grew by [\d.]+ MB: look at native memory, Buffers$/,
    );
  });

  it('shows the values under the pointer', async () => {
    await open();
    const { x, y, height } = (await plot().boundingBox())!;
    await heap.page.mouse.move(x + 4, y + height / 2);
    await expect.poll(() => key('RSS').innerText()).toContain('90.0 MB');
    await heap.page.mouse.move(x + 4, y - 200);
    await expect.poll(() => key('RSS').innerText()).toContain('208.0 MB');
  });

  it('hides a line, by keys too, and folds to one row', async () => {
    await open();
    await key('RSS').focus();
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => plot().locator('polyline').count()).toBe(3);
    expect(await key('RSS').getAttribute('aria-pressed')).toBe('false');
    await line().getByRole('button', { name: 'Memory chart' }).click();
    await expect.poll(() => plot().count()).toBe(0);
    expect(await line().innerText()).toMatch(/heap [\d.]+ MB\s+RSS 208.0 MB/);
    await expect.poll(() => heap.asked('settings.layout')).toMatchObject({ layout: { memory: false } });
  });

  it('leaves out what the process does not tell', async () => {
    const samples = growing(Date.now()).map((sample) => ({ ...sample, external: null, rss: null }));
    await heap.open({ heap: timeline(2), target: attached(), memory: samples });
    await expect.poll(() => plot().locator('polyline').count()).toBe(2);
    expect(await key('RSS').count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('has nothing that shuts people out, %s', async (colorScheme) => {
    await open({ context: { colorScheme } });
    expect(await heap.violations()).toEqual([]);
  });
});
