// What keys do to the picture.
import { describe, expect, it } from 'vitest';
import { onePage } from './one-page.ts';

const page = onePage();

describe('keys', () => {
  it('scroll by 100 pixels', async () => {
    await page.open();
    const { x, y } = await page.window.shown();
    expect(await page.pressed('ArrowRight')).toMatchObject({ x: x - 100, y });
    expect(await page.pressed('ArrowDown')).toMatchObject({ x: x - 100, y: y - 100 });
    expect(await page.pressed('ArrowLeft')).toMatchObject({ x, y: y - 100 });
    expect(await page.pressed('ArrowUp')).toMatchObject({ x, y });
  });

  it.each([
    ['+', 1.25],
    ['=', 1.25],
    ['PageUp', 1.25],
    ['-', 1 / 1.25],
    ['PageDown', 1 / 1.25],
  ])('%s zooms by %d about the middle', async (key, factor) => {
    await page.open();
    const before = await page.window.shown();
    const after = await page.pressed(key);
    expect(after.zoom).toBeCloseTo(before.zoom * factor, 6);
    const box = (await page.window.page.locator('.view').boundingBox())!;
    const middle = (shown: { x: number; zoom: number }) => (box.width / 2 - shown.x) / shown.zoom;
    expect(middle(after)).toBeCloseTo(middle(before), 6);
  });

  it('1 shows the actual size and w fits it to the window again', async () => {
    await page.open();
    const fitted = (await page.window.shown()).zoom;
    expect((await page.pressed('1')).zoom).toBeCloseTo(1, 9);
    expect((await page.pressed('w')).zoom).toBeCloseTo(fitted, 6);
  });

  it('r reloads and q closes', async () => {
    await page.open();
    await page.window.page.keyboard.press('r');
    await page.window.page.keyboard.press('q');
    await expect
      .poll(async () => (await page.window.requests()).map(({ method }) => method))
      .toEqual(['document.reload', 'window.close']);
  });

  it('of the open list of a choice are not the window’s', async () => {
    await page.open();
    const asked = async () => (await page.window.requests()).map(({ method, params }) => [method, params]);
    const layout = page.window.page.getByRole('combobox', { name: 'Layout' });
    await layout.focus();
    // The first arrow opens the list.
    for (const key of ['ArrowDown', 'q', 'Escape', 'ArrowDown', 'ArrowDown', 'Enter'])
      await page.window.page.keyboard.press(key);
    await expect.poll(asked).toEqual([['document.engine', { engine: 'neato' }]]);
  });

  it('walk along edges with Shift, and say where they are', async () => {
    await page.open();
    await page.pressed('+');
    await page.window.page.locator('.view').focus();
    const visited: string[] = [];
    for (const key of ['Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp']) {
      visited.push((await page.pressed(key)).selected);
    }
    expect(visited.every(Boolean)).toBe(true);
    expect(new Set(visited).size).toBeGreaterThan(1);
    expect(visited[3]).toBe(visited[1]);
    expect(await page.window.page.locator('[aria-live]').innerText()).toMatch(/: \d edges? in, \d out$/);
  });

  it('? lists them, and Esc puts the list away', async () => {
    await page.open();
    await page.window.page.keyboard.press('?');
    expect(await page.window.page.getByRole('dialog').innerText()).toContain('Fit to the window');
    await page.window.page.keyboard.press('Escape');
    await expect.poll(() => page.window.page.getByRole('dialog').count()).toBe(0);
  });

  it('typed into a field are letters', async () => {
    await page.open();
    await page.window.page.keyboard.press('o');
    await page.window.page.getByRole('searchbox').fill('');
    await page.window.page.getByRole('searchbox').pressSequentially('qr1w');
    expect(await page.window.requests()).toEqual([]);
    expect(await page.window.page.getByText('No node has “qr1w”').count()).toBe(1);
  });
});
