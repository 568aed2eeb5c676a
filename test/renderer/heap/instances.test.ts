// The objects of one class, a million of them.
import { describe, expect, it } from 'vitest';
import { heapOf, snapshot, timeline } from './fake-heap.ts';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const instances = 'Instances of User';

async function openInstances(options: Parameters<typeof heap.open>[0] = {}) {
  await heap.open(options);
  await heap.view('Types');
  await heap.rows('Types').first().dblclick();
  await expect.poll(() => heap.rows(instances).first().innerText()).toContain('@1');
}

describe('Instances', () => {
  it('of a million holds only those in view, and goes to the last', async () => {
    await openInstances();
    expect(await heap.table(instances).getAttribute('aria-rowcount')).toBe('1000001');
    expect(await heap.rows(instances).count()).toBeLessThan(80);
    await heap.table(instances).focus();
    await heap.page.keyboard.press('End');
    await expect.poll(() => heap.rows(instances).last().innerText()).toContain('@1999999');
    expect(await heap.rows(instances).last().getAttribute('aria-rowindex')).toBe('1000001');
    const box = (await heap.rows(instances).last().boundingBox())!;
    const table = (await heap.table(instances).boundingBox())!;
    expect(box.y + box.height).toBeLessThanOrEqual(table.y + table.height + 1);
    await heap.page.keyboard.press('Home');
    await expect.poll(() => heap.rows(instances).first().innerText()).toContain('@1');
  });

  it('keeps the active row in view when the table becomes lower', async () => {
    await openInstances();
    const { width, height } = heap.page.viewportSize()!;
    await heap.table(instances).focus();
    await heap.page.keyboard.press('End');
    await expect.poll(() => heap.rows(instances).last().innerText()).toContain('@1999999');
    const before = (await heap.table(instances).boundingBox())!;
    await heap.page.setViewportSize({ width, height: height - 260 });
    await expect
      .poll(async () => (await heap.table(instances).boundingBox())!.height)
      .toBeLessThan(before.height - 50);
    await expect.poll(() => heap.rows(instances).last().innerText()).toContain('@1999999');
    const bottomOf = async (part: 'row' | 'table') => {
      const box = await (part === 'row' ? heap.rows(instances).last() : heap.table(instances)).boundingBox();
      return box!.y + box!.height;
    };
    await expect.poll(async () => (await bottomOf('row')) - (await bottomOf('table'))).toBeLessThanOrEqual(1);
  });

  it('scrolls row by row and by the scroll bar alike', async () => {
    await openInstances();
    await heap.table(instances).hover();
    await heap.page.mouse.wheel(0, 260);
    // Ten rows on: those above are kept ready.
    await expect.poll(() => heap.rows(instances).first().getAttribute('aria-rowindex')).toBe('4');
    await heap.table(instances).evaluate((table) => (table.scrollTop = table.scrollHeight / 2));
    await expect
      .poll(async () => Number(await heap.rows(instances).first().getAttribute('aria-rowindex')))
      .toBeGreaterThan(490_000);
    await expect.poll(() => heap.rows(instances).first().innerText()).toMatch(/@9\d{5}|@1\d{6}/);
  });

  it('keeps up with the display while it is scrolled, and leaves no queue behind', async () => {
    await openInstances({ delay: 200 });
    const before = (await heap.window.requests()).length;
    const { frames, longest } = await heap.table(instances).evaluate(async (table) => {
      const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
      let [last, longest, frames] = [await frame(), 0, 0];
      for (let i = 1; i <= 120; i++) {
        table.scrollTop = (table.scrollHeight / 120) * i;
        const now = await frame();
        longest = Math.max(longest, now - last);
        last = now;
        frames++;
      }
      return { frames, longest };
    });
    console.log(`a million rows: ${frames} frames, the longest ${longest.toFixed(1)} ms`);
    await expect.poll(() => heap.rows(instances).last().innerText()).toContain('@1999999');
    // Two at a time: not one for each of 120 places.
    expect((await heap.window.requests()).length - before).toBeLessThan(60);
  });

  it('drops an answer that comes too late', async () => {
    await openInstances();
    await heap.page.evaluate(() => {
      const { handlers } = self.fakeHost;
      const before = handlers['heap.instances'] as (asked: unknown) => Promise<unknown>;
      handlers['heap.instances'] = async (asked: unknown) => {
        const { filter } = asked as { filter: string };
        if (filter === 'slow') await new Promise<void>((done) => (self.release = done));
        return before(asked);
      };
    });
    const field = heap.page.getByRole('searchbox', { name: 'Filter instances' });
    await field.fill('slow');
    await field.press('Enter');
    await expect.poll(() => heap.asked('heap.instances')).toMatchObject({ filter: 'slow' });
    await field.fill('');
    await field.press('Enter');
    await expect.poll(() => heap.table(instances).getAttribute('aria-busy')).toBe('false');
    await heap.page.evaluate(() => self.release());
    await heap.window.settle();
    expect(await heap.table(instances).getAttribute('aria-rowcount')).toBe('1000001');
  });

  it('selects the object that is walked to, and draws it', async () => {
    await openInstances();
    await heap.table(instances).focus();
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('ArrowDown');
    const panel = heap.page.getByRole('region', { name: 'Selected object' });
    await expect.poll(() => panel.innerText()).toContain('@3');
    for (const [title, picture] of [
      ['Show references', { kind: 'references', ids: [3] }],
      ['Show back references', { kind: 'referrers', ids: [3] }],
      ['Show path to root', { kind: 'path', id: 3, leaveOut: { ids: [], edges: [] } }],
      ['Show merged back references', { kind: 'merged', ids: [3] }],
    ] as const) {
      await heap.table(instances).focus();
      await heap.page.keyboard.press('Shift+F10');
      await heap.page.getByRole('menuitem', { name: title, exact: true }).click();
      await expect.poll(() => heap.asked('heap.draw')).toEqual({ snapshot: 0, picture });
    }
    expect(await heap.table(instances).evaluate((table) => table === document.activeElement)).toBe(true);
  });

  it('has a button for the menu on the row under the pointer, and copies the id', async () => {
    await openInstances({ context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    await heap.rows(instances).nth(4).hover();
    await heap.rows(instances).nth(4).getByRole('button', { name: 'Actions' }).click();
    await heap.page.getByRole('menuitem', { name: 'Copy id' }).click();
    await expect.poll(() => heap.page.evaluate(() => navigator.clipboard.readText())).toBe('@9');
  });

  it('shows only those that are new since an earlier snapshot', async () => {
    await openInstances({ heap: timeline(3) });
    await heap.page.getByRole('combobox', { name: 'Which instances' }).selectOption({ index: 2 });
    await expect.poll(() => heap.asked('heap.instances')).toMatchObject({ snapshot: 2, newSince: 1 });
    await expect.poll(() => heap.table(instances).getAttribute('aria-rowcount')).toBe('1235');
  });

  it('of different processes cannot be new', async () => {
    await openInstances({
      heap: { ...heapOf(snapshot(), snapshot()), sameProcess: false },
    });
    expect(await heap.page.getByRole('combobox', { name: 'Which instances' }).count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('has nothing that shuts people out, %s', async (colorScheme) => {
    await openInstances({ context: { colorScheme } });
    await heap.rows(instances).nth(2).click();
    await expect.poll(() => heap.rows('References').count()).toBe(7);
    expect(await heap.violations()).toEqual([]);
  });
});

declare global {
  interface Window {
    release(): void;
  }
}
