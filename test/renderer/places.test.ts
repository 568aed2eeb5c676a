// Bookmarks and the minimap.
import { describe, expect, it } from 'vitest';
import { onePage } from './one-page.ts';

const page = onePage();
const press = (key: string) => page.window.page.keyboard.press(key);
const dialog = () => page.window.page.getByRole('dialog', { name: 'Bookmarks' });
const map = () => page.window.page.locator('.minimap');

const answer = (method: string, result: unknown) =>
  page.window.page.evaluate(([method, result]) => (window.fakeHost.answers[method] = result), [
    method,
    result,
  ] as const);
const asked = async () =>
  (await page.window.requests()).filter(
    ({ method }) => method.startsWith('bookmarks.') && !method.endsWith('list'),
  );

const one = { name: 'The beginning', x: 50, y: 40, zoom: 2 };

describe('bookmarks', () => {
  it('keep the middle of the window and the zoom, under a name', async () => {
    await page.open();
    await answer('bookmarks.list', { bookmarks: [], problem: null });
    await answer('bookmarks.add', { bookmarks: [one], problem: null });
    await press('b');
    await dialog().getByRole('textbox', { name: 'Name of this view' }).fill('The beginning');
    await press('Enter');
    await expect
      .poll(() => dialog().getByRole('button', { name: 'The beginning', exact: true }).count())
      .toBe(1);
    const { x, y, zoom } = await page.window.shown();
    const view = (await page.window.page.locator('.view').boundingBox())!;
    const [{ params }] = (await asked()) as { params: typeof one }[];
    expect(params.name).toBe('The beginning');
    expect(params.zoom).toBeCloseTo(zoom, 6);
    expect(params.x).toBeCloseTo((view.width / 2 - x) / zoom, 3);
    expect(params.y).toBeCloseTo((view.height / 2 - y) / zoom, 3);
  });

  it('are gone to, renamed and deleted', async () => {
    await page.open();
    await answer('bookmarks.list', { bookmarks: [one], problem: null });
    await answer('bookmarks.rename', { bookmarks: [{ ...one, name: 'Start' }], problem: null });
    await answer('bookmarks.remove', { bookmarks: [], problem: null });
    await answer('bookmarks.go', one);
    await press('Control+d');
    await dialog().getByRole('button', { name: 'The beginning', exact: true }).click();
    await page.rest();
    const { zoom } = await page.window.shown();
    expect(zoom).toBeCloseTo(2, 6);
    const centre = await page.centreOfView();
    expect((await page.window.locate(50, 40)).x).toBeCloseTo(centre.x, 0);

    await press('b');
    await dialog().getByRole('button', { name: 'Rename The beginning' }).click();
    await dialog().getByRole('textbox', { name: 'New name' }).fill('Start');
    await press('Enter');
    await dialog().getByRole('button', { name: 'Delete Start' }).click();
    await expect
      .poll(() => dialog().innerText())
      .toContain('Save what you see now, including what is hidden, under a name.');
    expect(await asked()).toMatchObject([
      { method: 'bookmarks.go', params: { index: 0 } },
      { method: 'bookmarks.rename', params: { index: 0, name: 'Start' } },
      { method: 'bookmarks.remove', params: { index: 0 } },
    ]);
  });

  it('say why they cannot be read', async () => {
    await page.open();
    await answer('bookmarks.list', {
      bookmarks: [],
      problem: 'The bookmarks in /x cannot be read: it is no list',
    });
    await press('b');
    await expect.poll(() => dialog().getByRole('alert').innerText()).toContain('cannot be read');
  });
});

describe('the minimap', () => {
  it('is there when the window shows only a part, and moves the camera', async () => {
    await page.open();
    expect(await map().count()).toBe(0);
    await page.pressed('1');
    for (let i = 0; i < 5; i++) await page.pressed('+');
    expect(await map().count()).toBe(1);
    const box = (await map().boundingBox())!;
    // A click in its middle has the middle of the picture in the middle of the window.
    await page.window.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.rest();
    const [left, top, right, bottom] = page.scene.bounds;
    const centre = await page.centreOfView();
    const middle = await page.window.locate((left + right) / 2, (top + bottom) / 2);
    const tolerance = (await page.window.shown()).zoom * ((bottom - top) / box.height) * 1.5;
    expect(Math.abs(middle.x - centre.x)).toBeLessThan(tolerance);
    expect(Math.abs(middle.y - centre.y)).toBeLessThan(tolerance);

    const before = await page.window.shown();
    await page.window.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.window.page.mouse.down();
    await page.window.page.mouse.move(box.x + box.width / 2, box.y + box.height - 6, { steps: 4 });
    await page.window.page.mouse.up();
    await page.rest();
    expect((await page.window.shown()).y).toBeLessThan(before.y - 100);
    expect((await page.window.shown()).zoom).toBe(before.zoom);
  });

  it('stays away once it was put away, in the next window too', async () => {
    const intoPicture = async () => {
      for (let i = 0; i < 6; i++) await page.pressed('+');
    };
    await page.open();
    await intoPicture();
    await expect.poll(() => map().count()).toBe(1);
    await press('m');
    await expect.poll(() => map().count()).toBe(0);
    expect((await page.window.requests()).at(-1)).toMatchObject({
      method: 'settings.set',
      params: { minimap: false },
    });
    await page.window.close();
    await page.open({}, {}, { 'settings.get': { minimap: false, layout: {} } });
    await intoPicture();
    expect(await map().count()).toBe(0);
    await press('m');
    await expect.poll(() => map().count()).toBe(1);
  });

  it('is drawn once, however the camera moves', async () => {
    await page.open();
    for (let i = 0; i < 6; i++) await page.pressed('+');
    for (let i = 0; i < 5; i++) await page.pressed('ArrowDown');
    expect(await map().locator('canvas').getAttribute('data-drawn')).toBe('1');
  });

  it('takes little of a small window, and none of a tiny one', async () => {
    await page.open({}, { viewport: { width: 800, height: 600 } });
    for (let i = 0; i < 8; i++) await page.pressed('+');
    const box = (await map().locator('canvas').boundingBox())!;
    expect(box.width).toBeLessThanOrEqual(160);
    expect(box.height).toBeLessThanOrEqual(112);
    await page.window.page.setViewportSize({ width: 360, height: 300 });
    await expect.poll(() => map().count()).toBe(0);
  });
});
