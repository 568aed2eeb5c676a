// What a user who starts `objgraph demo` sees without a single action: the leak by its name, and its path.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 60_000 });

export async function showsLeak(page: Page): Promise<void> {
  const cards = page.getByRole('article');
  await eventually(() => page.getByRole('tab', { selected: true }).first().innerText()).toMatch(/^Suspects/);
  await eventually(() => cards.filter({ hasText: /server\.cjs/ }).count()).toBeGreaterThan(0);
  const all = (await cards.allInnerTexts()).join('\n');
  expect(all).toMatch(/Order/);
  // It is drawn: the picture says what it is of, and has the object.
  await eventually(() => page.getByRole('group', { name: 'Picture' }).innerText()).toMatch(
    /^Path to root of /,
  );
  const canvas = page.locator('canvas[data-nodes]').first();
  await eventually(() => canvas.getAttribute('data-status')).toBe('ready');
  await eventually(async () => Number(await canvas.getAttribute('data-nodes'))).toBeGreaterThan(1);
  await eventually(() =>
    page.getByRole('complementary', { name: 'What to try next' }).locator('li').count(),
  ).toBe(3);
}
