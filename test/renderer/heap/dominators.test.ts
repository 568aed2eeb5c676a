// What keeps what alive: the tree and the map.
import { describe, expect, it } from 'vitest';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const map = () => heap.page.getByRole('application', { name: 'Treemap of what objects keep alive' });
const panel = () => heap.page.getByRole('region', { name: 'Selected object' });
const tiles = async () => Number(await map().locator('canvas').getAttribute('data-tiles'));

async function openMap(colorScheme: 'light' | 'dark' = 'light') {
  await heap.open({ context: { colorScheme } });
  await heap.view('Dominators');
  await heap.page.getByRole('button', { name: 'Treemap' }).click();
  await expect.poll(tiles).toBeGreaterThan(20);
}

describe('Dominators', () => {
  it('are a tree of what would be freed with each', async () => {
    await heap.open();
    await heap.view('Dominators');
    const rows = heap.rows('Dominators');
    await expect.poll(() => rows.first().innerText()).toMatch(/@1\s+40\s+210.0\s*MB\s+40.4 %/);
    expect(await rows.nth(3).getAttribute('aria-expanded')).toBeNull();
    await rows.first().dblclick();
    await expect.poll(() => rows.nth(1).getAttribute('aria-level')).toBe('2');
    expect(await heap.asked('heap.dominators')).toMatchObject({ id: 1, offset: 0 });
    await expect.poll(() => panel().innerText()).toContain('@1');
  });

  it('as a map: a click selects, a double click goes in, the way leads out', async () => {
    await openMap();
    await map().hover({ position: { x: 60, y: 80 } });
    await expect.poll(() => map().getByRole('tooltip').innerText()).toMatch(/@\d+, [\d.]+ MB, [\d.]+ %/);
    await map().click({ position: { x: 60, y: 80 } });
    await expect.poll(() => panel().count()).toBe(1);
    await map().dblclick({ position: { x: 60, y: 24 } });
    const way = heap.page.getByRole('navigation', { name: 'Way into the treemap' });
    await expect.poll(() => way.getByRole('button').count()).toBe(2);
    const { id } = (await heap.asked('heap.treemap')) as { id: number };
    expect(id).not.toBeNull();
    await way.getByRole('button', { name: 'Whole heap' }).click();
    await expect.poll(() => heap.asked('heap.treemap')).toMatchObject({ id: null });
  });

  it('as a map that says by colour whose memory it is', async () => {
    await openMap();
    const legend = heap.page.getByRole('list', { name: 'Colours' }).getByRole('listitem');
    expect(await legend.allInnerTexts()).toEqual(['Yours', 'Packages', 'Node and V8', 'Built-in types']);
    const colours = await legend
      .locator('i')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    expect(new Set(colours).size).toBe(4);
  });

  it('as a map by keys alone', async () => {
    await openMap();
    await map().focus();
    await heap.page.keyboard.press('ArrowRight');
    const first = await panel().getByRole('heading').innerText();
    await heap.page.keyboard.press('ArrowRight');
    await expect.poll(() => panel().getByRole('heading').innerText()).not.toBe(first);
    await heap.page.keyboard.press('Shift+F10');
    await heap.page.getByRole('menuitem', { name: 'Show references' }).click();
    expect(await heap.asked('heap.draw')).toMatchObject({ picture: { kind: 'references' } });
    await map().focus();
    await heap.page.keyboard.press('Enter');
    await expect
      .poll(async () => ((await heap.asked('heap.treemap')) as { id: number | null }).id)
      .not.toBeNull();
    await heap.page.keyboard.press('Backspace');
    await expect.poll(() => heap.asked('heap.treemap')).toMatchObject({ id: null });
  });

  it.each(['light', 'dark'] as const)('have nothing that shuts people out, %s', async (colorScheme) => {
    await openMap(colorScheme);
    expect(await heap.violations()).toEqual([]);
    await heap.page.getByRole('button', { name: 'Tree', exact: true }).click();
    await expect.poll(() => heap.rows('Dominators').count()).toBeGreaterThan(5);
    expect(await heap.violations()).toEqual([]);
  });
});
