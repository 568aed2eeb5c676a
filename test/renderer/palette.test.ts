// The list of all actions.
import { describe, expect, it } from 'vitest';
import { fit } from '../../renderer/state/fuzzy.ts';
import { onePage } from './one-page.ts';

const page = onePage();
const field = () => page.window.page.getByRole('combobox', { name: 'Action' });
const options = () => page.window.page.getByRole('dialog').getByRole('option');
const press = (key: string) => page.window.page.keyboard.press(key);
const current = () =>
  field().evaluate(
    (input) => document.getElementById(input.getAttribute('aria-activedescendant')!)!.innerText,
  );

describe('the palette', () => {
  it.each(['Control+k', 'Control+Shift+P', 'F1'])(
    'opens with %s, Esc closes it and gives the keys back',
    async (key) => {
      await page.open();
      await press(key);
      await expect.poll(() => field().evaluate((input) => input === document.activeElement)).toBe(true);
      await press('Escape');
      await expect.poll(() => field().count()).toBe(0);
      const before = await page.window.shown();
      expect((await page.pressed('+')).zoom).toBeCloseTo(before.zoom * 1.25, 6);
    },
  );

  it('finds an action by some of its letters and does it', async () => {
    await page.open();
    await press('Control+k');
    await field().pressSequentially('outl');
    expect(await current()).toMatch(/^Outline/);
    await press('Enter');
    await expect
      .poll(() => page.window.page.getByRole('searchbox', { name: 'Filter nodes' }).isVisible())
      .toBe(true);
    await expect.poll(() => field().count()).toBe(0);
  });

  it('goes through them with arrows, round and round', async () => {
    await page.open();
    await press('Control+k');
    const first = await current();
    await press('ArrowUp');
    expect(await current()).not.toBe(first);
    await press('ArrowDown');
    expect(await current()).toBe(first);
    await field().fill('zzz');
    expect(await page.window.page.getByText('No matching action, type or node').count()).toBe(1);
    await press('Enter');
    expect(await field().count()).toBe(1);
  });

  it('begins with what is likely, not with keys of the hand', async () => {
    await page.open();
    await press('Control+k');
    const titles = await options().locator('.title').allInnerTexts();
    expect(titles.slice(0, 12).join()).not.toMatch(/Scroll|To the next node/);
    expect(titles.join()).toMatch(/Scroll left/);
    // What was done last comes first the next time.
    await field().fill('theme: dark');
    await press('Enter');
    await press('Control+k');
    await expect.poll(() => options().count()).toBeGreaterThan(10);
    await field().fill('theme');
    expect((await options().locator('.title').allInnerTexts()).slice(0, 3).toSorted()).toEqual([
      'Theme: as the system',
      'Theme: dark',
      'Theme: light',
    ]);
  });

  it('finds nodes of the picture by their labels, and goes there', async () => {
    await page.open();
    const name = page.scene.nodes[1].name;
    await press('Control+k');
    await field().fill(name);
    const node = options().filter({ hasText: 'Node of the picture' }).first();
    await expect.poll(() => node.count()).toBe(1);
    await node.click();
    await expect.poll(async () => (await page.window.shown()).selected).toBe(name);
  });

  it('says why an action can do nothing, and does not do it', async () => {
    await page.open();
    await press('Control+k');
    await field().fill('undo');
    expect(await current()).toMatch(/Nothing to undo/);
    expect(await options().first().getAttribute('aria-disabled')).toBe('true');
    await press('Enter');
    await options().first().click({ force: true });
    expect(await page.window.requests()).toEqual([]);
  });

  it('has every button of the toolbar, and every key of the list that ? shows', async () => {
    await page.open();
    const buttons = await page.window.page
      .getByRole('toolbar')
      .getByRole('button')
      .evaluateAll((all) => all.map((button) => button.getAttribute('aria-label')));
    await press('?');
    const keys = await page.window.page.locator('dialog dt').allInnerTexts();
    await press('Escape');
    // While it is still closing, keys are its own.
    await expect.poll(() => page.window.page.getByRole('dialog').count()).toBe(0);
    await press('Control+k');
    const titles = await options().locator('.title').allInnerTexts();
    expect(
      buttons.filter((name) => name !== null && !titles.includes(name) && !/recent/i.test(name)),
    ).toEqual([]);
    expect(titles.length).toBeGreaterThan(40);
    expect(new Set(titles).size).toBe(titles.length);
    // No key has two meanings.
    const shortcuts = await options().locator('.keys').allInnerTexts();
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
    expect(keys.length).toBeGreaterThan(25);
  });
});

describe('some letters', () => {
  const titles = [
    'Fit to the window',
    'Find',
    'Highlight ancestors',
    'Zoom in',
    'Show only the shortest path',
  ];
  it.each([
    ['fi', 'Find'],
    ['fw', 'Fit to the window'],
    ['sp', 'Show only the shortest path'],
    ['zi', 'Zoom in'],
    ['shortest', 'Show only the shortest path'],
  ])('%s mean %s', (typed, title) => {
    const best = titles
      .map((each) => ({ each, score: fit(typed, each) }))
      .filter(({ score }) => score !== null)
      .sort((a, b) => b.score! - a.score!);
    expect(best[0].each).toBe(title);
  });

  it('that are not there fit nothing', () => expect(fit('xq', 'Find')).toBeNull());
});
