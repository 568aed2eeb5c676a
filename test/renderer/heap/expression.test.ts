// Asking the process.
import { describe, expect, it } from 'vitest';
import { attached, timeline } from './fake-heap.ts';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const field = () => heap.page.getByRole('combobox', { name: 'Expression' });
const box = () => heap.page.getByRole('region', { name: 'Ask the process' });
const options = () => heap.page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
const open = (colorScheme: 'light' | 'dark' = 'light') =>
  heap.open({ heap: timeline(2), target: attached(), context: { colorScheme } });

describe('an expression', () => {
  it('is completed with arrows and Tab', async () => {
    await open();
    await heap.page.keyboard.press('e');
    await heap.page.keyboard.type('globalThis.c');
    await expect.poll(() => options().count()).toBe(3);
    expect(await field().getAttribute('aria-expanded')).toBe('true');
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('ArrowDown');
    expect(await options().and(heap.page.locator('[aria-selected=true]')).innerText()).toBe('caches');
    await heap.page.keyboard.press('Tab');
    expect(await field().inputValue()).toBe('globalThis.caches');
    expect(await field().getAttribute('aria-expanded')).toBe('false');
  });

  it('closes its list with Esc, and keeps what was typed', async () => {
    await open();
    await field().fill('globalThis.c');
    await expect.poll(() => options().count()).toBe(3);
    await heap.page.keyboard.press('Escape');
    await expect.poll(() => options().count()).toBe(0);
    expect(await field().inputValue()).toBe('globalThis.c');
  });

  it('comes to an object that is drawn and selected', async () => {
    await open();
    await field().fill('globalThis.cache');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => box().innerText()).toContain('Map(2000)');
    await box().getByRole('button', { name: 'Draw' }).click();
    await expect
      .poll(() => heap.asked('heap.draw'))
      .toEqual({ snapshot: 1, picture: { kind: 'references', ids: [97] } });
    await box().getByRole('button', { name: 'Select' }).click();
    await expect
      .poll(() => heap.page.getByRole('region', { name: 'Selected object' }).innerText())
      .toContain('@97');
  });

  it('that is no object has nothing to draw; one that throws is reported', async () => {
    await open();
    await field().fill('1 + 1');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => box().getByRole('status').innerText()).toContain('2');
    expect(await box().getByRole('button', { name: 'Draw' }).count()).toBe(0);
    await field().fill('broken');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => box().innerText()).toContain('ReferenceError: broken is not defined');
    await heap.window.refuse('target.evaluate', 'server.js does not answer: it is busy.');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => box().getByRole('alert').innerText()).toContain('it is busy');
  });

  it('newer than the snapshot offers a new one', async () => {
    await open();
    await field().fill('fresh');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => box().innerText()).toContain('newer than the snapshot');
    await box().getByRole('button', { name: 'New snapshot' }).click();
    await expect
      .poll(() => heap.page.getByRole('dialog').innerText())
      .toContain('Take a snapshot of server.js');
  });

  it('is found again with the arrows', async () => {
    await open();
    for (const expression of ['1 + 1', 'broken']) {
      await field().fill(expression);
      await heap.page.keyboard.press('Enter');
      await expect.poll(() => box().innerText()).toContain(expression);
    }
    await field().fill('not yet');
    for (const expected of ['broken', '1 + 1', '1 + 1']) {
      await heap.page.keyboard.press('ArrowUp');
      expect(await field().inputValue()).toBe(expected);
    }
    for (const expected of ['broken', 'not yet']) {
      await heap.page.keyboard.press('ArrowDown');
      expect(await field().inputValue()).toBe(expected);
    }
  });

  it.each(['light', 'dark'] as const)('has nothing that shuts people out, %s', async (colorScheme) => {
    await open(colorScheme);
    await field().fill('broken');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => box().innerText()).toContain('ReferenceError');
    await field().fill('globalThis.c');
    await expect.poll(() => options().count()).toBe(3);
    expect(await heap.violations()).toEqual([]);
  });
});
