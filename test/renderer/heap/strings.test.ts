// Strings that are there more than once.
import { describe, expect, it } from 'vitest';
import { heapPage } from './heap-page.ts';

const heap = heapPage();

describe('Strings', () => {
  it('tell what their copies waste, and are filtered', async () => {
    await heap.open();
    await heap.view('Strings');
    await expect
      .poll(() => heap.rows('Strings').first().innerText())
      .toMatch(/items\/0\?page=1\s+9,001\s+504.1\s*kB/);
    expect(await heap.page.getByText('900 texts, 3.7 MB wasted').count()).toBe(1);
    await heap.page.getByRole('searchbox', { name: 'Filter strings' }).fill('items/25');
    await expect.poll(() => heap.rows('Strings').count()).toBe(3);
  });

  it('lead to what holds them', async () => {
    await heap.open();
    await heap.view('Strings');
    await heap.rows('Strings').nth(2).click({ button: 'right' });
    await heap.page.getByRole('menuitem', { name: 'Show back references' }).click();
    await expect
      .poll(() => heap.asked('heap.draw'))
      .toMatchObject({ picture: { kind: 'referrers', ids: [5] } });
    await expect
      .poll(() => heap.page.getByRole('region', { name: 'Selected object' }).innerText())
      .toContain('@5');
  });

  it.each(['light', 'dark'] as const)('have nothing that shuts people out, %s', async (colorScheme) => {
    await heap.open({ context: { colorScheme } });
    await heap.view('Strings');
    await expect.poll(() => heap.rows('Strings').count()).toBeGreaterThan(5);
    expect(await heap.violations()).toEqual([]);
  });
});
