// The selected object: what it is, its references, and its fields in the process.
import { describe, expect, it } from 'vitest';
import { attached, timeline } from './fake-heap.ts';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const panel = () => heap.page.getByRole('region', { name: 'Selected object' });

async function select(row: number, options: Parameters<typeof heap.open>[0] = {}) {
  await heap.open(options);
  await heap.view('Types');
  await heap.rows('Types').first().dblclick();
  await heap.rows('Instances of User').nth(row).click();
  await expect.poll(() => heap.rows('References').count()).toBe(7);
}

describe('the selected object', () => {
  it('shows its value, sizes, distance, id and the file of its class', async () => {
    await select(2);
    const text = await panel().innerText();
    for (const part of [
      'User',
      '@5',
      'the text of it',
      '29 B',
      '4.0 MB',
      'cache.js:12',
      'Map 2,000 entries @97',
    ])
      expect(text).toContain(part);
    await expect
      .poll(() => panel().getByRole('tab').allInnerTexts())
      .toEqual(['References7', 'Retainers450', 'Paths to root']);
  });

  it('goes to its dominator, to all of its class, and back', async () => {
    await select(2);
    await panel().getByRole('button', { name: 'Map 2,000 entries @97' }).click();
    await expect.poll(() => panel().getByRole('heading').innerText()).toContain('Map');
    expect(await panel().innerText()).toContain('root');
    await heap.page.getByRole('button', { name: 'Back', exact: true }).click();
    await expect.poll(() => panel().innerText()).toContain('@5');
    await heap.view('Strings');
    await panel().getByRole('button', { name: 'User', exact: true }).click();
    await expect.poll(() => heap.table('Instances of User').count()).toBe(1);
  });

  it('opens references as a tree, by mouse and by keys', async () => {
    await select(2);
    const rows = heap.rows('References');
    expect(await rows.first().getAttribute('aria-expanded')).toBeNull();
    expect(await rows.nth(1).getAttribute('aria-expanded')).toBe('false');
    expect(await rows.nth(3).innerText()).toContain('weak');
    await heap.table('References').focus();
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('ArrowRight');
    await expect.poll(() => rows.nth(2).getAttribute('aria-level')).toBe('2');
    expect(await rows.nth(2).getAttribute('aria-setsize')).toBe('7');
    await heap.page.keyboard.press('ArrowRight');
    await heap.page.keyboard.press('ArrowDown');
    await heap.page.keyboard.press('ArrowLeft');
    await heap.page.keyboard.press('ArrowLeft');
    await expect.poll(() => rows.nth(1).getAttribute('aria-expanded')).toBe('false');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => panel().innerText()).toContain('@13');
  });

  it('that a snapshot does not have is reported', async () => {
    await select(2);
    await heap.page.evaluate(() => (self.fakeHost.handlers['heap.object'] = () => null));
    await heap.rows('Instances of User').nth(3).click();
    await expect.poll(() => panel().innerText()).toContain('This snapshot has no object @7');
  });

  it('shows its fields in the process beside those of the snapshot', async () => {
    await select(3, { heap: timeline(2), target: attached() });
    await panel().getByRole('tab', { name: 'Now' }).click();
    const rows = panel().getByRole('row');
    await expect
      .poll(() => rows.allInnerTexts())
      .toContainEqual(expect.stringMatching(/^note\s+–\s+"a long string/));
    const texts = await rows.allInnerTexts();
    expect(texts.find((text) => text.startsWith('cache'))).not.toContain('changed');
    expect(texts.find((text) => text.startsWith('table'))).toContain('changed');
    expect(texts.find((text) => text.startsWith('owner'))).toMatch(/no such field\s+removed/);
    expect(await heap.violations()).toEqual([]);
  });

  it('keeps its columns when a value is long, and shows all of it when asked', async () => {
    await select(3, { heap: timeline(2), target: attached() });
    await panel().getByRole('tab', { name: 'Now' }).click();
    const long = panel().getByRole('row', { name: /^note/ });
    const heightOf = async () => (await long.boundingBox())!.height;
    await expect.poll(heightOf).toBeLessThan(30);
    const { width } = (await panel().getByRole('columnheader', { name: 'Field' }).boundingBox())!;
    expect(width).toBeGreaterThan(80);
    await long.getByRole('button', { name: 'note' }).click();
    await expect.poll(heightOf).toBeGreaterThan(50);
  });

  it('says what was freed, what cannot be read, and never shows the fields of another object', async () => {
    await select(3, { heap: timeline(2), target: attached() });
    await panel().getByRole('tab', { name: 'Now' }).click();
    await expect.poll(() => panel().innerText()).toContain('Map(2001)');
    await heap.rows('Instances of User').nth(2).click();
    await expect.poll(() => panel().innerText()).toContain('No longer in memory');
    await heap.rows('Instances of User').nth(4).click();
    await expect.poll(() => panel().innerText()).toContain('Scopes cannot be read from outside');
    // The process does not answer: nothing of the last object is left to be seen.
    await heap.rows('Instances of User').nth(3).click();
    await expect.poll(() => panel().innerText()).toContain('Map(2001)');
    await heap.page.evaluate(() => (self.fakeHost.handlers['target.fields'] = () => new Promise(() => {})));
    await heap.rows('Instances of User').nth(6).click();
    await expect.poll(() => panel().innerText()).toContain('@13');
    expect(await panel().innerText()).not.toContain('Map(2001)');
  });
});
