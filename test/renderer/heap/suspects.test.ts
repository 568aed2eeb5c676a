// What may be a leak, with its evidence.
import { describe, expect, it } from 'vitest';
import { heapPage } from './heap-page.ts';
import { heapOf, snapshot, timeline } from './fake-heap.ts';

const heap = heapPage();
const cards = () => heap.page.getByRole('article');

describe('Suspects', () => {
  it('are shown with their chain, how sure they are, and why', async () => {
    await heap.open({ heap: timeline(3) });
    await heap.view('Suspects');
    await expect.poll(() => cards().count()).toBe(3);
    expect(await heap.asked('heap.suspects')).toEqual({ snapshots: [0, 1, 2] });
    const first = cards().first();
    // Names are set as code, without backticks.
    expect(await first.innerText()).toContain('Map cache in svc.js holds 2,000 Request');
    expect(await first.locator('code').innerText()).toBe('cache');
    expect(await first.getByRole('list', { name: 'Path from a root' }).innerText()).toMatch(
      /module[^]*cache[^]*"42"/,
    );
    expect(await first.getByRole('meter').getAttribute('aria-valuenow')).toBe('92');
    const [whole, part] = await first
      .getByRole('meter')
      .evaluate((meter) => [meter.clientWidth, meter.firstElementChild!.clientWidth]);
    expect(part / whole).toBeCloseTo(0.92, 1);
    await first.getByRole('button', { name: 'Map cache' }).click();
    expect(await first.getByText('It grew in both steps').isVisible()).toBe(true);
  });

  it('are drawn, selected and reported', async () => {
    await heap.open({ heap: timeline(3) });
    await heap.view('Suspects');
    // Before anything is selected, the first one is drawn.
    await expect.poll(() => heap.asked('heap.draw')).toMatchObject({ picture: { kind: 'path', id: 97 } });
    await cards().nth(1).getByRole('button', { name: 'EventEmitter' }).click();
    await expect.poll(() => heap.asked('heap.draw')).toMatchObject({ picture: { kind: 'path', id: 291 } });
    await cards().first().getByRole('button', { name: 'Map cache' }).click();
    await expect
      .poll(() => heap.page.getByRole('region', { name: 'Selected object' }).innerText())
      .toContain('@97');
    await expect
      .poll(() => heap.page.getByRole('group', { name: 'Picture' }).innerText())
      .toContain('Path to root of Map 2,000 entries · 48.2 MB');
    await cards().first().getByRole('button', { name: 'Report' }).click();
    await expect.poll(() => heap.page.getByRole('dialog', { name: 'Report on @97' }).count()).toBe(1);
  });

  it('show how they grew, what speaks against a leak, and, folded, what grew because of it', async () => {
    await heap.open({ heap: timeline(3) });
    await heap.view('Suspects');
    const first = cards().first();
    await expect.poll(() => first.getByRole('img', { name: '0 → 1,000 → 2,000' }).count()).toBe(1);
    expect(await first.innerText()).toContain('+2,000');
    expect(await first.getByText('What speaks against a leak').count()).toBe(0);
    await first.getByRole('button', { name: 'Map cache' }).click();
    const steps = first.getByRole('list', { name: 'In each snapshot' }).getByRole('listitem');
    expect(await steps.allInnerTexts()).toEqual(['00 B', '1,00024.1 MB', '2,00048.2 MB']);
    expect(await first.getByText('may be a cache that fills up once').isVisible()).toBe(true);
    expect(await first.getByText('4,000 × Header').isVisible()).toBe(false);
    await first.getByText('Grew because of it: 2 types').click();
    expect(await first.getByText('4,000 × Header').isVisible()).toBe(true);
    // Places are buttons where the line is known, and say what ran.
    const place = first.getByRole('button', { name: 'src/cache.js:12' });
    expect(await place.getAttribute('title')).toBe(
      'Show /app/src/cache.js:12:8\nIn the code that ran: r — /app/dist/main.js:1:302',
    );
    await first.getByRole('button', { name: 'src/cache.js:30' }).click();
    expect(await heap.asked('source.lines')).toMatchObject({ script: '/app/src/cache.js', line: 30 });
    await heap.page.keyboard.press('Escape');
    expect(await cards().nth(1).getByText('src/bus.js').isVisible()).toBe(true);
    // The others have nothing of the kind, and say nothing.
    await cards().nth(1).getByRole('button', { name: 'EventEmitter' }).click();
    expect(
      await cards()
        .nth(1)
        .getByText(/In each snapshot|speaks against|because of it/)
        .count(),
    ).toBe(0);
  });

  it('is the first tab, with its count, and opens by itself when a second snapshot is there', async () => {
    await heap.open({ heap: timeline(2) });
    const tabs = heap.page.getByRole('tab');
    await expect.poll(() => tabs.first().innerText()).toMatch(/^Suspects\s*3$/);
    await expect.poll(() => tabs.first().getAttribute('aria-selected')).toBe('true');
  });

  it('say so when there are none', async () => {
    // Before they were found: what is known is not asked for again.
    await heap.open({ heap: heapOf(snapshot({ ready: ['counts'] })) });
    await heap.page.evaluate(() => (self.fakeHost.handlers['heap.suspects'] = () => []));
    await heap.view('Suspects');
    await expect.poll(() => heap.page.getByText('Nothing looks like a leak').count()).toBe(1);
    expect(await heap.asked('heap.suspects')).toEqual({ snapshots: [0] });
  });

  it.each(['light', 'dark'] as const)('have nothing that shuts people out, %s', async (colorScheme) => {
    await heap.open({ heap: timeline(3), context: { colorScheme } });
    await heap.view('Suspects');
    await expect.poll(() => cards().count()).toBe(3);
    expect(await heap.violations()).toEqual([]);
  });
});
