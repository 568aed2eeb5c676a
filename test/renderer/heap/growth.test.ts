// What grew between snapshots.
import { describe, expect, it } from 'vitest';
import { attached, heapOf, snapshot, timeline } from './fake-heap.ts';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const select = (name: string) => heap.page.getByRole('combobox', { name });

describe('Growth', () => {
  it('shows what is new and gone of each class, and its counts over time', async () => {
    await heap.open({ heap: timeline(5), context: { viewport: { width: 1500, height: 800 } } });
    await heap.view('Growth');
    const first = heap.rows('Growth').first();
    await expect.poll(() => first.innerText()).toMatch(/User[^]*\+47,988[^]*\+48,000[^]*−12[^]*\+1.9\s*MB/);
    expect(await first.getByRole('img').getAttribute('aria-label')).toMatch(/^952,012 → .* → 1,000,000$/);
    expect(await heap.asked('heap.growth')).toMatchObject({ before: 0, after: 4, sort: 'retainedGrowth' });
    expect(await heap.page.getByText('60 types changed', { exact: true }).count()).toBe(1);
  });

  it('compares any two', async () => {
    await heap.open({ heap: timeline(4) });
    await heap.view('Growth');
    await select('From').selectOption({ index: 1 });
    await select('to').selectOption({ index: 1 });
    await expect.poll(() => heap.asked('heap.growth')).toMatchObject({ before: 1, after: 2 });
  });

  it('keeps what it compares while other views are looked at, and Back takes it back', async () => {
    await heap.open({ heap: timeline(4) });
    await heap.view('Growth');
    // The first arrow opens the list.
    const choose = async (name: string, arrow: string) => {
      await select(name).focus();
      for (const key of ['ArrowDown', arrow, 'Enter']) await heap.page.keyboard.press(key);
    };
    await choose('From', 'ArrowDown');
    await choose('to', 'ArrowUp');
    await expect.poll(() => heap.asked('heap.growth')).toMatchObject({ before: 1, after: 2 });
    await heap.view('Types');
    await heap.view('Growth');
    expect(await select('From').inputValue()).toBe('1');
    expect(await select('to').inputValue()).toBe('2');
    for (let back = 0; back < 3; back++) await heap.page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => select('to').inputValue()).toBe('3');
    expect(await select('From').inputValue()).toBe('1');
    await heap.page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(() => heap.asked('heap.growth')).toMatchObject({ before: 0, after: 3 });
  });

  it('lists the new instances of a class in the later snapshot', async () => {
    await heap.open({ heap: timeline(3) });
    await heap.view('Growth');
    await select('to').selectOption({ index: 0 });
    await heap.rows('Growth').first().dblclick();
    await expect
      .poll(() => heap.asked('heap.instances'))
      .toMatchObject({ snapshot: 1, type: 0, newSince: 0 });
    await expect.poll(() => heap.asked('heap.show')).toEqual({ snapshot: 1 });
    await expect.poll(() => heap.table('Instances of User').getAttribute('aria-rowcount')).toBe('1235');
  });

  it('needs two snapshots, and offers to take one', async () => {
    await heap.open({ heap: heapOf(snapshot()), target: attached() });
    await heap.view('Growth');
    await heap.page.getByRole('tabpanel').getByRole('button', { name: 'Take a snapshot' }).click();
    await expect.poll(() => heap.page.getByRole('dialog').innerText()).toContain('about 3 s');
  });

  it('says when only counts can be compared', async () => {
    await heap.open({ heap: { ...timeline(2), sameProcess: false } });
    await heap.view('Growth');
    await expect.poll(() => heap.page.getByText('60 types changed, by count').count()).toBe(1);
  });

  it.each(['light', 'dark'] as const)('has nothing that shuts people out, %s', async (colorScheme) => {
    await heap.open({ heap: timeline(3), context: { colorScheme } });
    await heap.view('Growth');
    await expect.poll(() => heap.rows('Growth').count()).toBeGreaterThan(5);
    expect(await heap.violations()).toEqual([]);
  });
});
