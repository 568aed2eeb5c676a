// The palette over a heap: types and objects by name, and what the heap is looked at for first.
import { expect, it } from 'vitest';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const field = () => heap.page.getByRole('combobox', { name: 'Action' });
const options = () => heap.page.getByRole('dialog').getByRole('option');

async function search(typed: string) {
  await heap.open();
  await expect.poll(() => heap.rows('Types').count()).toBeGreaterThan(5);
  await heap.page.keyboard.press('Control+k');
  await field().fill(typed);
}

it('begins with the views of the heap', async () => {
  await search('');
  expect((await options().locator('.title').allInnerTexts()).slice(0, 5)).toEqual([
    'Suspects',
    'Types',
    'Growth',
    'Dominators',
    'Strings',
  ]);
});

it('finds a type by its name, and lists its instances', async () => {
  await search('sess');
  const type = options().filter({ hasText: 'Type ·' }).first();
  await expect.poll(() => type.innerText()).toContain('Session');
  await heap.page.keyboard.press('Enter');
  await expect.poll(() => heap.table('Instances of Session').count()).toBe(1);
});

it('finds an object by its id, selects and draws it', async () => {
  await search('@97');
  await expect.poll(() => options().first().innerText()).toContain('Object @97');
  await heap.page.keyboard.press('Enter');
  await expect
    .poll(() => heap.page.getByRole('region', { name: 'Selected object' }).innerText())
    .toContain('@97');
  await expect.poll(() => heap.asked('heap.draw')).toMatchObject({ picture: { kind: 'path', id: 97 } });
});

it('has nothing that shuts people out', async () => {
  await search('sess');
  await expect.poll(() => options().filter({ hasText: 'Type ·' }).count()).toBeGreaterThan(0);
  expect(await heap.violations()).toEqual([]);
});
