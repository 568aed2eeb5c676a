// What holds an object: as a tree, and as paths from the roots; both without what is left out.
import { describe, expect, it } from 'vitest';
import { heapPage } from './heap-page.ts';

const heap = heapPage();
const menuItem = (name: string) => heap.page.getByRole('menuitem', { name, exact: true });
const chips = () => heap.page.getByRole('group', { name: 'Left out' });
const paths = () => heap.page.getByRole('region', { name: /^Path \d/ });

async function look(tab: 'Retainers' | 'Paths to root', colorScheme: 'light' | 'dark' = 'light') {
  await heap.open({ context: { colorScheme, viewport: { width: 1200, height: 900 } } });
  await heap.rows('Types').first().dblclick();
  await heap.rows('Instances of User').nth(2).click();
  await heap.page.getByRole('tab', { name: tab }).click();
}

describe('Retainers', () => {
  it('come a part at a time', async () => {
    await look('Retainers');
    await expect.poll(() => heap.table('Retainers').getAttribute('aria-rowcount')).toBe('202');
    await heap.table('Retainers').focus();
    await heap.page.keyboard.press('End');
    const more = heap.rows('Retainers').last();
    await expect.poll(() => more.innerText()).toBe('250 more: show the next');
    await heap.page.keyboard.press('Enter');
    await expect.poll(() => heap.table('Retainers').getAttribute('aria-rowcount')).toBe('402');
    expect(await heap.asked('heap.retainers')).toMatchObject({ id: 5, offset: 200, limit: 200 });
  });

  it('follow the selection', async () => {
    await look('Retainers');
    await heap.rows('Instances of User').nth(4).click();
    await expect.poll(() => heap.asked('heap.retainers')).toMatchObject({ id: 9 });
  });

  it('leave out an object and a reference until they are brought back', async () => {
    await look('Retainers');
    const first = heap.rows('Retainers').first();
    await expect.poll(() => first.innerText()).toContain('cache');
    await first.click({ button: 'right' });
    await menuItem('Leave this object out').click();
    await expect
      .poll(() => heap.asked('heap.retainers'))
      .toMatchObject({ leaveOut: { ids: [11], edges: [] } });
    await expect.poll(() => first.innerText()).toContain('table');
    await first.click({ button: 'right' });
    await menuItem('Leave this reference out').click();
    await expect
      .poll(() => heap.asked('heap.retainers'))
      .toMatchObject({ leaveOut: { ids: [11], edges: [51] } });
    expect(await chips().getByRole('button').count()).toBe(3);
    await chips().getByRole('button').first().click();
    await expect
      .poll(() => heap.asked('heap.retainers'))
      .toMatchObject({ leaveOut: { ids: [], edges: [51] } });
    await chips().getByRole('button').first().click();
    await expect.poll(() => chips().count()).toBe(0);
    await expect.poll(() => first.innerText()).toContain('cache');
  });

  it.each(['light', 'dark'] as const)('have nothing that shuts people out, %s', async (colorScheme) => {
    await look('Retainers', colorScheme);
    await expect.poll(() => heap.rows('Retainers').count()).toBeGreaterThan(5);
    await heap.rows('Retainers').first().click({ button: 'right' });
    await menuItem('Leave this object out').click();
    await expect.poll(() => chips().count()).toBe(1);
    expect(await heap.violations()).toEqual([]);
  });
});

describe('Paths to root', () => {
  it('go from a root to the object, step by step', async () => {
    await look('Paths to root');
    await expect.poll(() => paths().count()).toBe(5);
    const steps = paths().first().getByRole('listitem');
    expect(await steps.first().innerText()).toMatch(/module\s*svc0.js\s*@97\s*root\s*exports/);
    expect(await steps.last().innerText()).toContain('@5');
    expect(await steps.last().locator('[aria-current=true]').count()).toBe(1);
    await heap.page.getByRole('button', { name: 'More paths' }).click();
    await expect.poll(() => paths().count()).toBe(7);
    await paths().first().getByRole('button', { name: '@195' }).click();
    await expect.poll(() => heap.asked('heap.paths')).toMatchObject({ id: 195 });
  });

  it('avoid what is left out, in the picture too', async () => {
    await look('Paths to root');
    await expect.poll(() => paths().count()).toBe(5);
    const step = paths().first().getByRole('listitem').nth(1);
    await step.hover();
    await step.getByRole('button', { name: 'Actions' }).click();
    await menuItem('Leave this object out').click();
    await expect.poll(() => heap.asked('heap.paths')).toMatchObject({ leaveOut: { ids: [195], edges: [] } });
    await expect.poll(() => paths().first().innerText()).not.toContain('@195');
    await heap.rows('Instances of User').nth(2).click({ button: 'right' });
    await menuItem('Show path to root').click();
    await expect
      .poll(() => heap.asked('heap.draw'))
      .toEqual({ snapshot: 0, picture: { kind: 'path', id: 5, leaveOut: { ids: [195], edges: [] } } });
  });

  it('say so when there is none', async () => {
    await look('Paths to root');
    await heap.page.evaluate(() => (self.fakeHost.handlers['heap.paths'] = () => []));
    await heap.rows('Instances of User').nth(3).click();
    await expect.poll(() => heap.page.getByText('only V8 itself holds it').count()).toBe(1);
  });

  it.each(['light', 'dark'] as const)('have nothing that shuts people out, %s', async (colorScheme) => {
    await look('Paths to root', colorScheme);
    await expect.poll(() => paths().count()).toBe(5);
    expect(await heap.violations()).toEqual([]);
  });
});
