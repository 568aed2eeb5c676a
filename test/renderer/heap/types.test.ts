// The classes of a snapshot.
import { describe, expect, it } from 'vitest';
import { heapOf, snapshot } from './fake-heap.ts';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const firstRow = () => heap.rows('Types').first();
const header = (name: string) => heap.page.getByRole('columnheader', { name });

describe('Types', () => {
  it('lists classes by what they keep alive, with their place', async () => {
    await heap.open({ context: { viewport: { width: 1300, height: 700 } } });
    await expect.poll(() => firstRow().innerText()).toContain('User');
    expect(await firstRow().innerText()).toMatch(
      /User\s+cache.js:12\s+1,000,000\s+24.0\s*MB\s+260.0\s*MB\s+2/,
    );
    expect(await header('Retained').getAttribute('aria-sort')).toBe('descending');
    expect(await heap.table('Types').getAttribute('aria-rowcount')).toBe('401');
  });

  it('sorts by a click on a column, and the other way by a second one', async () => {
    await heap.open();
    await header('Type').getByRole('button').click();
    await expect.poll(() => header('Type').getAttribute('aria-sort')).toBe('ascending');
    await expect.poll(() => firstRow().innerText()).toContain('(string)');
    await header('Type').getByRole('button').click();
    await expect.poll(() => header('Type').getAttribute('aria-sort')).toBe('descending');
    expect(await header('Retained').getAttribute('aria-sort')).toBe('none');
    await expect
      .poll(() => heap.asked('heap.types'))
      .toMatchObject({ sort: 'type', direction: 'descending', offset: 0, limit: 300 });
  });

  it('has columns of any width, by the mouse and by keys, and remembers them', async () => {
    await heap.open({ context: { viewport: { width: 1300, height: 700 } } });
    const width = async (name: string) => (await header(name).boundingBox())!.width;
    const before = await width('Count');
    const grip = header('Type').locator('.grip');
    const { x, y, width: wide, height } = (await grip.boundingBox())!;
    await heap.page.mouse.move(x + wide / 2, y + height / 2);
    await heap.page.mouse.down();
    await heap.page.mouse.move(x + wide / 2 - 60, y + height / 2, { steps: 3 });
    await heap.page.mouse.up();
    await expect.poll(() => width('Count')).toBeCloseTo(before + 60, 0);
    await expect
      .poll(() => heap.asked('settings.layout'))
      .toMatchObject({ layout: { 'width Types count': Math.round(before + 60) } });
    // The cells below follow.
    const cell = heap.rows('Types').first().locator('[aria-colindex="2"]');
    expect((await cell.boundingBox())!.width).toBeCloseTo(before + 60, 0);
    await header('Count').getByRole('button').focus();
    await heap.page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => width('Count')).toBeCloseTo(before + 72, 0);
    await grip.dblclick();
    await expect.poll(() => width('Count')).toBeCloseTo(before, 0);
  });

  it('filters, and says so when nothing is left', async () => {
    await heap.open();
    await heap.page.getByRole('searchbox', { name: 'Filter types' }).fill('sess');
    await expect.poll(() => heap.rows('Types').count()).toBe(1);
    expect(await firstRow().innerText()).toContain('Session');
    await heap.page.keyboard.press('Control+a');
    await heap.page.keyboard.type('nothing like it');
    await expect.poll(() => heap.page.getByText('No type has “nothing like it”').count()).toBe(1);
  });

  it('is walked by keys, and opens the instances with Enter', async () => {
    await heap.open();
    await heap.table('Types').focus();
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('ArrowDown');
    const active = () =>
      heap.table('Types').evaluate((table) => {
        const id = table.getAttribute('aria-activedescendant');
        return id ? document.getElementById(id)!.innerText : '';
      });
    await expect.poll(active).toContain('Request');
    await heap.page.keyboard.press('End');
    await expect.poll(active).toContain('Class399');
    await heap.page.keyboard.press('PageUp');
    expect(await active()).not.toContain('Class399');
    await heap.page.keyboard.press('Home');
    await expect.poll(active).toContain('User');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => heap.table('Instances of User').count()).toBe(1);
  });

  it('draws the merged back references of a class from its menu', async () => {
    await heap.open();
    await heap.table('Types').focus();
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('Shift+F10');
    expect(await heap.page.getByRole('menuitem').allInnerTexts()).toEqual([
      'Show instances',
      'Show the source',
      'Copy the place',
      'Show merged back references',
      'Copy as text',
    ]);
    await heap.page.getByRole('menuitem', { name: 'merged' }).click();
    await expect
      .poll(() => heap.asked('heap.draw'))
      .toEqual({ snapshot: 0, picture: { kind: 'merged', type: 0 } });
  });

  it('shows what is known already, and the rest once it is reckoned', async () => {
    const progress = { task: 'Finding dominators', done: 3, total: 10, since: Date.now() };
    const context = { viewport: { width: 1500, height: 800 } };
    await heap.open({ heap: heapOf(snapshot({ ready: ['counts'], progress })), context });
    // Its retained size, and its distance.
    await expect.poll(async () => (await firstRow().innerText()).match(/…/g)).toHaveLength(2);
    expect(await header('Shallow').getAttribute('aria-sort')).toBe('descending');
    expect(await heap.page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('30');
    await heap.page.getByRole('button', { name: 'Cancel', exact: true }).click();
    expect(await heap.asked('heap.cancel')).toEqual({ snapshot: 0 });
    await heap.page.evaluate(() => {
      const { handlers } = self.fakeHost;
      const before = handlers['heap.types'] as (asked: unknown) => Promise<{ rows: object[] }>;
      handlers['heap.types'] = async (asked: unknown) => {
        const page = await before(asked);
        return { ...page, rows: page.rows.map((row) => ({ ...row, retainedSize: 5_000_000 })) };
      };
    });
    await heap.tellHeap(heapOf(snapshot()));
    await expect.poll(() => firstRow().innerText()).toContain('5.0');
    expect(await heap.page.getByRole('progressbar').count()).toBe(0);
  });

  it('says what went wrong, and tries again', async () => {
    await heap.open();
    await heap.window.refuse('heap.types', 'The heap worker ran out of memory.');
    await heap.page.getByRole('searchbox', { name: 'Filter types' }).fill('a');
    await expect.poll(() => heap.page.getByRole('alert').innerText()).toContain('ran out of memory');
    await heap.page.evaluate(() => delete self.fakeHost.failing['heap.types']);
    await heap.page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => heap.page.getByRole('alert').count()).toBe(0);
    await expect.poll(() => heap.rows('Types').count()).toBeGreaterThan(5);
  });

  it.each(['light', 'dark'] as const)('has nothing that shuts people out, %s', async (colorScheme) => {
    await heap.open({ context: { colorScheme } });
    await expect.poll(() => heap.rows('Types').count()).toBeGreaterThan(5);
    expect(await heap.violations()).toEqual([]);
  });
});
