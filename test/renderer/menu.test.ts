// The menu on a node or an edge.
import { describe, expect, it } from 'vitest';
import { onePage } from './one-page.ts';

const page = onePage();
const items = () => page.window.page.getByRole('menuitem');
const titles = () => items().locator('span:first-child').allInnerTexts();
const pasted = () => page.window.page.evaluate(() => navigator.clipboard.readText());
const permissions = ['clipboard-read', 'clipboard-write'];

const rightClick = async (name: string) => {
  const { x, y } = await page.locateNode(name);
  await page.window.page.mouse.click(x, y, { button: 'right' });
};

describe('the menu', () => {
  it('copies the label and the name of a node', async () => {
    await page.open({}, { permissions });
    await rightClick('a');
    expect(await titles()).toEqual(expect.arrayContaining(['Copy label', 'Copy name', 'Centre', 'Hide']));
    await items().filter({ hasText: 'Copy label' }).click();
    await expect.poll(pasted).toBe('Array\n3 items');
    await rightClick('far');
    await items().filter({ hasText: 'Copy name' }).click();
    await expect.poll(pasted).toBe('far');
    expect(await page.window.page.getByRole('log').innerText()).toBe('The name is copied');
    expect(await items().count()).toBe(0);
  });

  it('centres a node, opens its link, and goes along an edge', async () => {
    await page.open();
    await rightClick('b');
    await items().filter({ hasText: 'Open link' }).click();
    await expect
      .poll(() => page.window.requests())
      .toMatchObject([{ method: 'link.open', params: { url: 'https://example.org/b' } }]);
    await rightClick('far');
    await items().filter({ hasText: 'Centre' }).click();
    await page.rest();
    const centre = await page.centreOfView();
    expect((await page.locateNode('far')).y).toBeCloseTo(centre.y, 0);

    await page.pressed('w');
    const edge = page.scene.edges[0].shapes.find((shape) => shape.kind === 'text')!;
    if (edge.kind !== 'text') throw new Error('a label');
    const { x, y } = await page.window.locate(edge.x, edge.y - 4);
    await page.window.page.mouse.click(x, y, { button: 'right' });
    expect(await titles()).toEqual(['Copy label', 'Copy name', 'Go to its source', 'Go to its destination']);
    await items().filter({ hasText: 'destination' }).click();
    await page.rest();
    expect((await page.locateNode('b')).x).toBeCloseTo(centre.x, 0);
  });

  it.each(['Shift+F10', 'ContextMenu'])('opens with %s and is used by keys alone', async (key) => {
    await page.open({}, { permissions });
    await page.window.page.locator('.view').focus();
    await page.window.page.keyboard.press(key);
    expect(await items().count()).toBe(0);
    const { selected } = await page.pressed('Shift+ArrowDown');
    await page.window.page.keyboard.press(key);
    await expect
      .poll(() =>
        items()
          .first()
          .evaluate((item) => item === document.activeElement),
      )
      .toBe(true);
    await page.window.page.keyboard.press('ArrowDown');
    await page.window.page.keyboard.press('Enter');
    await expect.poll(pasted).toBe(selected);
    await page.window.page.keyboard.press(key);
    await page.window.page.keyboard.press('Escape');
    expect(await items().count()).toBe(0);
    expect((await page.pressed('Shift+ArrowDown')).selected).not.toBe('');
  });

  it('stays in the window, and goes when something else is clicked', async () => {
    await page.open({}, { viewport: { width: 400, height: 300 } });
    await rightClick('far');
    const box = (await page.window.page.getByRole('menu').boundingBox())!;
    expect(box.x + box.width).toBeLessThanOrEqual(400);
    expect(box.y + box.height).toBeLessThanOrEqual(300);
    await page.window.page.mouse.click(5, 290);
    await expect.poll(() => items().count()).toBe(0);
  });
});
