// The picture as lists.
import { describe, expect, it } from 'vitest';
import { layOut } from './fake-host.ts';
import { onePage } from './one-page.ts';

const page = onePage();

describe('the outline', () => {
  it('is there for screen readers before it is opened', async () => {
    await page.open();
    const options = page.window.page.locator('[role=option]');
    expect(await options.allTextContents()).toContain('Array 3 items');
    expect(await page.window.page.locator('aside').evaluate((aside) => aside.clientWidth)).toBeLessThan(2);
  });

  it('finds nodes, selects them and walks to their neighbours', async () => {
    await page.open();
    await page.window.page.keyboard.press('o');
    await page.window.page.getByRole('searchbox').fill('3 items');
    await page.window.page.getByRole('listbox').getByRole('option').click();
    await page.rest();
    expect((await page.window.shown()).selected).toBe('a');
    const edges = page.window.page.getByRole('region', { name: 'Edges of the selected node' });
    expect(await edges.getByRole('heading').innerText()).toBe('3 edges of Array 3 items');
    await edges.getByRole('button').filter({ hasText: '[0]' }).click();
    await page.rest();
    expect((await page.window.shown()).selected).toBe('b');
  });

  it('has clusters as a tree with their nodes, and edges', async () => {
    await page.open({
      scene: await layOut(`digraph { out -> x [label="an edge"]
        subgraph cluster_a { label="outer"; x; subgraph cluster_b { label="inner"; y } z } }`),
    });
    const { page: tab } = page.window;
    await tab.keyboard.press('o');
    const options = tab.getByRole('listbox').getByRole('option');
    await expect.poll(() => options.allInnerTexts()).toEqual(['outer', 'x', 'z', 'inner', 'y', 'out']);
    const indents = await options
      .locator('.title')
      .evaluateAll((titles) => titles.map((title) => parseInt(getComputedStyle(title).marginLeft)));
    expect(indents).toEqual([0, 14, 14, 14, 28, 0]);
    await options.filter({ hasText: 'inner' }).click();
    await page.rest();
    expect((await page.window.shown()).selected).toBe('cluster_b');
    await tab.getByRole('button', { name: 'Edges' }).click();
    await expect.poll(() => options.allInnerTexts()).toEqual(['out → x: an edge']);
    await options.click();
    await page.rest();
    expect((await page.window.shown()).selected).toBe('out->x');
  });

  it('of many nodes holds only those in view', async () => {
    const nodes = Array.from({ length: 3000 }, (_, i) => `n${i};`).join('');
    await page.open({ scene: await layOut(`digraph { ${nodes} }`, 'osage') });
    const options = page.window.page.locator('[role=option]');
    // Those in view, were it open: nothing is seen of it, but it is there.
    expect(await options.count()).toBeLessThan(100);
    await page.window.page.keyboard.press('o');
    await page.window.page.getByRole('searchbox').waitFor();
    expect(await options.count()).toBeLessThan(100);
    await page.window.page.getByRole('listbox').focus();
    await page.window.page.keyboard.press('End');
    await expect.poll(async () => (await page.window.shown()).selected).toBe('n2999');
    await expect
      .poll(() => page.window.page.locator('[role=option][aria-selected=true]').innerText())
      .toBe('n2999');
  });
});
